"""The routes beside the pages: files, covers, the first document, and what machines ask for."""

from library.web.front import Front
from library.web.headers import middleware
from library.web.reading import Opened, Reading
from library.web.routes import routes
from library.web.signing_in import Asked, Provider, SigningIn, Word
from library.web.visitor import Visitors

__all__ = [
    "Asked",
    "Front",
    "Opened",
    "Provider",
    "Reading",
    "SigningIn",
    "Visitors",
    "Word",
    "middleware",
    "routes",
]
