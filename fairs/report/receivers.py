from typing import Any

from django.dispatch import receiver

from fairs.editions.models import Edition
from fairs.editions.states import EditionState
from fairs.report.actions import freeze_report
from moussem.core.events import moved


@receiver(moved, sender=Edition)
def freeze_as_it_closes(subject: Edition, now: str, **facts: Any) -> None:
    """What is of the days of an edition stands fast from its close."""
    if now == EditionState.CLOSED:
        freeze_report(subject)
