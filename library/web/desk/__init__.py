"""The routes of the staff desk: each is made by the entrance, which asks who comes and what they may do."""

from library.web.desk.addresses import desk_routes

__all__ = ["desk_routes"]
