from decimal import Decimal, InvalidOperation

from catalogue.words import clean_text

MOST = Decimal("99999999999")
THOUSANDTH = Decimal("0.001")


def asked_quantity(text: str) -> Decimal | None:
    """The quantity that somebody typed, with comma or point; None for anything else."""
    typed = clean_text(text, 24).replace(" ", "").replace(",", ".")
    try:
        quantity = Decimal(typed)
    except InvalidOperation:
        return None
    if not quantity.is_finite() or not 0 < quantity <= MOST:
        return None
    return quantity.quantize(THOUSANDTH)
