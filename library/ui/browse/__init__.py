"""Ways through the library without searching: by theme, place, project, year, language and type."""
