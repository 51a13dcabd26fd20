"""Tests of the room that proposes records."""
