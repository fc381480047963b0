"""What the clock and the queue do for badges."""

from django.contrib.auth import get_user_model
from django_tasks import task

from fairs.badges.actions import print_badges, settle_badges
from moussem.core.schedule import every
from moussem.core.threads import MAY_WAIT


# A registration that moves is followed at once; this finds what a fault left.
@every(minutes=5)
def align_badges() -> None:
    """Badges follow registrations."""
    settle_badges()


@task(priority=MAY_WAIT)
def draw_badges(pk: int, actor_pk: int) -> None:
    """The papers of a printing, one after the other."""
    print_badges(pk, actor=get_user_model().objects.get(pk=actor_pk))
