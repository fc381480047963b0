"""What live rooms hold of a person: given out to them, and erased at their wish."""

from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fairs.live import bus
from fairs.live.calling import ASKED
from fairs.live.models import LiveCall, LiveCheck, LiveEntry, LivePresence, LiveRoom
from fairs.live.safety.models import LiveBlock, LiveMeasure, LiveReport
from fairs.live.stage.actions import erase_questions_of, erase_votes_of
from fairs.live.stage.models import LiveBallot, LiveDuty, LiveQuestion, LiveVote
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
            {
                "room": one.room_id,
                "stand": one.exhibitor.organisation.name,
                "at": one.asked_at.isoformat(),
                "note_of_the_stand": one.note,
            }
            for one in threads
        ],
        **_votes_of(person),
        **_traces_of(person),
        "blocked_people": list(LiveBlock.objects.filter(person=person).values_list("other", flat=True)),
        "reports": [
            {
                "edition": one.edition.slug,
                "room": one.room_id,
                "number": one.seq,
                "words": one.words,
                "at": one.at.isoformat(),
            }
            for one in LiveReport.objects.filter(reporter=person).select_related("edition").order_by("pk")
        ],
        "kept_out": [
            {"edition": one.edition.slug, "reason": one.reason, "at": one.at.isoformat()} for one in measures
        ],
    }


def _votes_of(person: Any) -> dict[str, Any]:
    """The questions that somebody wanted answered, and what they chose in polls."""
    votes = LiveVote.objects.filter(person=person).select_related("question").order_by("pk")
    ballots = LiveBallot.objects.filter(person=person).select_related("poll", "choice").order_by("pk")
    return {
        "votes": [{"room": one.question.room_id, "question": one.question_id} for one in votes],
        "ballots": [
            {"room": one.poll.room_id, "poll": one.poll.label, "choice": one.choice.label} for one in ballots
        ],
    }


def _traces_of(person: Any) -> dict[str, Any]:
    """What somebody does in sessions, their calls, where they are now, and the test of their devices."""
    duties = LiveDuty.objects.filter(person=person).select_related("session__edition").order_by("pk")
    calls = LiveCall.objects.filter(room__members__person=person).order_by("pk")
    check = LiveCheck.objects.filter(person=person).first()
    return {
        "duties": [
            {"edition": one.session.edition.slug, "session": one.session.label, "duty": one.duty}
            for one in duties
        ],
        "calls": [
            {"room": one.room_id, "begins_at": one.begins_at.isoformat(), "ends_at": one.ends_at.isoformat()}
            for one in calls
        ],
        "presences": [
            {"room": one.room_id, "until": one.until.isoformat()}
            for one in LivePresence.objects.filter(person=person).order_by("pk")
        ],
        "test_of_devices": check
        and {
            "at": check.at.isoformat(),
            "microphone": check.microphone,
            "camera": check.camera,
            "direct_connection": check.direct,
            "connection_by_a_relay": check.relay,
        },
    }


@transaction.atomic
def erase(person: Any) -> int:
    """What somebody wrote loses its author and its words; numbers, order and conversations stay. How many.

    What they did, such as a yes in a call, loses its author alone: others follow from it. So does what they
    asked without a name, of which nothing else changes: whoever saw it go with the rest would know who asked.
    What was reported stays as evidence until the report is of no use any more.
    """
    for thread in StandThread.objects.open().filter(visitor=person):
        end_thread(thread, actor=person)
    seqs: dict[tuple[int, Any], list[int]] = {}
    nameless = 0
    for one in lock_all(LiveEntry.objects.filter(author=person)):
        stays = one.is_nameless and not one.is_veiled
        nameless += stays
        one.author, one.client_uuid = None, None
        if not stays:
            one.data = _without_words(one)
            # What the unheard wrote stood in their own windows alone.
            seqs.setdefault((one.room_id, person if one.is_veiled else None), []).append(one.seq)
        one.save(update_fields=["author", "client_uuid", "data"])
    for one in LiveEntry.objects.filter(kind__in=(TAKEN, ASKED), data__person__id=person.pk):
        one.data = {**one.data, "person": None, "erased": True}
        one.save(update_fields=["data"])
        seqs.setdefault((one.room_id, None), []).append(one.seq)
    rooms = {one.pk for one in lock_all(LiveRoom.objects.filter(pk__in={room for room, _to in seqs}))}
    LiveRoom.objects.filter(pk__in=rooms).update(erasures=F("erasures") + 1)
    _erase_beside_reports(person, rooms)
    erase_questions_of(person)
    votes = erase_votes_of(person)
    StandThread.objects.filter(visitor=person).update(visitor=None, note="")
    StandThread.objects.filter(holder=person, state=ThreadState.OVER).update(holder=None)
    for held in (LiveBlock, LivePresence, LiveCheck):
        held.objects.filter(person=person).delete()
    LiveReport.objects.filter(reporter=person).update(reporter=None, words="")
    for (room, to), told in seqs.items():
        for at in range(0, len(told), AT_ONCE):
            bus.tell(room, "erased", {"seqs": told[at : at + AT_ONCE]}, to=to)
    many = sum(map(len, seqs.values())) + votes
    record("live_erased", person, actor=person, entries=many)
    return many + nameless


def _erase_beside_reports(person: Any, rooms: set[int]) -> None:
    """What they said beside what was reported is context and no evidence: it goes from reports too."""
    for report in lock_all(LiveReport.objects.filter(Q(room__in=rooms) | Q(room=None))):
        for one in report.evidence:
            data = one["data"]
            if (data.get("person") or {}).get("id") == person.pk:
                one["data"] = {**data, "person": None, "erased": True}
            if (one["by"] or {}).get("id") == person.pk and one["seq"] != report.seq:
                one["by"], one["data"] = None, {"text": "", "erased": True}
        report.save(update_fields=["evidence"])


def _without_words(entry: LiveEntry) -> dict[str, Any]:
    if entry.kind == QUESTION:
        # What tells which question it is stays: the last that is told of it is that it is gone.
        return {"question": entry.data["question"], "state": "hidden", "text": "", "erased": True}
    return {"text": "", "erased": True} if "text" in entry.data else entry.data


holds(
    Holding(
        "live_rooms",
        _("What you wrote, asked and voted in live rooms"),
        held_of,
        erase,
    )
)
