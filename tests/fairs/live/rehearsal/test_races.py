"""Colleagues of one stand at the same moment, on a database with row locks."""

from uuid import uuid4

from fairs.live.models import LiveRoom
from fairs.live.rehearsal.actions import answer_practice_buyer, begin_rehearsal
from fairs.live.rehearsal.models import Rehearsal
from moussem.core.errors import Refusal
from tests.factories.rehearsal import answered, stand_with_goods
from tests.races import at_once, on_postgresql

pytestmark = on_postgresql
MANY = 6


def test_rehearsal_that_is_begun_many_times_at_once_is_one():
    stand = stand_with_goods()

    begun = at_once(*[lambda: begin_rehearsal(stand, actor=stand.owner)] * MANY)

    assert {one.pk for one in begun} == {Rehearsal.objects.get().pk}
    assert LiveRoom.objects.get().seq == 2


def test_answers_at_once_go_to_one_question_after_the_other():
    stand = stand_with_goods()
    rehearsal = begin_rehearsal(stand, actor=stand.owner)

    def say(text):
        try:
            return answer_practice_buyer(rehearsal, actor=stand.owner, text=text, client_uuid=uuid4())
        except Refusal as refusal:
            return refusal

    told = at_once(*[lambda: say("500 g, FCA Agadir, 3 EUR, 14 days")] * MANY)

    rehearsal.refresh_from_db()
    refused = [one for one in told if isinstance(one, Refusal)]
    assert (len(rehearsal.findings), rehearsal.is_over, len(refused)) == (5, True, 1)
    seqs = list(rehearsal.room.entries.values_list("seq", flat=True))
    assert seqs == list(range(1, 2 + 2 * 5 + 1))


def test_answer_sent_many_times_at_once_is_heard_once():
    stand, same = stand_with_goods(), uuid4()
    rehearsal = begin_rehearsal(stand, actor=stand.owner)
    said = {"actor": stand.owner, "text": "500 g", "client_uuid": same}

    at_once(*[lambda: answer_practice_buyer(rehearsal, **said)] * MANY)

    assert answered(rehearsal, actor=stand.owner).findings == [[]]
