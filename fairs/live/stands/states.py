from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ThreadState(models.TextChoices):
    """How far a question at a stand has come."""

    WAITING = "waiting", pgettext_lazy("question at a stand", "waiting")
    MESSAGE = "message", pgettext_lazy("question at a stand", "left as a message")
    TALKING = "talking", pgettext_lazy("question at a stand", "being answered")
    OVER = "over", pgettext_lazy("question at a stand", "over")


# A queue in front of a stand that everybody has left becomes messages.
THREAD_MOVES = {
    ThreadState.WAITING: {ThreadState.TALKING, ThreadState.MESSAGE, ThreadState.OVER},
    ThreadState.MESSAGE: {ThreadState.TALKING, ThreadState.OVER},
    ThreadState.TALKING: {ThreadState.OVER},
    ThreadState.OVER: set(),
}

THREAD_STANDS = {
    ThreadState.WAITING: _("This question waits in the queue of the stand."),
    ThreadState.MESSAGE: _("This question was left as a message."),
    ThreadState.TALKING: _("Somebody at the stand is answering this question already."),
    ThreadState.OVER: _("This conversation is over: what was said in it stays to be read."),
}
