import re
from collections import Counter

import pytest
from django.utils.functional import Promise

from catalogue.states import PROOF_MOVES, PROOF_STANDS
from fairs.applications.states import APPLICATION_MOVES, APPLICATION_STANDS
from fairs.editions.states import EDITION_MOVES, EDITION_STANDS
from fairs.live.stage.states import POLL_MOVES, POLL_STANDS, QUESTION_MOVES, QUESTION_STANDS
from fairs.live.states import ROOM_MOVES, ROOM_STANDS
from fairs.sessions.states import ATTENDANCE_MOVES, ATTENDANCE_STANDS
from matchmaking.meetings.states import MEETING_MOVES, MEETING_STANDS
from matchmaking.parties.states import MATCHING_MOVES, MATCHING_STANDS
from matchmaking.requests.states import ENQUIRY_MOVES, ENQUIRY_STANDS, REQUEST_MOVES, REQUEST_STANDS
from moussem.core.errors import Refusal
from moussem.core.rooms import open_rooms
from moussem.organisations.states import VERIFICATION_MOVES, VERIFICATION_STANDS
from moussem.trade.order.states import APPROVAL_MOVES, APPROVAL_STANDS, ORDER_MOVES, ORDER_STANDS
from moussem.trade.payment.states import ATTEMPT_MOVES, ATTEMPT_STANDS
from tests.house.plan import storey_of_module

pytestmark = pytest.mark.unit


def refusals(kind=Refusal):
    """Every refusal of the house, the base included."""
    if kind is Refusal:
        open_rooms("errors")
    yield kind
    for below in kind.__subclasses__():
        yield from refusals(below)


OURS = [kind for kind in refusals() if storey_of_module(kind.__module__)]


def sentence_of(kind):
    """The sentence of a refusal; of one that counts something, that of several."""
    return kind.text._translate(2) if hasattr(kind.text, "_translate") else str(kind.text)


def test_every_refusal_has_a_code_of_its_own():
    assert [code for code, times in Counter(kind.code for kind in OURS).items() if times > 1] == []
    assert [kind.code for kind in OURS if not re.fullmatch(r"[a-z][a-z0-9_]*", kind.code)] == []


def test_every_refusal_is_a_translated_sentence():
    assert [kind.__name__ for kind in OURS if not isinstance(kind.text, Promise)] == []
    ends = (".", "?", "!", ")s")
    assert [kind.__name__ for kind in OURS if not sentence_of(kind).rstrip().endswith(ends)] == []


def test_refusals_fill_named_places_only():
    unnamed = re.compile(r"%(?!\(\w+\)s|%)")

    assert [kind.__name__ for kind in OURS if unnamed.search(sentence_of(kind))] == []


def test_refusals_never_answer_as_a_success():
    assert [kind.__name__ for kind in OURS if not 400 <= kind.status < 600] == []


@pytest.mark.parametrize(
    ("moves", "stands"),
    [
        (ORDER_MOVES, ORDER_STANDS),
        (APPROVAL_MOVES, APPROVAL_STANDS),
        (PROOF_MOVES, PROOF_STANDS),
        (VERIFICATION_MOVES, VERIFICATION_STANDS),
        (ATTEMPT_MOVES, ATTEMPT_STANDS),
        (EDITION_MOVES, EDITION_STANDS),
        (APPLICATION_MOVES, APPLICATION_STANDS),
        (ATTENDANCE_MOVES, ATTENDANCE_STANDS),
        (ROOM_MOVES, ROOM_STANDS),
        (QUESTION_MOVES, QUESTION_STANDS),
        (POLL_MOVES, POLL_STANDS),
        (MATCHING_MOVES, MATCHING_STANDS),
        (REQUEST_MOVES, REQUEST_STANDS),
        (ENQUIRY_MOVES, ENQUIRY_STANDS),
        (MEETING_MOVES, MEETING_STANDS),
    ],
)
def test_whoever_comes_too_late_reads_a_sentence_for_every_state(moves, stands):
    reached = {*moves, *(state for after in moves.values() for state in after)}

    assert set(stands) == reached
    assert [
        told for told in stands.values() if not (isinstance(told, Promise) and str(told)[-1] == ".")
    ] == []
