from typing import Any

from django.dispatch import receiver

from fairs.editions.models import Edition
from fairs.editions.states import EditionState
from fairs.editions.todo import lists_to_do
from fairs.report.actions import freeze_report
from fairs.report.todo import report_to_hand_in
from moussem.core.events import moved

lists_to_do(report_to_hand_in)


@receiver(moved, sender=Edition)
def freeze_as_it_closes(subject: Edition, now: str, **facts: Any) -> None:
    """What is of the days of an edition stands fast from its close."""
    if now == EditionState.CLOSED:
        freeze_report(subject)
