"""Writes of this room. Other rooms import from here."""

from fairs.applications.actions.applying import (
    keep_application,
    missing_in,
    send_application,
    start_application,
    take_back,
    withdraw_application,
)
from fairs.applications.actions.asking import (
    changes_nothing,
    delete_category,
    delete_deadline,
    delete_question,
    keep_category,
    keep_question,
    set_deadline,
)

__all__ = [
    "changes_nothing",
    "delete_category",
    "delete_deadline",
    "delete_question",
    "keep_application",
    "keep_category",
    "keep_question",
    "missing_in",
    "send_application",
    "set_deadline",
    "start_application",
    "take_back",
    "withdraw_application",
]
