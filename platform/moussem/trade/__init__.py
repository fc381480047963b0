"""Commerce above the catalogue."""
