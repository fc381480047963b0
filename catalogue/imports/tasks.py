"""The bell for the long work on lists: it may ring twice."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django_tasks import task

from catalogue.imports.actions.work import do_asked, give_up
from moussem.core.threads import MAY_WAIT


@task(priority=MAY_WAIT)
def work_on_list(pk: int, asked_at: str, actor_pk: int) -> None:
    """Try out or import a list, as it was asked for at that moment."""
    moment, actor = datetime.fromisoformat(asked_at), get_user_model().objects.get(pk=actor_pk)
    try:
        do_asked(pk, moment, actor=actor)
    except Exception:
        # Whatever happened, who waits is told that nothing was imported; operators read why.
        give_up(pk, moment, "stopped", actor=actor)
        raise
