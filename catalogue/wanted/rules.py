"""Who asks and saves, and for whom."""

from typing import Any

from moussem.organisations.rules import may_buy_for


def may_want(user: Any) -> bool:
    """Whether this person may ask for things and save searches: anybody who can be answered."""
    return bool(user.is_authenticated and user.is_active)


def may_ask_for(user: Any, organisation: Any) -> bool:
    """Whether this person asks in the name of a buyer, or in their own."""
    return may_want(user) and (organisation is None or may_buy_for(user, organisation))


def is_of(user: Any, wanted: Any) -> bool:
    """Whether this request or saved search is the person's own: nobody else keeps it."""
    return bool(user.is_authenticated and wanted.person_id == user.pk)
