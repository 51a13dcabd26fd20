"""The pages: the one room that knows Streamlit. Only this file may be imported without it."""

from __future__ import annotations

from pathlib import Path

ENTRY: str = str(Path(__file__).resolve().parents[2] / "streamlit_app.py")
"""The start file, beside the package in a checkout."""
