"""Questions at a stand: asked, called, handed over, answered, left as a message, and over."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from catalogue.models import Product
from catalogue.queries import listed_products
from fairs.editions.rules import refuse_once_over
from fairs.floor.models import BoothPage, BoothStaff
from fairs.floor.rules import may_keep_booth
from fairs.live import bus, protocol
from fairs.live.actions import close_room, write
from fairs.live.models import LiveEntry, LiveRoom
from fairs.live.safety.errors import Blocked
from fairs.live.safety.queries import is_any_blocked, is_unheard
from fairs.live.shown import name_of, told_of
from fairs.live.stands.errors import (
    AnsweredByAnother,
    AskedEnough,
    NobodyWaits,
    NotedMeanwhile,
    NotOfTheStand,
    NotOnShow,
    OwnStand,
    StandClosed,
    VisitorErased,
)
from fairs.live.stands.events import message_answered, message_left
from fairs.live.stands.letters import write_of_answer, write_of_handing_over, write_of_message
from fairs.live.stands.models import StandHours, StandThread
from fairs.live.stands.queries import (
    begun_since,
    heard_in,
    here_now,
    is_held_now,
    is_there_today,
    keepers_of,
    left_waiting,
    open_thread,
    own_row,
    queue_at,
    room_of_stand,
    staff_at,
    written_at_stand,
)
from fairs.live.stands.states import ThreadState
from fairs.live.states import RoomKind
from fairs.selection.models import Exhibitor
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import history_of, record
from moussem.core.moves import move
from moussem.core.rounds import try_each
from moussem.core.shown import is_alone_since, keyed_digest

# Whoever has waited so long at a stand that everybody left has left a message.
PATIENCE = timedelta(minutes=5)
# Each conversation is told to the stand: whoever ends theirs does not begin another one without end.
MOST_IN_AN_HOUR = 6
SAID, CARD, TAKEN = "chat", "card", "taken"

protocol.declare_event("stand", "Who is at a stand or waits there changed: look again.")
protocol.declare_event("called", "Somebody at a stand calls this person: told in whichever room they are.")
protocol.declare_event("answered", "A stand answered this person: told in whichever room they are.")


def tell_stand(exhibitor: Exhibitor, **more: Any) -> None:
    """Let everybody at a stand look again at who receives and who waits."""
    if room := room_of_stand(exhibitor):
        bus.tell(room.pk, "stand", {"waiting": queue_at(exhibitor).count(), **more}, droppable=True)


def _tell_desk(thread: StandThread, entry: LiveEntry) -> None:
    """Let the desk look again at what was said last; visitors have nothing to see of it."""
    if not entry.is_veiled:
        tell_stand(thread.exhibitor, said=True)


@transaction.atomic
def ask_at_stand(exhibitor: Exhibitor, *, actor: Any, text: str, client_uuid: UUID) -> LiveEntry:
    """A question in a conversation of its own, in the queue; a message where nobody receives.

    Whoever asks again while theirs is open says it there; under the same UUID it is the same question.
    """
    require(is_held_now(exhibitor.edition), StandClosed)
    exhibitor = lock(exhibitor)
    require(exhibitor.left_at is None, NotYours)
    require(not may_keep_booth(actor, exhibitor), OwnStand)
    if known := written_at_stand(exhibitor, actor, client_uuid):
        return known
    thread = open_thread(exhibitor, actor)
    if thread is not None:
        return say_in_thread(thread, actor=actor, text=text, client_uuid=client_uuid)
    begun = begun_since(exhibitor, actor, timezone.now() - timedelta(hours=1))
    require(begun < MOST_IN_AN_HOUR, AskedEnough, most=MOST_IN_AN_HOUR)
    room = LiveRoom.objects.create(edition=exhibitor.edition, kind=RoomKind.THREAD)
    thread = StandThread.objects.create(room=room, exhibitor=exhibitor, visitor=actor)
    entry = write(room, SAID, {"text": text}, author=actor, client_uuid=client_uuid)
    record("stand_asked", thread, actor=actor)
    _ring(thread, entry)
    return entry


def _ring(thread: StandThread, entry: LiveEntry) -> None:
    """The first words of a visitor reach the stand, or are left there where nobody receives them.

    Whoever is unheard reads the same of it as others do.
    """
    is_left = thread.is_message or not staff_at(thread.exhibitor, reader=thread.visitor)
    if is_left:
        _leave_as_message(thread, entry)
    if not entry.is_veiled:
        tell_stand(thread.exhibitor)


def _leave_as_message(thread: StandThread, entry: LiveEntry) -> None:
    if not thread.is_message:
        move(thread, ThreadState.MESSAGE, actor=thread.visitor)
    if entry.is_veiled:
        return
    text = entry.data["text"]
    message_left.announce(StandThread, thread=thread, text=text)
    if not thread.taken_up_as:
        write_of_message(thread, text)


@transaction.atomic
def take_up(thread: StandThread, name: str) -> None:
    """A higher room has taken a message up under a name; it writes to the stand itself."""
    thread.taken_up_as = name
    thread.save(update_fields=["taken_up_as"])


@transaction.atomic
def call_next(exhibitor: Exhibitor, *, actor: Any) -> StandThread:
    """Whoever waits longest is called by this member of the stand, and told wherever they are."""
    exhibitor = lock(exhibitor)
    require(may_keep_booth(actor, exhibitor), NotYours)
    first = queue_at(exhibitor, actor).first()
    require(first is not None, NobodyWaits)
    return _hold(lock(first), actor, actor)


@transaction.atomic
def take_thread(thread: StandThread, *, actor: Any) -> StandThread:
    """This member of the stand answers from now on, whoever did before."""
    thread = _of_the_stand(thread, actor)
    return thread if thread.holder_id == actor.pk else _hold(thread, actor, actor)


@transaction.atomic
def hand_over(thread: StandThread, *, actor: Any, to: Any) -> StandThread:
    """A colleague answers from now on."""
    thread = _of_the_stand(thread, actor)
    colleague = keepers_of(thread.exhibitor, thread.visitor).filter(pk=to).first()
    require(colleague, NotOfTheStand)
    if thread.holder_id == colleague.pk:
        return thread
    thread = _hold(thread, colleague, actor)
    if colleague != actor and colleague.pk not in {one.person.pk for one in staff_at(thread.exhibitor)}:
        write_of_handing_over(thread)
    return thread


def _of_the_stand(thread: StandThread, actor: Any) -> StandThread:
    lock(thread.exhibitor)
    thread = lock(thread)
    require(may_keep_booth(actor, thread.exhibitor), NotYours)
    return thread


@transaction.atomic
def part(one: Any, other: Any) -> None:
    """Neither reads the other from now on: what one of them was answering the other is over."""
    both = (one.pk, other.pk)
    for thread in StandThread.objects.filter(state=ThreadState.TALKING, visitor__in=both, holder__in=both):
        end_thread(thread, actor=one)


def _hold(thread: StandThread, holder: Any, actor: Any) -> StandThread:
    require(thread.visitor is None or not is_any_blocked([holder, thread.visitor]), Blocked)
    was, is_first = thread.holder_id, not thread.is_talking
    thread.holder = holder
    if is_first:
        thread.called_at = timezone.now()
        move(thread, ThreadState.TALKING, actor=actor, also=("holder", "called_at"))
    else:
        thread.save(update_fields=["holder"])
        record("stand_handed_over", thread, actor=actor, was=was, now=holder.pk)
    write(thread.room, TAKEN, {"person": told_of(holder)}, author=actor)
    if is_first and thread.visitor:
        bus.tell_person(thread.visitor, thread.room_id, "called", _told_of_stand(thread))
    tell_stand(thread.exhibitor)
    return thread


def _told_of_stand(thread: StandThread) -> dict[str, Any]:
    return {"stand": thread.exhibitor_id, "name": thread.exhibitor.organisation.name}


@transaction.atomic
def say_in_thread(thread: StandThread, *, actor: Any, text: str, client_uuid: UUID) -> LiveEntry:
    """Something said by the visitor or by whoever answers; the first answer takes the conversation."""
    lock(thread.exhibitor)
    thread = lock(thread)
    if actor.pk == thread.visitor_id:
        is_heard = heard_in(thread.room_id).exists()
        entry = write(thread.room, SAID, {"text": text}, author=actor, client_uuid=client_uuid, paced=(SAID,))
        if not (is_heard or thread.is_talking or entry.is_veiled):
            _ring(thread, entry)
        else:
            _tell_desk(thread, entry)
        return entry
    _answering(thread, actor, client_uuid, text)
    entry = write(thread.room, SAID, {"text": text}, author=actor, client_uuid=client_uuid)
    _tell_visitor(thread, entry)
    _tell_desk(thread, entry)
    return entry


def _answering(thread: StandThread, actor: Any, client_uuid: UUID | None, text: str = "") -> None:
    require(may_keep_booth(actor, thread.exhibitor), NotYours)
    known = LiveEntry.objects.filter(room=thread.room_id, author=actor, client_uuid=client_uuid).exists()
    if known or thread.is_over:
        return
    if not thread.is_talking:
        was_message = thread.is_message
        _hold(thread, actor, actor)
        if was_message and text and thread.taken_up_as and not is_unheard(actor, thread.room):
            message_answered.announce(StandThread, thread=thread, text=text, actor=actor)
    require(thread.holder_id == actor.pk, AnsweredByAnother, name=name_of(thread.holder) or "–")


def _tell_visitor(thread: StandThread, entry: LiveEntry) -> None:
    if thread.visitor is None or entry.is_veiled:
        return
    if here_now(thread.visitor):
        bus.tell_person(thread.visitor, thread.room_id, "answered", _told_of_stand(thread))
    elif not thread.taken_up_as:
        write_of_answer(thread)


@transaction.atomic
def answer_from_elsewhere(name: str, *, text: str, actor: Any) -> None:
    """A message that a higher room took up was answered there: the answer stands in the conversation too."""
    thread = StandThread.objects.filter(taken_up_as=name, state=ThreadState.MESSAGE).first()
    if thread is None or not may_keep_booth(actor, thread.exhibitor):
        return
    if thread.visitor and is_any_blocked([actor, thread.visitor]):
        return
    lock(thread.exhibitor)
    thread = lock(thread)
    if thread.is_message:
        _hold(thread, actor, actor)
        write(thread.room, SAID, {"text": text}, author=actor)


@transaction.atomic
def show_product(thread: StandThread, *, actor: Any, product: int, client_uuid: UUID) -> LiveEntry:
    """A product on show at the booth as a card in the conversation; its price is the one of who looks."""
    thread = _of_the_stand(thread, actor)
    page = BoothPage.objects.filter(exhibitor=thread.exhibitor).first()
    chosen = page.products.through.objects.filter(boothpage=page, product=product) if page else ()
    found: Product | None = None
    if chosen:
        found = listed_products("MAD").filter(pk=product).first()
    require(found, NotOnShow)
    _answering(thread, actor, client_uuid)
    told = {"product": found.pk, "title": found.label}
    entry = write(thread.room, CARD, told, author=actor, client_uuid=client_uuid)
    _tell_visitor(thread, entry)
    return entry


@transaction.atomic
def end_thread(thread: StandThread, *, actor: Any) -> StandThread:
    """A conversation that either side ends; said and read it stays."""
    lock(thread.exhibitor)
    thread = lock(thread)
    require(actor.pk == thread.visitor_id or may_keep_booth(actor, thread.exhibitor), NotYours)
    if not thread.is_over:
        move(thread, ThreadState.OVER, actor=actor)
        close_room(thread.room, actor=actor)
        tell_stand(thread.exhibitor)
    return thread


@transaction.atomic
def keep_note(thread: StandThread, *, actor: Any, note: str, seen: str = "") -> StandThread:
    """What the stand wrote down of a visitor, for itself alone; ``seen`` is the note whose place it takes.

    What a colleague wrote goes only where it was seen. One's own may be younger than the page that is sent.
    """
    thread = _of_the_stand(thread, actor)
    require(thread.visitor_id is not None, VisitorErased)
    if thread.note not in (seen, note):
        written = history_of(thread).filter(verb="stand_note_kept")
        is_alone = is_alone_since(_word_of_note(thread, seen), actor, written)
        require(is_alone, NotedMeanwhile, note=thread.note)
    if thread.note != note:
        thread.note = note
        thread.save(update_fields=["note"])
        record("stand_note_kept", thread, actor=actor, word=_word_of_note(thread, note))
    return thread


def _word_of_note(thread: StandThread, note: str) -> str:
    return keyed_digest([note], place=f"stand_note:{thread.pk}")


@transaction.atomic
def say_where(exhibitor: Exhibitor, *, actor: Any, is_there: bool, languages: list[str]) -> BoothStaff:
    """This person receives at the stand from now on, or is away; the page of the booth shows it too.

    Said again, nothing changes and nobody is told.
    """
    exhibitor = lock(exhibitor)
    require(may_keep_booth(actor, exhibitor), NotYours)
    row = own_row(exhibitor, actor) or BoothStaff(exhibitor=exhibitor, person=actor)
    before = (row.pk is not None, row.name, row.languages, is_there_today(row, exhibitor.edition))
    row.name = name_of(actor)[:80] or exhibitor.organisation.name[:80]
    row.languages = languages or row.languages or [actor.language]
    if before == (True, row.name, row.languages, is_there):
        return row
    row.there_since = timezone.now() if is_there else None
    row.save()
    record("booth_person_there" if is_there else "booth_person_away", exhibitor, actor=actor, person=row.pk)
    tell_stand(exhibitor)
    return row


@transaction.atomic
def keep_hours(
    exhibitor: Exhibitor, *, actor: Any, hours: Mapping[date, tuple[time, time]]
) -> list[StandHours]:
    """From when to when somebody is at the stand, by day; on a day that is left out nobody is."""
    exhibitor = lock(exhibitor)
    require(may_keep_booth(actor, exhibitor), NotYours)
    refuse_once_over(exhibitor.edition)
    exhibitor.stand_hours.all().delete()
    kept = [
        StandHours(exhibitor=exhibitor, on=on, opens=opens, closes=closes)
        for on, (opens, closes) in sorted(hours.items())
    ]
    StandHours.objects.bulk_create(kept)
    record("stand_hours_kept", exhibitor, actor=actor, days=len(kept))
    return kept


def tend_stands(now: Any = None) -> None:
    """Who waits at a stand that everybody has left has left a message."""
    now = now or timezone.now()
    for _thread in try_each(list(left_waiting(now - PATIENCE)), _give_up):
        pass


@transaction.atomic
def _give_up(thread: StandThread) -> None:
    lock(thread.exhibitor)
    thread = lock(thread)
    said = thread.room.entries.filter(kind=SAID).order_by("is_veiled", "seq")
    if (
        thread.is_waiting
        and (first := said.first())
        and not staff_at(thread.exhibitor, reader=thread.visitor)
    ):
        _leave_as_message(thread, first)
        tell_stand(thread.exhibitor)
