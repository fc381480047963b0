"""How far the meetings of an edition have come, and its runs and versions, for its organiser."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from fairs.editions.models import Edition
from fairs.editions.states import Mode
from matchmaking.meetings.models import Meeting
from matchmaking.meetings.openings import KINDS, languages_to_bridge
from matchmaking.meetings.queries import with_booths
from matchmaking.parties.models import Delegate, Interpreter, Matching, MeetingTable, Party, Slot
from matchmaking.parties.queries import interpreters_at, parties_at, tables_at
from matchmaking.parties.states import Side
from matchmaking.requests.models import Request
from matchmaking.requests.queries import messages_to_read
from matchmaking.requests.states import STANDING, Priority, RequestState
from matchmaking.timetables.models import Run, Version
from moussem.organisations.states import SpokenLanguage

ORDERS = {
    "": gettext_lazy("By name"),
    "lacking": gettext_lazy("What is missing first"),
    "asked": gettext_lazy("Most requests first"),
}


@dataclass(frozen=True)
class Standing:
    """The figures of the meetings of an edition."""

    parties: dict[str, int]
    requests: dict[str, int]
    must: int
    nice: int
    meetings: int
    slots: int
    tables: dict[str, int]
    to_read: int

    @property
    def asked(self) -> int:
        """All requests, whatever became of them."""
        return sum(self.requests.values())

    @property
    def unanswered(self) -> int:
        """Requests that wait for an answer."""
        return self.requests.get(RequestState.PENDING, 0)

    @property
    def accepted(self) -> int:
        """Requests that both sides want."""
        return self.requests.get(RequestState.ACCEPTED, 0)

    @property
    def unplaced(self) -> int:
        """Accepted requests without a meeting."""
        return max(self.accepted - self.meetings, 0)


def standing_of(edition: Edition) -> Standing:
    """The figures of an edition, in as many queries however large it is."""
    parties = Party.objects.meeting().filter(edition=edition).values_list("side").annotate(many=Count("pk"))
    rows = Request.objects.filter(edition=edition).values_list("state", "priority")
    counted = list(rows.order_by().annotate(many=Count("pk")))
    states: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for state, priority, many in counted:
        states[state] += many
        if state in (RequestState.PENDING, RequestState.ACCEPTED):
            wanted[priority] += many
    kinds = tables_at(edition).order_by().values_list("kind").annotate(many=Count("pk"))
    return Standing(
        parties=dict(parties.order_by()),
        requests=dict(states),
        must=wanted[Priority.MUST],
        nice=wanted[Priority.NICE],
        meetings=Meeting.objects.standing().filter(edition=edition).count(),
        slots=Slot.objects.filter(edition=edition).count(),
        tables=dict(kinds),
        to_read=messages_to_read(edition).count(),
    )


def accepted_at(edition: Edition) -> int:
    """How many requests both sides want."""
    return Request.objects.filter(edition=edition, state=RequestState.ACCEPTED).count()


def missing_of(edition: Edition, matching: Matching | None, standing: Standing) -> list[tuple[str, str]]:
    """What the meetings of an edition still need: a sentence, and the page on which it can be given."""
    found = []
    if not any(standing.tables.get(kind) for kind in KINDS[edition.mode]):
        found.append((_("No table stands ready: nobody could sit down."), "tables"))
    if matching is None or matching.asked_until is None:
        found.append((_("No last moment for requests is set."), "settings"))
    if matching is None:
        return found
    for side, said in (
        (Side.BUYER, _("No buyer is admitted yet.")),
        (Side.EXPORTER, _("No exhibitor has a place yet.")),
    ):
        if not standing.parties.get(side):
            found.append((said, "parties"))
    if pairs := pairs_without_interpreter(edition):
        separator = pgettext("between items of a list", ", ")
        named = separator.join(_("%(one)s–%(other)s") % pair for pair in map(pair_in_words, pairs))
        said = _("Requests need an interpreter that you do not have: %(pairs)s.") % {"pairs": named}
        found.append((said, "interpreters"))
    if edition.mode == Mode.DIGITAL and (many := without_hours(edition).count()):
        said = ngettext(
            "%(many)s person has not said in which hours they meet.",
            "%(many)s people have not said in which hours they meet.",
            many,
        ) % {"many": many}
        found.append((said, "parties"))
    return found


def pair_in_words(pair: tuple[str, str]) -> dict[str, str]:
    """Two languages by their names, between one and the other."""
    names = dict(SpokenLanguage.choices)
    one, other = (str(names.get(code, code)) for code in pair)
    return {"one": one, "other": other}


def interpreter_in_words(one: Interpreter) -> str:
    """An interpreter with the names of their languages."""
    pair = pair_in_words((one.language, one.other_language))
    return _("%(name)s (%(one)s–%(other)s)") % {"name": one.name, **pair}


def pairs_without_interpreter(edition: Edition) -> list[tuple[str, str]]:
    """The pairs of languages that requests need and of which no interpreter knows any that would do."""
    known = {(one.language, one.other_language) for one in interpreters_at(edition)}
    standing = Request.objects.standing().filter(edition=edition).select_related("buyer", "exporter")
    lacking: Counter[tuple[str, str]] = Counter()
    for request in standing:
        pairs = languages_to_bridge(request)
        if pairs and not pairs & known:
            lacking[pair_to_hire(pairs)] += 1
    return sorted(lacking, key=lambda pair: (-lacking[pair], pair))


def pair_to_hire(pairs: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """Of several pairs that would do, the one that is hired most easily in Morocco."""
    return min(pairs, key=lambda pair: (-sum(code in pair for code in ("fr", "en")), pair))


def without_hours(edition: Edition) -> QuerySet[Delegate]:
    """Who has not said in which hours of their own clocks they meet."""
    return Delegate.objects.there().filter(edition=edition, wakes=None)


def parties_reckoned(
    edition: Edition, matching: Matching | None, *, side: str, text: str, only: str, order: str
) -> QuerySet[Party]:
    """Who takes part, each with its requests, what it agreed to, what is placed and what is promised to it.

    ``only`` those with less than that, or for whom nobody meets; ``order`` is one of ``ORDERS``.
    """
    kept = matching or Matching()
    usual = Case(
        When(side=Side.BUYER, then=Value(kept.guarantee_buyer)), default=Value(kept.guarantee_exporter)
    )
    placed = Exists(Meeting.objects.standing().filter(request=OuterRef("pk")))
    found = parties_at(edition, side, text).annotate(
        asked=_requests(state__in=STANDING),
        agreed=_requests(state=RequestState.ACCEPTED),
        placed=_requests(placed),
        promised=Coalesce("guarantee", usual),
    )
    if only == "below":
        found = found.filter(placed__lt=F("promised"))
    elif only == "unnamed":
        found = found.met(False)
    first = {"lacking": [F("placed") - F("promised")], "asked": ["-asked"]}.get(order, [])
    return found.order_by(*first, "organisation__name", "pk")


def _requests(*met: Any, **told: Any) -> Case:
    """How many of a party's requests meet some conditions, by the side on which it stands."""
    count = Func(F("pk"), function="COUNT", output_field=IntegerField())

    def those(side: str) -> Subquery:
        own = Request.objects.filter(*met, **told, **{side: OuterRef("pk")}).order_by()
        return Subquery(own.annotate(many=count).values("many"))

    return Case(When(side=Side.BUYER, then=those("buyer")), default=those("exporter"))


def unplaced_of(party: Party) -> QuerySet[Request]:
    """What a party has agreed to and has no meeting for, the oldest answer first."""
    held = Exists(Meeting.objects.standing().filter(request=OuterRef("pk")))
    found = Request.objects.of(party).filter(~held, state=RequestState.ACCEPTED)
    return found.select_related("buyer__organisation", "exporter__organisation").order_by("answered_at", "pk")


def left_at(edition: Edition) -> QuerySet[Party]:
    """Parties that take part no more."""
    return Party.objects.filter(edition=edition).exclude(left_at=None).select_related("organisation")


def party_for_organiser(edition: Edition, pk: int) -> Party | None:
    """One party of an edition, whether it still takes part or not."""
    found = Party.objects.filter(edition=edition, pk=pk)
    return found.select_related("organisation__country", "edition__series__organiser").first()


def interpreter_for_organiser(edition: Edition, pk: int) -> Interpreter | None:
    """One interpreter who is still there."""
    return interpreters_at(edition).filter(pk=pk).first()


def tables_to_close(edition: Edition, kind: str) -> list[MeetingTable]:
    """The tables of one kind in their order; booths by the numbers above them."""
    found = with_booths(tables_at(edition).filter(kind=kind))
    return list(found.order_by(F("booth_number").asc(nulls_last=True), "number"))


def runs_at(edition: Edition) -> QuerySet[Run]:
    """All runs of an edition, the latest first, without their drafts; with their numbers if published."""
    found = Run.objects.filter(edition=edition).select_related("asked_by").defer("draft", "explained")
    published = Version.objects.filter(run=OuterRef("pk")).order_by("number").values("number")
    return found.annotate(published_as=Subquery(published[:1]))


def run_at(edition: Edition, pk: int) -> Run | None:
    """One run of an edition."""
    return Run.objects.filter(edition=edition, pk=pk).select_related("asked_by").first()


def versions_at(edition: Edition) -> QuerySet[Version]:
    """The published timetables of an edition, the latest first, without their meetings."""
    found = Version.objects.filter(edition=edition).select_related("published_by", "went_back_to")
    return found.defer("meetings")


def version_at(edition: Edition, number: int) -> Version | None:
    """One published timetable."""
    return Version.objects.filter(edition=edition, number=number).select_related("published_by").first()
