from typing import Any

from django.dispatch import receiver

from fairs.applications.models import Application
from fairs.applications.states import ApplicationState
from fairs.selection.actions import give_back_place
from moussem.core.events import moved


@receiver(moved, sender=Application)
def fill_the_place_of_who_withdrew(subject: Application, was: str, now: str, **facts: Any) -> None:
    """An accepted applicant that withdraws leaves its place to whoever waits first."""
    if was == ApplicationState.ACCEPTED and now == ApplicationState.WITHDRAWN:
        give_back_place(subject)
