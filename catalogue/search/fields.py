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
    "incoterms",
    "seller",
    "moq_band",
    "lead_band",
)
NUMBERS = ("moq", "lead_days", "price_eur", "price_usd", "price_mad", "listed", "size")
# An index of another shape is built anew: raised when a field or its meaning changes.
SHAPE = 4
# Orders besides relevance: the field, and whether the largest comes first.
SORTS = {
    "new": ("listed", True),
    "moq": ("moq", False),
    "lead_time": ("lead_days", False),
    "price_eur": ("price_eur", False),
    "price_usd": ("price_usd", False),
    "price_mad": ("price_mad", False),
}
# An offer stands in every band that it fits: a first order of 8 kg in "up to 10", "up to 100", "up to 1000".
MOQ_BANDS = (10, 100, 1000)
LEAD_BANDS = (7, 14, 30)
# What a word with a typing error is worth beside the word itself.
FORGIVEN = 0.5
# The share of the words that must stand in an offer that no concept found.
MOST = 0.6
TWO_ERRORS_FROM = 8
ONE_ERROR_FROM = 4


def most_of(facet: str) -> int:
    """So many different values of a facet are counted: prices differ more than codes."""
    return 1000 if facet in NUMBERS else 100


def errors_in(stem: str) -> int:
    """How many typing errors are forgiven in a word of this length; numbers and short words must be right."""
    if len(stem) < ONE_ERROR_FROM or any(char.isdigit() for char in stem):
        return 0
    return 2 if len(stem) >= TWO_ERRORS_FROM else 1
