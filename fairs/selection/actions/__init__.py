"""Writes of this room. Other rooms import from here."""

from fairs.selection.actions.deciding import (
    answer_appeal,
    compared,
    decide,
    digest_of,
    fill_all_places,
    fill_places,
    give_back_place,
    mend_places,
    plan_selection,
    propose,
    refuse_waiting,
    replay,
    send_appeal,
)
from fairs.selection.actions.judging import (
    change_rubric,
    dismiss_juror,
    invite_juror,
    seed_rubric,
    send_review,
)

__all__ = [
    "answer_appeal",
    "change_rubric",
    "compared",
    "decide",
    "digest_of",
    "dismiss_juror",
    "fill_all_places",
    "fill_places",
    "give_back_place",
    "invite_juror",
    "mend_places",
    "plan_selection",
    "propose",
    "refuse_waiting",
    "replay",
    "seed_rubric",
    "send_appeal",
    "send_review",
]
