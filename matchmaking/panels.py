"""What meetings hang in other rooms: beside a booth, an edition, a product, in an agenda and a menu."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fairs.editions.models import Edition
from fairs.editions.states import ENDED, EditionState
from fairs.guests.rules import takes_guests
from fairs.live.models import LiveRoom
from fairs.live.purpose import Purpose, tells_purpose
from fairs.sessions.agenda import Line
from fairs.sessions.beside import Beside, stands_in_agenda
from fairs.templatetags.fairs import SAID
from matchmaking.meetings.agenda import gaps_between, line_of, spent_of
from matchmaking.meetings.forms import NoteForm
from matchmaking.meetings.queries import agenda_of, meeting_of_call
from matchmaking.meetings.states import MeetingState
from matchmaking.parties.models import Delegate, Party
from matchmaking.parties.queries import away_of, delegate_of, slots_at
from matchmaking.parties.states import MatchingState, Side
from matchmaking.requests.models import Request
from matchmaking.requests.queries import tally_of
from matchmaking.requests.rules import may_ask, may_enquire
from moussem.core import prepared
from moussem.core.parts import draw
from moussem.core.slots import fill
from moussem.organisations.states import SELLERS, Kind

# The board of an edition says in words what was done about its meetings.
SAID.update(
    {
        "matching_planned": _("The settings of meetings were changed"),
        "slots_laid": _("The slots of meetings were laid"),
        "tables_laid": _("Tables for meetings were laid"),
        "interpreter_hired": _("An interpreter was added"),
        "timetable_asked": _("A timetable was asked for"),
        "timetable_published": _("A timetable was published"),
    }
)


def _delegates_of(user: Any) -> QuerySet[Delegate]:
    """This person as a delegate, with how meetings are made at each edition: one query for a panel."""
    return Delegate.objects.there().filter(person=user).select_related("edition__matching", "party")


def _with_exporter(delegates: QuerySet[Delegate], now: Any = None, **exporter: Any) -> QuerySet[Delegate]:
    """Buyers' delegates, each with an exporter of their edition and the request that stands with it.

    And whether anybody meets for the exporter, at this moment or ``now``.
    """
    there = Party.objects.meeting().filter(edition=OuterRef("edition"), side=Side.EXPORTER, **exporter)
    asked = Request.objects.standing().filter(buyer=OuterRef("party"), exporter=OuterRef("met"))
    return (
        delegates.filter(party__side=Side.BUYER)
        .annotate(met=Subquery(there.values("pk")[:1]))
        .filter(met__isnull=False)
        .annotate(
            asked=Subquery(asked.values("pk")[:1]),
            is_met=Exists(Delegate.objects.there(now).filter(party=OuterRef("met"))),
        )
    )


@lru_cache(maxsize=1)
def _to_meet() -> prepared.Prepared[Delegate]:
    """A buyer's delegate at the next edition at which an exporter can be met: asked for on every product."""
    coming = (
        Delegate.objects.buying().filter(person=prepared.told("person")).exclude(edition__state__in=ENDED)
    )
    now = prepared.told("now", DateTimeField())
    found = _with_exporter(coming, now, organisation=prepared.told("organisation"))
    of_use = found.filter(Q(is_met=True) | Q(asked__isnull=False)).select_related("edition__matching")
    return prepared.Prepared(of_use.order_by("edition__starts_on", "pk")[:1])


@fill("booth.actions")
def booth_actions(request: Any, exhibitor: Any, edition: Any, is_aside: bool = False) -> str:
    """A buyer asks a question, for a meeting or a sample; others read how to. Nothing once it is over.

    Aside of a live stand, where one asks too, none of it is the first thing to do.
    """
    if edition.state in ENDED or edition.state == EditionState.DRAFT:
        return ""
    told = {"edition": edition, "path": request.path, "may_register": takes_guests(edition)}
    if not request.user.is_authenticated:
        return render_to_string("matchmaking/panels/booth_stranger.html", told)
    if request.membership and request.membership.organisation.kind in SELLERS:
        return ""
    delegates = _delegates_of(request.user).filter(edition=edition)
    delegate = _with_exporter(delegates, exhibitor=exhibitor.pk).first()
    if delegate is None:
        return _way_to_ask(request.user, edition, told | {"is_known": True})
    matching = getattr(delegate.edition, "matching", None)
    told = {"may_ask": may_ask(matching, timezone.now()), "may_enquire": may_enquire(matching)}
    if not delegate.is_met:
        told = dict.fromkeys(told, False)
    if not (delegate.asked or any(told.values())):
        return ""
    told |= {"delegate": delegate, "edition": edition, "is_aside": is_aside}
    return render_to_string("matchmaking/panels/booth.html", told)


def _way_to_ask(user: Any, edition: Edition, told: dict[str, Any]) -> str:
    """What somebody who cannot ask at a booth has to do, or to wait for, before they can."""
    guest = edition.guests.filter(person=user).exclude(organisation=None).first()
    if guest is not None and guest.is_admitted:
        stands = getattr(edition, "matching", None)
        if stands is not None and stands.state != MatchingState.PREPARING:
            return ""
    return render_to_string("matchmaking/panels/booth_stranger.html", told | {"guest": guest})


@fill("product.aside")
def meet_the_exporter(request: Any, product: Any) -> str:
    """A buyer's delegate is told at which fair to come the exporter of a product can be met."""
    membership = request.membership
    is_buyer = request.user.is_authenticated and membership and membership.organisation.kind == Kind.BUYER
    if not is_buyer or not product.is_public:
        return ""
    asked = {"person": request.user.pk, "organisation": product.organisation_id, "now": timezone.now()}
    delegate = _to_meet().first(**asked)
    if delegate is None:
        return ""
    matching = getattr(delegate.edition, "matching", None)
    if not delegate.asked and not may_ask(matching, timezone.now()):
        return ""
    told = {"delegate": delegate, "edition": delegate.edition, "product": product}
    return render_to_string("matchmaking/panels/product.html", told)


@fill("edition.page")
def meetings_card(request: Any, edition: Any) -> str:
    """How the requests of this person's party stand."""
    if not request.user.is_authenticated:
        return ""
    delegate = _delegates_of(request.user).filter(edition=edition).first()
    if delegate is None:
        return ""
    told = {"edition": edition, "party": delegate.party, "tally": tally_of(delegate.party)}
    return render_to_string("matchmaking/panels/edition.html", told)


@fill("edition.menu")
def meetings_in_the_menu(request: Any, edition: Any, section: str) -> str:
    """The organiser's way to the meetings of an edition."""
    return draw("matchmaking/panels/menu.html", slug=edition.slug, is_here=section == "meetings")


@stands_in_agenda
def meetings_in_the_agenda(request: Any, edition: Any, kept: Sequence[Line]) -> Beside | None:
    """The meetings of a delegate between the sessions that they keep, and when they are free."""
    delegate = delegate_of(request.user, edition)
    if delegate is None:
        return None
    slots = list(slots_at(edition))
    own = list(agenda_of(delegate))
    meetings = [line_of(one, delegate) for one in own]
    busy = [line for line in (*kept, *meetings) if line.is_busy]
    taken = {one.slot_id for one in own if one.state != MeetingState.CANCELLED}
    lost = spent_of(delegate, edition.matching, slots, taken) if taken else {}
    lost |= dict.fromkeys(away_of([delegate], slots)[delegate.pk], "away")
    gaps = list(gaps_between(slots, busy, lost, timezone.now()))
    address = reverse("matchmaking:next", args=[edition.slug])
    if is_open := may_ask(getattr(edition, "matching", None), timezone.now()):
        for line in gaps:
            if line.kind == "free":
                free = [("slot", slot.pk) for slot in line.told["slots"]]
                line.told["whom"] = f"{address}?{urlencode(free)}"
    told = {"edition": edition, "party": delegate.party, "delegate": delegate, "section": "agenda"}
    told["has_paper"] = bool(busy)
    return Beside(
        [*meetings, *gaps],
        zone=delegate.time_zone,
        head=render_to_string("matchmaking/parts/menu.html", told),
        aside=render_to_string("matchmaking/panels/agenda.html", told),
        call=(address, _("Find somebody to meet")) if is_open else None,
    )


@tells_purpose
def meeting_of_a_call(request: Any, room: LiveRoom) -> Purpose | None:
    """The meeting that a call is for, with what this side notes of it; to others in the call, whose it is."""
    meeting = meeting_of_call(room)
    if meeting is None:
        return None
    delegate = delegate_of(request.user, room.edition)
    if delegate is None or delegate.pk not in (meeting.buyer_id, meeting.exporter_id):
        sides = (meeting.request.buyer, meeting.request.exporter)
        return Purpose(" – ".join(one.organisation.label for one in sides), "")
    other = meeting.request.across(delegate.party).organisation
    note = meeting.notes.filter(party=delegate.party).first()
    told = {
        "meeting": meeting,
        "other": other,
        "form": NoteForm(prefix="note", note=note, reader=request.user, on=meeting.slot.on),
        "has_begun": meeting.slot.begins <= timezone.now(),
    }
    address = reverse("matchmaking:meeting", args=[room.edition.slug, meeting.pk])
    aside = render_to_string("matchmaking/panels/call.html", {**told, "address": address}, request)
    return Purpose(other.label, address, aside)
