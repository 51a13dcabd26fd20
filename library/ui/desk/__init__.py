"""The staff desk: documents of its own, without Streamlit, where works are added, reviewed, published and kept."""

from library.ui.desk.frame import ASSETS, desk_document
from library.ui.desk.visit import DeskVisit

__all__ = ["ASSETS", "DeskVisit", "desk_document"]
