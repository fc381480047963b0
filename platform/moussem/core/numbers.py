"""Numbers as people type them in French, Arabic and English. No Django in here."""

import re
from dataclasses import dataclass
from decimal import Context, Decimal

ARABIC = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬،", "01234567890123456789.',")
# They turn the direction of what is copied from an Arabic page, or are not seen, and are no part of a number.
TURNING = dict.fromkeys(
    (0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF)
)
# No number that anybody types is longer.
LONGEST = 100
# It parts decimals and nothing else.
ARABIC_DECIMAL = "٫"
# Spaces and apostrophes only ever part thousands.
PARTING = re.compile(r"(?<=\d)[\s\u00a0\u202f\u2009'’](?=\d{3}(?:\D|$))")
# They do so neither behind a decimal mark nor behind a zero that leads.
PARTED_ODDLY = re.compile(r"(?:^[+-]?0\d*|[.,]\d+)[\s\u00a0\u202f\u2009'’]\d{3}(?:\D|$)")
PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?")
ONE_MARK = re.compile(r"0*[1-9]\d{0,2}[.,]\d{3}")
GROUPED = re.compile(r"[+-]?\d{1,3}(?:(?P<mark>[.,])\d{3})(?:(?P=mark)\d{3})*(?:(?!(?P=mark))[.,]\d+)?")


class NotANumber(Exception):
    """Why a text is no number: ``number``, or ``ambiguous`` where it could be two of them."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Measure:
    """The numbers that a question takes, whoever asks it: a form, or a column of a list."""

    least: Decimal
    most: Decimal | None
    digits: int
    # None where as many are kept as there are.
    decimals: int | None = None

    def checked(self, number: Decimal, *, from_sheet: bool = False) -> Decimal:
        """The number as it is kept; spreadsheets carry 3.3000000000000003 for 3.3."""
        kept = Context(prec=self.digits).plus(number) if from_sheet else number
        if kept < 0 <= self.least:
            raise NotANumber("negative")
        if kept < self.least or (self.most is not None and kept > self.most):
            raise NotANumber(f"range:{self.least:f}:{self.most:f}" if self.most is not None else "large")
        _sign, digits, exponent = kept.normalize().as_tuple()
        decimals = max(0, -int(exponent))
        if self.decimals is not None and decimals > self.decimals:
            raise NotANumber("decimals")
        if max(len(digits) + max(0, int(exponent)), decimals) > self.digits:
            raise NotANumber("decimals" if decimals and abs(kept) < 10**self.digits else "large")
        return kept


def is_ambiguous(text: str) -> bool:
    """Whether these Latin digits with one mark could be a thousand or little more than one."""
    return ONE_MARK.fullmatch(text.lstrip("+-")) is not None


def as_typed(number: Decimal, mark: str = ".") -> str:
    """A number without idle zeros, as a field shows it: whoever sends it back sends the same one."""
    told = f"{number.normalize():f}"
    # Three decimals could be thousands; four are read in every language.
    return (f"{told}0" if is_ambiguous(told) else told).replace(".", mark)


def parse_number(text: str, *, decimal_mark: str = "") -> Decimal:
    """The number in a text: 1 234,50 and 1,234.50 and ١٢٣٤٫٥ are the same one.

    ``1,234`` and ``1.234`` could be one thousand or little more than one: a price must not be guessed. Who
    knows how decimals are written there says so by ``decimal_mark``.
    """
    is_told = ARABIC_DECIMAL in text
    written = text.translate(TURNING).strip().translate(ARABIC)
    if len(written) > LONGEST:
        raise NotANumber("number")
    if PARTED_ODDLY.search(written):
        raise NotANumber("ambiguous")
    plain = PARTING.sub("", written)
    if is_ambiguous(plain) and not is_told and not (decimal_mark and decimal_mark in plain):
        raise NotANumber("ambiguous")
    if ("," in plain and "." in plain) or plain.count(",") > 1 or plain.count(".") > 1:
        if not GROUPED.fullmatch(plain):
            raise NotANumber("number")
        last = max(plain.rfind(","), plain.rfind("."))
        both = "," in plain and "." in plain
        whole, fraction = (plain[:last], plain[last + 1 :]) if both else (plain, "")
        plain = re.sub(r"[.,]", "", whole) + (f".{fraction}" if fraction else "")
    plain = plain.replace(",", ".")
    if not PLAIN.fullmatch(plain):
        raise NotANumber("number")
    return Decimal(plain)
