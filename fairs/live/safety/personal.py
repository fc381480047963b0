"""What live rooms hold of a person: given out to them, and erased at their wish."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fairs.live import bus
from fairs.live.models import LiveEntry
from fairs.live.safety.models import LiveBlock, LiveMeasure, LiveReport
from fairs.live.stage.actions import erase_questions_of
from fairs.live.stage.models import LiveQuestion
from fairs.live.stage.shown import QUESTION
from fairs.live.stands.actions import TAKEN, end_thread
from fairs.live.stands.models import StandThread
from fairs.live.stands.states import ThreadState
from moussem.core.locks import lock_all
from moussem.core.log import record
from moussem.people.personal import Holding, holds

AT_ONCE = 500


def held_of(person: Any) -> dict[str, Any]:
    """All that live rooms hold of somebody, in plain words and numbers."""
    entries = LiveEntry.objects.filter(author=person).select_related("room__edition").order_by("room", "seq")
    threads = StandThread.objects.filter(visitor=person).select_related("exhibitor__organisation")
    measures = LiveMeasure.objects.filter(person=person, kind="ban").select_related("edition")
    return {
        "entries": [
            {
                "edition": one.room.edition.slug,
                "room": one.room_id,
                "number": one.seq,
                "kind": one.kind,
                "at": one.at.isoformat(),
                "content": one.data,
            }
            for one in entries.iterator()
        ],
        "questions": [
            {
                "room": one.room_id,
                "at": one.at.isoformat(),
                "text": one.text,
                "without_name": one.is_anonymous,
            }
            for one in LiveQuestion.objects.filter(author=person).order_by("pk")
        ],
        "questions_at_stands": [
            {"room": one.room_id, "stand": one.exhibitor.organisation.name, "at": one.asked_at.isoformat()}
            for one in threads
        ],
        "blocked_people": list(LiveBlock.objects.filter(person=person).values_list("other", flat=True)),
        "reports": [
            {"at": one.at.isoformat(), "number": one.seq, "words": one.words}
            for one in LiveReport.objects.filter(reporter=person)
        ],
        "kept_out": [
            {"edition": one.edition.slug, "reason": one.reason, "at": one.at.isoformat()} for one in measures
        ],
    }


@transaction.atomic
def erase(person: Any) -> int:
    """What somebody wrote loses its author and its words; numbers, order and conversations stay. How many.

    What was reported stays as evidence until the report is of no use any more.
    """
    for thread in StandThread.objects.open().filter(visitor=person):
        end_thread(thread, actor=person)
    seqs: dict[int, list[int]] = {}
    for one in lock_all(LiveEntry.objects.filter(author=person)):
        # What tells which question it is stays: the last that is told of it is that it is gone.
        named = {"question": one.data["question"], "state": "hidden"} if one.kind == QUESTION else {}
        one.author, one.client_uuid, one.data = None, None, {**named, "text": "", "erased": True}
        one.save(update_fields=["author", "client_uuid", "data"])
        seqs.setdefault(one.room_id, []).append(one.seq)
    for one in LiveEntry.objects.filter(kind=TAKEN, data__person__id=person.pk):
        one.data = {"person": None, "erased": True}
        one.save(update_fields=["data"])
        seqs.setdefault(one.room_id, []).append(one.seq)
    erase_questions_of(person)
    StandThread.objects.filter(visitor=person).update(visitor=None, note="")
    StandThread.objects.filter(holder=person, state=ThreadState.OVER).update(holder=None)
    LiveBlock.objects.filter(person=person).delete()
    LiveReport.objects.filter(reporter=person).update(reporter=None, words="")
    for room, told in seqs.items():
        for at in range(0, len(told), AT_ONCE):
            bus.tell(room, "erased", {"seqs": told[at : at + AT_ONCE]})
    many = sum(map(len, seqs.values()))
    record("live_erased", person, actor=person, entries=many)
    return many


holds(
    Holding(
        "live_rooms",
        _("What you wrote in live rooms, and your questions at stands"),
        held_of,
        erase,
    )
)
