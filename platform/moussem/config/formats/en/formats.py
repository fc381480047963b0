"""Day, month, year and hours to 24, as the other languages write them; the page says in which zone.

A price that ends on 11/12 ends a month apart for two readers: months are words, and short dates begin with
the year.
"""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATE_FORMAT = "Y-m-d"
SHORT_DATETIME_FORMAT = "Y-m-d H:i"
