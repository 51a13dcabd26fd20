"""The staff desk: what staff do to works. Each verb asks for its right first; each change is kept and told."""

from library.desk.desk import Desk
from library.desk.editing import BatchReport, Edits, Refused

__all__ = ["BatchReport", "Desk", "Edits", "Refused"]
