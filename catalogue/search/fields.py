"""The fields that both engines have, and how both forgive. No Django in here."""

CODES = (
    "named",
    "concepts",
    "signature",
    "hs",
    "marks",
    "certificates",
    "protected",
    "places",
    "region",
    "province",
    "family",
    "department",
    "months",
    "languages",
    "seller",
)
NUMBERS = ("moq", "lead_days", "price_eur", "price_usd", "price_mad", "listed", "size")
# Orders besides relevance: the field, and whether the largest comes first.
SORTS = {"new": ("listed", True), "moq": ("moq", False), "lead_time": ("lead_days", False)}
# What a word with a typing error is worth beside the word itself.
FORGIVEN = 0.5
# The share of the words that must stand in an offer that no concept found.
MOST = 0.6
TWO_ERRORS_FROM = 8
ONE_ERROR_FROM = 4


def errors_in(stem: str) -> int:
    """How many typing errors are forgiven in a word of this length; numbers and short words must be right."""
    if len(stem) < ONE_ERROR_FROM or any(char.isdigit() for char in stem):
        return 0
    return 2 if len(stem) >= TWO_ERRORS_FROM else 1
