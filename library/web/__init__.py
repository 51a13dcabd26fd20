"""The routes beside the pages: files, covers, the first document, and what machines ask for."""

from library.web.front import Front
from library.web.headers import middleware
from library.web.reading import Opened, Reading
from library.web.routes import routes
from library.web.visitor import Visitors

__all__ = ["Front", "Opened", "Reading", "Visitors", "middleware", "routes"]
