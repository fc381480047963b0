"""Whom each party of an edition should meet, reckoned for all at a time, and whether that still holds."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta

from django.apps import apps
from django.db.models import Count
from django.utils import timezone

from fairs.editions.models import Edition
from matchmaking.parties.models import Party
from matchmaking.parties.states import TALKING, Side
from matchmaking.requests.affinities import profiles_of
from matchmaking.requests.models import Reckoning, Recommendation, Request
from matchmaking.scoring.market import Market
from matchmaking.scoring.recommending import NOBODY, recommend
from moussem.core.models import LogEntry

# Whose log tells of facts, by the way from the object to its editions; of some only these lines.
FACTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "fairs.edition": ("pk", ("planned",)),
    "fairs.guest": ("edition", ()),
    "matchmaking.party": ("edition", ("party_settled", "party_left", "party_came_back", "party_changed")),
    "catalogue.product": ("organisation__parties__edition", ()),
    "catalogue.lot": ("organisation__parties__edition", ()),
    "catalogue.certificate": ("organisation__parties__edition", ()),
    "organisations.organisation": ("parties__edition", ()),
}
# Orders that arrive and freight rates are in no log that is looked at.
HOLDS_FOR = timedelta(days=1)


def last_entry() -> int:
    """How far the log is written."""
    return LogEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def to_reckon(now: datetime | None = None) -> list[Edition]:
    """The editions that take requests and are to be reckoned anew."""
    talking = Edition.objects.filter(matching__state__in=TALKING).order_by("pk")
    return [edition for edition in talking if is_to_reckon(edition, now)]


def is_to_reckon(edition: Edition, now: datetime | None = None) -> bool:
    """Whether a fact of an edition is another one than when it was reckoned, or nobody has for a day."""
    last = Reckoning.objects.filter(edition=edition).first()
    is_old = last is None or last.at is None or last.at < (now or timezone.now()) - HOLDS_FOR
    return is_old or _is_other(edition, last)


def _is_other(edition: Edition, last: Reckoning) -> bool:
    written = LogEntry.objects.filter(pk__gt=last.last_entry, subject_type__in=FACTS).order_by()
    about: dict[str, set[str]] = defaultdict(set)
    for label, key, verb in written.values_list("subject_type", "subject_id", "verb"):
        if not FACTS[label][1] or verb in FACTS[label][1]:
            about[label].add(key)
    return any(
        apps.get_model(label)._base_manager.filter(pk__in=keys, **{FACTS[label][0]: edition.pk}).exists()
        for label, keys in about.items()
    )


def reckoned(edition: Edition) -> list[Recommendation]:
    """The recommendations of all who take part, by what both told and with the exposure floor.

    Nobody is recommended whom one had a request with already. Who does not want to meet whom is left out
    where it is read: of the other side's no thanks nothing shows.
    """
    parties = list(Party.objects.meeting().filter(edition=edition).select_related("organisation"))
    told = profiles_of(edition, parties)
    if not told.buyers or not told.exporters:
        return []
    apart, seen = _apart(edition, parties), _seen_before(edition)
    house = {one.pk: one.organisation_id for one in parties}
    exporters = [replace(one, seen=seen.get(house[key], 0)) for key, one in told.exporters.items()]
    buyers = [replace(one, refuses=frozenset(apart[key])) for key, one in told.buyers.items()]
    lists = recommend(buyers, Market(exporters, on=told.on))
    asking, asked = list(told.buyers), list(told.exporters)
    sides = (
        (asking, asked, lists.exporters, lists.scores),
        (asked, asking, lists.buyers, lists.buyer_scores),
    )
    return [
        Recommendation(edition=edition, party_id=party, other_id=others[other], rank=rank, score=score)
        for own, others, chosen, scores in sides
        for party, row, told_by in zip(own, chosen.tolist(), scores.tolist(), strict=True)
        for rank, (other, score) in enumerate(zip(row, told_by, strict=True))
        if other != NOBODY
    ]


def _apart(edition: Edition, parties: list[Party]) -> dict[int, set[str]]:
    """Of each buyer the exporters with whom it had a request, or that are the same organisation."""
    found: dict[int, set[str]] = defaultdict(set)
    pairs = Request.objects.filter(edition=edition).order_by().values_list("buyer", "exporter")
    for buyer, exporter in pairs.distinct():
        found[buyer].add(str(exporter))
    exporting = {one.organisation_id: str(one.pk) for one in parties if one.side == Side.EXPORTER}
    for one in parties:
        if one.side == Side.BUYER and one.organisation_id in exporting:
            found[one.pk].add(exporting[one.organisation_id])
    return found


def _seen_before(edition: Edition) -> dict[int, int]:
    """How many were recommended each exporter at other editions."""
    before = Recommendation.objects.exclude(edition=edition).filter(other__side=Side.EXPORTER).order_by()
    return dict(before.values_list("other__organisation").annotate(Count("pk")))
