from django_tasks import task

from cms.publication.actions import draw_ahead, follow_the_clock
from moussem.core.schedule import every
from moussem.core.threads import MAY_WAIT


@every(minutes=1)
def come_out_and_disappear() -> None:
    """Pages come out and disappear in their minute."""
    follow_the_clock()


@task(priority=MAY_WAIT)
def draw_pictures(number: int) -> None:
    """The pictures of a page that came out, in their sizes."""
    draw_ahead(number)
