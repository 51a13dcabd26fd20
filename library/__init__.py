"""The Practice Library: a searchable library of multilingual works on urban security."""

__version__ = "0.1.0"
