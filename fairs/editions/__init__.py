"""A fair and its editions: when, where, in which languages, and how far each has come."""
