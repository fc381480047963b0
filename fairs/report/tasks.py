from django_tasks import task

from fairs.report.actions import draw_paper, freeze_what_closed
from moussem.core.schedule import every
from moussem.core.threads import MAY_WAIT


# An edition freezes as it closes; this finds what a fault left, and results whose time is over.
@every(hours=1)
def freeze_reports() -> None:
    """The figures of closed editions stand fast, and their orders some weeks later."""
    freeze_what_closed()


@task(priority=MAY_WAIT)
def draw_report(pk: int) -> None:
    """The file of a report."""
    draw_paper(pk)
