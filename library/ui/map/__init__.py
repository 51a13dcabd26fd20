"""The map of places: drawn here as SVG from outlines that set-up brought, without asking anybody for tiles."""
