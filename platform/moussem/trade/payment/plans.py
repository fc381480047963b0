"""How an order's total becomes instalments: parts, references, days to pay. No Django in here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from stdnum import iso11649
from stdnum.iso7064 import mod_97_10

from moussem.core.money import split_amount

# ISO 11649 allows "RF", two check digits and 21 characters.
LONGEST_BODY = 21
_ORDER_NUMBER = re.compile(r"P-(\d{4})-(\d{1,8})-(\d{1,2})")


@dataclass(frozen=True)
class Part:
    """One instalment before it is written down."""

    sequence: int
    share: Decimal
    amount: Decimal
    trigger: str
    reference: str


def creditor_reference(order_number: str, sequence: int) -> str:
    """The ISO 11649 reference of an instalment, always the same for the same order and number.

    Our own order numbers are written with fixed widths, so that order …-1 instalment 12 and order …-11
    instalment 2 cannot share a reference.
    """
    ours = _ORDER_NUMBER.fullmatch(order_number)
    if ours:
        year, purchase, order = ours.groups()
        body = f"{year}{purchase:0>6}{order:0>2}{sequence:02}"
    else:
        body = f"{re.sub(r'[^0-9A-Z]', '', order_number.upper())}X{sequence:02}"
    if len(body) > LONGEST_BODY:
        raise ValueError(f"the order number {order_number!r} is too long for a payment reference")
    return iso11649.validate(f"RF{mod_97_10.calc_check_digits(body + 'RF')}{body}")


def normalised_reference(text: str) -> str | None:
    """A reference as it is stored, from what a person or a bank wrote; None when it is not one."""
    reference = iso11649.compact(text)
    return reference if iso11649.is_valid(reference) else None


def spaced_reference(reference: str) -> str:
    """A reference in groups of four, as it is printed."""
    return str(iso11649.format(reference))


def parts_of(
    order_number: str, total: Decimal, currency: str, shares: Sequence[tuple[Decimal, str]]
) -> list[Part]:
    """The instalments of a total: their amounts add up to it to the cent."""
    amounts = split_amount(total, [share for share, _trigger in shares], currency)
    return [
        Part(number, share, amount, trigger, creditor_reference(order_number, number))
        for number, ((share, trigger), amount) in enumerate(zip(shares, amounts, strict=True), start=1)
    ]


def due_on(today: date, days: int) -> date:
    """The last day to pay: ``days`` later, moved to Monday when banks are closed that day."""
    day = today + timedelta(days=days)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)


def tolerance(amount: Decimal, *, fixed: Decimal, share: Decimal, cap: Decimal) -> Decimal:
    """What banks on the way may keep of a wire without a question.

    A fixed amount covers the charges of a correspondent bank, a share those of a large amount; the cap
    keeps a small instalment from being settled by next to nothing. Shares are fractions of ``amount``.
    """
    return min(max(fixed, amount * share), amount * cap)
