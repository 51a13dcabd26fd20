"""Tests of what staff hand in."""
