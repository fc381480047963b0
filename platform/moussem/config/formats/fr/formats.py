"""Times in French, with their zone."""

DATETIME_FORMAT = r"j F Y à H:i (\U\T\CO)"
