"""The command line: `library add`, `index`, `search`, `show`, `topics`, `check`, `serve` (DESIGN.md, section 7)."""

from library.cli.command import app, main

__all__ = ["app", "main"]
