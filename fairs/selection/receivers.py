"""What this room does when an edition is cloned or withdrawn, and when an accepted applicant withdraws."""

from typing import Any

from django.dispatch import receiver

from fairs.applications.models import Application
from fairs.applications.states import ApplicationState
from fairs.editions.events import edition_cloned, mode_changed
from fairs.editions.models import Edition
from fairs.editions.todo import lists_to_do
from fairs.editions.withdrawing import hears_of_withdrawal
from fairs.selection.actions import fill_places, give_back_place
from fairs.selection.actions.deciding import refuse_mode_of_exhibitors
from fairs.selection.actions.judging import ask_to_read_again, copy_how_it_is_judged
from fairs.selection.events import exhibitor_left
from fairs.selection.models import Exhibitor
from fairs.selection.queries import exhibitors_of
from fairs.selection.todo import selection_counted, selection_to_make
from moussem.core.events import moved
from moussem.organisations.models import Membership

lists_to_do(selection_to_make, selection_counted)

edition_cloned.within(order=20)(copy_how_it_is_judged)
mode_changed.within(order=20)(refuse_mode_of_exhibitors)


@hears_of_withdrawal
def who_exhibits_or_judges(edition: Edition) -> dict[int, None]:
    """Whoever acts for an exhibitor, one without an application too, and the jury."""
    exhibits = exhibitors_of(edition).values("organisation")
    sellers = Membership.objects.selling().filter(organisation__in=exhibits)
    jury = edition.jurors.filter(left_at=None).values_list("person", flat=True)
    return dict.fromkeys([*sellers.values_list("user", flat=True), *jury])


@moved.within(order=10, sender=Application)
def free_the_place_of_who_withdrew(subject: Application, now: str, **facts: Any) -> None:
    """An accepted applicant that withdraws gives its place back in the same write."""
    if now == ApplicationState.WITHDRAWN:
        give_back_place(subject)


@moved.within(order=20, sender=Application)
def tell_reviewers_what_was_sent_again(subject: Application, now: str, **facts: Any) -> None:
    """Whoever judged an application before it was sent again reads it again."""
    if now == ApplicationState.SENT:
        ask_to_read_again(subject)


@receiver(exhibitor_left, sender=Exhibitor)
def fill_the_place_of_who_left(exhibitor: Exhibitor, **facts: Any) -> None:
    """Whoever waits first takes it."""
    fill_places(exhibitor.edition)
