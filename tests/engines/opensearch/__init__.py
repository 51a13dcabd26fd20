"""The engine for more than one machine: the place it is at, and the rooms behind it."""
