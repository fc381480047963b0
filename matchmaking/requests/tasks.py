"""What the queue and the clock do for requests."""

from django_tasks import task

from fairs.editions.models import Edition
from matchmaking.requests.actions import recommend_at, withdraw_for_those_who_left
from matchmaking.requests.recommended import is_to_reckon, to_reckon
from moussem.core.schedule import every


@task()
def recommend(edition: int) -> None:
    """Reckon whom everybody at an edition should meet; rung twice, it finds that nothing changed since."""
    found = Edition.objects.get(pk=edition)
    if is_to_reckon(found):
        recommend_at(found)


@every(minutes=5)
def recommend_anew() -> None:
    """Where facts are others than when recommendations were reckoned, however many changed meanwhile."""
    for edition in to_reckon():
        recommend.enqueue(edition.pk)


@every(hours=1)
def take_back_for_those_who_left() -> None:
    """What a fault left standing of parties that take part no more."""
    withdraw_for_those_who_left()
