"""Index of the pages."""
