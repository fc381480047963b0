"""What the organiser of an edition has to do about its selection."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairs.applications.models import Application
from fairs.applications.queries import last_closing
from fairs.applications.rivals import applies
from fairs.applications.states import ApplicationState
from fairs.editions.counting import number_of
from fairs.editions.models import Edition
from fairs.editions.todo import Counted, Todo
from fairs.selection.models import Appeal, Juror, Review, Rubric, SelectionPlan
from fairs.selection.states import LEAST_REVIEWS


def selection_counted() -> dict[str, Coalesce]:
    """What the selection of each edition rests on, and what waits in it."""
    return {
        "rubrics": number_of(Rubric.objects.all()),
        "jury": number_of(Juror.objects.filter(left_at=None)),
        "plans": number_of(SelectionPlan.objects.filter(places__gt=0)),
        "sent": number_of(Application.objects.filter(state=ApplicationState.SENT)),
        "short": number_of(short_of_reviews()),
        "appeals": number_of(Appeal.objects.filter(answered_at=None), "application__edition"),
    }


def selection_to_make(editions: Sequence[Edition], now: datetime, counted: Counted) -> Iterable[Todo]:
    """What reviewers need, what they have not judged yet, the decision, and appeals against it."""
    judged = [one for one in editions if one.is_planned or one.is_running or one.is_closed]
    closings = last_closing([one for one in judged if one.is_planned])
    for edition in judged:
        told = counted[edition.pk]
        if edition.is_planned:
            closes = closings.get(edition.pk)
            yield from _to_prepare(edition, told, closes, now)
            yield from _to_decide(edition, told, closes, now)
        if many := told["appeals"]:
            said = ngettext("appeal waits for an answer", "appeals wait for an answer", many)
            yield Todo(edition, "fairs:selection", said, _("Answer them"), many)


def short_of_reviews() -> QuerySet[Application]:
    """The applications to be decided that fewer reviewers have judged than it takes."""
    counted = Review.objects.filter(
        Q(sent_at__gte=F("application__sent_at")),
        ~applies("juror__person", "juror__edition"),
        application=OuterRef("pk"),
        has_conflict=False,
    )
    return (
        Application.objects.filter(state=ApplicationState.SENT)
        .alias(written=number_of(counted, "application"))
        .filter(written__lt=LEAST_REVIEWS)
    )


def _to_prepare(
    edition: Edition, told: dict[str, Any], closes: datetime | None, now: datetime
) -> Iterable[Todo]:
    """What a selection rests on, as long as somebody applies or may; all of it comes before the doors."""
    if closes is None:
        said = _("Say until when exhibitors apply: without a last day nobody can.")
        yield Todo(edition, "fairs:asked", said, _("Set a deadline"), leads=True)
    # What nobody applied for is late for nobody.
    due = closes if closes and (told["sent"] or closes > now) else None
    if not told["rubrics"]:
        said = _("Say what applications are judged by.")
        yield Todo(edition, "fairs:selection", said, _("Choose a rubric"), due=due)
    if not told["plans"]:
        said = _("Say how many exhibitors it takes, and which quotas hold.")
        yield Todo(edition, "fairs:plan_selection", said, _("Set places and quotas"), due=due)
    if told["jury"] < LEAST_REVIEWS:
        said = _("Ask reviewers: every application needs two at least.")
        yield Todo(edition, "fairs:selection", said, _("Ask to review"), due=due)


def _to_decide(
    edition: Edition, told: dict[str, Any], closes: datetime | None, now: datetime
) -> Iterable[Todo]:
    # Once the doors are open nothing is decided any more.
    due = edition.doors_open_at
    if many := told["short"]:
        said = ngettext("application needs more reviews", "applications need more reviews", many)
        yield Todo(edition, "fairs:selection", said, _("See which"), many, due)
    many = told["sent"]
    if many and (not told["short"] or (closes and closes > now)):
        said = ngettext("application to decide", "applications to decide", many)
        yield Todo(edition, "fairs:selection", said, _("Decide"), many, due, begins=closes)
