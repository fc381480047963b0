"""Account numbers: an IBAN of any country, or the 24-digit RIB that a Moroccan cooperative knows."""

import re

from stdnum import bic as stdnum_bic
from stdnum import iban as stdnum_iban
from stdnum import numdb
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_97_10

RIB_LENGTH = 24
MOROCCO = "MA"
IBAN_COUNTRIES = {MOROCCO, *(prefix[1] for prefix in numdb.get("iban").prefixes)}
# What countries without IBAN print: letters and digits, parted by spaces or signs.
# What people copy along with the number.
LABEL = re.compile(r"^\s*(IBAN|RIB)\b[\s:]*", re.IGNORECASE)
OTHER_ACCOUNT = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .\-/]*")
OTHER_LENGTHS = range(5, 35)


class BadAccount(ValueError):
    """Why a number is no account: `empty`, `rib_length`, `rib_key`, `iban`, `other`, `bic`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def compact(text: str) -> str:
    """The number without the spaces, dots and dashes it is printed with."""
    return "".join(char for char in text.upper() if char.isalnum())


def rib_is_valid(rib: str) -> bool:
    """Whether these are 24 digits whose key fits: the whole number leaves nothing when divided by 97."""
    return len(rib) == RIB_LENGTH and rib.isascii() and rib.isdigit() and int(rib) % 97 == 0


def iban_of_rib(rib: str) -> str:
    """The Moroccan IBAN of a valid RIB."""
    # 221000 is "MA00" with its letters written as numbers, as ISO 13616 computes the check digits.
    check = 98 - int(rib + "221000") % 97
    return f"{MOROCCO}{check:02}{rib}"


def account_from(text: str) -> str:
    """The IBAN of what a person typed, an IBAN or a RIB; raises BadAccount with the reason."""
    text = LABEL.sub("", text)
    number = compact(text)
    if not number:
        raise BadAccount("empty")
    if not number.isascii():
        raise BadAccount("iban")
    if number.isdigit():
        if len(number) != RIB_LENGTH:
            raise BadAccount("rib_length")
        if not rib_is_valid(number):
            raise BadAccount("rib_key")
        return iban_of_rib(number)
    if number.startswith(MOROCCO):
        # The registry that stdnum carries does not list Morocco, so its two keys are checked here.
        if not (rib_is_valid(number[4:]) and mod_97_10.is_valid(number[4:] + number[:4])):
            raise BadAccount("iban")
        return number
    try:
        return stdnum_iban.validate(number)
    except ValidationError as error:
        raise BadAccount("iban") from error


def looks_like_iban(number: str) -> bool:
    """Whether it begins as an IBAN does, right or wrong: a country that has them, then its check digits."""
    return number[:2] in IBAN_COUNTRIES and any(char.isdigit() for char in number[2:4])


def account_at(text: str, bic: str) -> str:
    """The account at this bank: an IBAN or a RIB, which must be right, or the number of another country.

    A bank in a country of the IBAN has no other numbers, whatever its BIC is written beside.
    """
    text = LABEL.sub("", text)
    number = compact(text)
    if not number:
        raise BadAccount("empty")
    country = bic[4:6]
    if looks_like_iban(number) or country in IBAN_COUNTRIES:
        if number.isdigit() and country != MOROCCO:
            raise BadAccount("iban")
        return account_from(text)
    plain = OTHER_ACCOUNT.fullmatch(text.strip()) and any(char.isdigit() for char in number)
    if not plain or len(number) not in OTHER_LENGTHS:
        raise BadAccount("other")
    return number


def bic_from(text: str) -> str:
    """The BIC of what a person typed; raises BadAccount."""
    try:
        return stdnum_bic.validate(text)
    except ValidationError as error:
        raise BadAccount("bic") from error


def shown(iban: str) -> str:
    """An IBAN in groups of four."""
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))


def masked(iban: str) -> str:
    """Enough of an IBAN to recognise it: its country and its last four characters."""
    return f"{iban[:2]} … {iban[-4:]}" if iban else ""
