"""Times in French; the page says in which zone."""

DATETIME_FORMAT = r"j F Y à H:i"
