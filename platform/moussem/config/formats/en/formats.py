"""Hours to 24, as the other languages and every trader write them; a moment is told with its zone."""

TIME_FORMAT = "H:i"
DATETIME_FORMAT = r"N j, Y, H:i (\U\T\CO)"
SHORT_DATETIME_FORMAT = "m/d/Y H:i"
