"""What this room does when an edition is cloned, and when an accepted applicant withdraws."""

from typing import Any

from django.dispatch import receiver

from fairs.applications.models import Application
from fairs.applications.states import ApplicationState
from fairs.editions.cloning import goes_along
from fairs.editions.models import Edition
from fairs.editions.withdrawing import hears_of_withdrawal
from fairs.selection.actions import give_back_place
from fairs.selection.actions.judging import copy_how_it_is_judged
from fairs.selection.queries import exhibitors_of
from moussem.core.events import moved
from moussem.organisations.models import Membership

goes_along(copy_how_it_is_judged, order=20)


@hears_of_withdrawal
def who_exhibits_or_judges(edition: Edition) -> dict[int, None]:
    """Whoever acts for an exhibitor, one without an application too, and the jury."""
    exhibits = exhibitors_of(edition).values("organisation")
    sellers = Membership.objects.selling().filter(organisation__in=exhibits)
    jury = edition.jurors.filter(left_at=None).values_list("person", flat=True)
    return dict.fromkeys([*sellers.values_list("user", flat=True), *jury])


@receiver(moved, sender=Application)
def fill_the_place_of_who_withdrew(subject: Application, was: str, now: str, **facts: Any) -> None:
    """An accepted applicant that withdraws leaves its place to whoever waits first."""
    if was == ApplicationState.ACCEPTED and now == ApplicationState.WITHDRAWN:
        give_back_place(subject)
