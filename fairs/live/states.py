from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RoomKind(models.TextChoices):
    """What a live room belongs to."""

    SESSION = "session", pgettext_lazy("live room", "session")
    STAND = "stand", pgettext_lazy("live room", "stand")
    CALL = "call", pgettext_lazy("live room", "call")
    THREAD = "thread", pgettext_lazy("live room", "conversation at a stand")
    PRACTICE = "practice", pgettext_lazy("live room", "rehearsal")


class RoomState(models.TextChoices):
    """Whether anything is still said in a live room."""

    OPEN = "open", pgettext_lazy("live room", "open")
    CLOSED = "closed", pgettext_lazy("live room", "closed")


# A session that is moved to a later hour opens its room once more.
ROOM_MOVES = {RoomState.OPEN: {RoomState.CLOSED}, RoomState.CLOSED: {RoomState.OPEN}}

ROOM_STANDS = {
    RoomState.OPEN: _("This live room is open already."),
    RoomState.CLOSED: _("This live room is closed: what was said in it stays to be read."),
}


class Asking(models.TextChoices):
    """What the people of a call ask each other."""

    RECORD = "record", pgettext_lazy("asked in a call", "record the sound")
    LONGER = "longer", pgettext_lazy("asked in a call", "go on longer")
    GUEST = "guest", pgettext_lazy("asked in a call", "let somebody in")


# Entries that are somebody's words: a block or a mute keeps them from others. What is done in a room, such as
# a message taken away, a poll, or a yes in a call, reaches everybody.
SPOKEN = frozenset({"chat", "question", "caption", "card"})
