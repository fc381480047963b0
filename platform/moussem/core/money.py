"""Exact amounts: rounding, splitting and formatting. No Django in here."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.numbers import format_currency, get_currency_precision, list_currencies

from moussem.core.numbers import TURNING

# Arabic as written in Morocco: Latin digits and the decimal comma.
LOCALES = {"en": "en", "fr": "fr", "ar": "ar_MA"}
LATIN_SYMBOL = re.compile(r"[A-Z]{2}")
CODE_BEFORE_DIGITS = re.compile(r"([A-Z]{3})(?=\d)")
# How people write a currency beside an amount, when not by its code.
SIGNS = {
    "€": "EUR",
    "$": "USD",
    "US$": "USD",
    "$US": "USD",
    "£": "GBP",
    "¥": "JPY",
    **dict.fromkeys(("د.م.", "درهم", "DH", "DHS"), "MAD"),
}


def unit_of(currency: str) -> Decimal:
    """The smallest amount of a currency: 0.01 for EUR, 1 for JPY (Unicode CLDR)."""
    return Decimal(1).scaleb(-get_currency_precision(currency))


def round_amount(amount: Decimal, currency: str) -> Decimal:
    """An amount rounded half up to what can be paid."""
    return amount.quantize(unit_of(currency), rounding=ROUND_HALF_UP)


def split_amount(total: Decimal, shares: Sequence[Decimal], currency: str) -> list[Decimal]:
    """``total`` in parts proportional to ``shares`` that add up to it exactly; the last part takes the rest.

    Every part but the last is rounded half up. Shares must be positive; ``total`` must be payable.
    """
    if not shares or any(share <= 0 for share in shares):
        raise ValueError("shares must be positive")
    whole = sum(shares, Decimal(0))
    parts = [round_amount(total * share / whole, currency) for share in shares[:-1]]
    return [*parts, total - sum(parts, Decimal(0))]


# Pure, and asked for the same prices again and again.
@lru_cache(maxsize=4096)
def format_money(amount: Decimal, currency: str, language: str, *, exact: bool = False) -> str:
    """An amount as the language writes it, in Latin digits: ``€1,250.00``, ``1 250,00 €``.

    ``exact`` keeps every decimal that a unit price has.
    """
    text = format_currency(
        amount,
        currency,
        locale=LOCALES.get(language[:2], "en"),
        numbering_system="latn",
        decimal_quantization=not exact,
    )
    if LATIN_SYMBOL.search(text):
        # After a mark that turns the direction round, "US$" would be read "$US".
        text = text.replace("\N{RIGHT-TO-LEFT MARK}", "")
    return CODE_BEFORE_DIGITS.sub("\\1\N{NO-BREAK SPACE}", text)


def parted_from_currency(text: str) -> tuple[str, str]:
    """An amount as it was typed, and the currency that stood before or behind it; none where none did."""
    written = text.translate(TURNING).strip()
    digits = [place for place, mark in enumerate(written) if mark.isdecimal()]
    if not digits:
        return text, ""
    first = digits[0] - written[: digits[0]].endswith(("-", "+"))
    before, amount, behind = (
        part.strip() for part in (written[:first], written[first : digits[-1] + 1], written[digits[-1] + 1 :])
    )
    beside = (before or behind).upper()
    code = SIGNS.get(beside) or (beside if beside in list_currencies() else "")
    return (amount, code) if code and not (before and behind) else (text, "")
