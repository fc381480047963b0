"""The addresses of badges and doors: of the organiser, an exhibitor, a guest, and the keeper of the doors.

``a`` exhibits, ``x`` is registered; the fair is held by somebody who is neither.
"""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile

from fairs.badges.actions import issue_by_hand, name_for_stand, revoke, settle_guest
from fairs.guests.states import GuestState
from fairs.models import DoorKeeper, Exhibitor, Guest, PrintedPaper, PrintRun
from tests.factories.badges import door_of, keeper_of, named, running
from tests.factories.fairs import who_runs


def of_the_badges(owned: Any, a: Any, x: Any) -> Iterator[Any]:
    """Every address of badges that takes an argument, each with its keeper; ``owned`` makes an entry."""
    fair = a.fair
    slug = {"slug": fair.edition.slug}
    yield owned("fairs:own_badge", slug, x.owner)
    yield owned("fairs:own_badge_pdf", {**slug, "pk": fair.own.pk}, x.owner)
    yield owned("fairs:stand_people", slug, a.owner, body={"name": "Fatima"})
    for name in ("take_off_stand", "stand_badge_pdf"):
        yield owned(f"fairs:{name}", {**slug, "pk": fair.stand.pk}, a.owner)
    for name in ("door", "door_bundle", "door_scans", "door_manifest"):
        yield owned(f"fairs:{name}", slug, fair.keeper)
    yield from _of_the_organiser(owned, fair, slug)


def _of_the_organiser(owned: Any, fair: SimpleNamespace, slug: dict[str, Any]) -> Iterator[Any]:
    by, badge = fair.organiser, {**slug, "pk": fair.badge.pk}
    form = {**named("Mine now"), "early_minutes": "0"}
    for name in ("badges", "doors", "print_badges", "start_print", "rotate_badge_key"):
        yield owned(f"fairs:{name}", slug, by)
    yield owned("fairs:issue_badge", slug, by, body={"name": "Me", "role": "press"})
    yield owned("fairs:open_door", slug, by, body=form)
    yield owned("fairs:name_keeper", slug, by, body={"email": fair.keeper.user.email})
    yield owned("fairs:badge_paper", {**slug, "pk": fair.paper.pk}, by)
    for name in ("badge", "badge_pdf"):
        yield owned(f"fairs:{name}", badge, by)
    yield owned("fairs:revoke_badge", badge, by, body={"reason": "No."})
    yield owned("fairs:restore_badge", {**slug, "pk": fair.revoked.pk}, by)
    yield owned("fairs:change_door", {**slug, "pk": fair.door.pk}, by, body=form)
    yield owned("fairs:close_door", {**slug, "pk": fair.door.pk}, by)
    yield owned("fairs:dismiss_keeper", {**slug, "pk": fair.seat.pk}, by)


def fair_with_badges(a: Any, x: Any) -> SimpleNamespace:
    """A fair that runs today, with a badge of everybody and all that its organiser keeps."""
    edition = running()
    runs = who_runs(edition)
    person = keeper_of(edition)
    exhibitor = Exhibitor.objects.create(edition=edition, organisation=a.organisation)
    guest = Guest.objects.create(edition=edition, person=x.owner.user, state=GuestState.ADMITTED)
    badge, revoked = (issue_by_hand(edition, actor=runs, name=n, role="press") for n in ("Salma", "Ana"))
    revoke(revoked, actor=runs, reason="Lost.")
    run = PrintRun.objects.create(edition=edition, asked_by=runs, total=1, done=1)
    paper = PrintedPaper(run=run, first=badge.number, last=badge.number, badges=1)
    paper.file.save("badges.pdf", ContentFile(b"%PDF-1.7 badges"))
    return SimpleNamespace(
        edition=edition,
        organiser=SimpleNamespace(user=runs, organisation=None),
        keeper=SimpleNamespace(user=person, organisation=None),
        seat=DoorKeeper.objects.get(edition=edition, person=person),
        door=door_of(edition),
        badge=badge,
        revoked=revoked,
        own=settle_guest(guest),
        stand=name_for_stand(exhibitor, actor=a.owner.user, name="Khadija"),
        paper=paper,
    )
