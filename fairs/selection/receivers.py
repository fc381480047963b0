"""What this room does when an edition is cloned, and when an accepted applicant withdraws."""

from typing import Any

from django.dispatch import receiver

from fairs.applications.models import Application
from fairs.applications.states import ApplicationState
from fairs.editions.cloning import goes_along
from fairs.selection.actions import give_back_place
from fairs.selection.actions.judging import copy_how_it_is_judged
from moussem.core.events import moved

goes_along(copy_how_it_is_judged, order=20)


@receiver(moved, sender=Application)
def fill_the_place_of_who_withdrew(subject: Application, was: str, now: str, **facts: Any) -> None:
    """An accepted applicant that withdraws leaves its place to whoever waits first."""
    if was == ApplicationState.ACCEPTED and now == ApplicationState.WITHDRAWN:
        give_back_place(subject)
