"""The rooms behind the engine for more than one machine: where the server is, and how it is asked."""
