from decimal import Decimal

from catalogue.words import clean_text
from moussem.core.numbers import NotANumber, parse_number

MOST = Decimal("99999999999")
THOUSANDTH = Decimal("0.001")


def asked_quantity(text: str) -> Decimal | None:
    """The quantity that somebody typed, in the writing of any language; None for anything else."""
    try:
        quantity = parse_number(clean_text(text, 24))
    except NotANumber:
        return None
    if not 0 < quantity <= MOST:
        return None
    return quantity.quantize(THOUSANDTH)
