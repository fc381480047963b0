from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from moussem.organisations.states import Kind

# The bodies that hold fairs; officers create them.
ORGANISING = (Kind.AGENCY, Kind.CHAMBER)


class Mode(models.TextChoices):
    """Where people meet."""

    DIGITAL = "digital", pgettext_lazy("mode of a fair", "digital")
    HYBRID = "hybrid", pgettext_lazy("mode of a fair", "hybrid")
    IN_PERSON = "in_person", pgettext_lazy("mode of a fair", "in person")


class Presence(models.TextChoices):
    """How one exhibitor takes part; at a fair that is not hybrid all do alike."""

    IN_PERSON = "in_person", pgettext_lazy("how an exhibitor takes part", "at a booth in the halls")
    DIGITAL = "digital", pgettext_lazy("how an exhibitor takes part", "on a screen")


class EditionState(models.TextChoices):
    """How far an edition has come."""

    DRAFT = "draft", pgettext_lazy("state of an edition", "draft")
    OPEN = "open", pgettext_lazy("state of an edition", "announced")
    RUNNING = "running", pgettext_lazy("state of an edition", "running")
    CLOSED = "closed", pgettext_lazy("state of an edition", "closed")
    ARCHIVED = "archived", pgettext_lazy("state of an edition", "archived")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of an edition", "withdrawn")


EDITION_MOVES = {
    EditionState.DRAFT: {EditionState.OPEN},
    # Once people are inside, an edition is closed and not withdrawn.
    EditionState.OPEN: {EditionState.RUNNING, EditionState.WITHDRAWN},
    EditionState.RUNNING: {EditionState.CLOSED},
    EditionState.CLOSED: {EditionState.ARCHIVED},
    EditionState.ARCHIVED: set(),
    EditionState.WITHDRAWN: set(),
}

EDITION_STANDS = {
    EditionState.DRAFT: _("This edition is a draft: nobody but its organiser sees it."),
    EditionState.OPEN: _("This edition is announced already."),
    EditionState.RUNNING: _("This edition is running already."),
    EditionState.CLOSED: _("This edition is closed already."),
    EditionState.ARCHIVED: _("This edition is in the archive already."),
    EditionState.WITHDRAWN: _("This edition was withdrawn: it does not take place."),
}

# What visitors may look at; the archive stays open to them, and what was withdrawn says so.
PUBLIC = (
    EditionState.OPEN,
    EditionState.RUNNING,
    EditionState.CLOSED,
    EditionState.ARCHIVED,
    EditionState.WITHDRAWN,
)
# Days and hours are a promise once people are there, and a record afterwards.
PLANNED = (EditionState.DRAFT, EditionState.OPEN)
# Those that took place.
HELD = (EditionState.CLOSED, EditionState.ARCHIVED)
ENDED = (*HELD, EditionState.WITHDRAWN)


class Part(models.TextChoices):
    """Where an edition stands in the list of fairs."""

    RUNNING = "running", _("Running now")
    COMING = "coming", _("Coming")
    OVER = "over", pgettext_lazy("fairs", "Over")


class BreakKind(models.TextChoices):
    """Why nobody meets."""

    LUNCH = "lunch", pgettext_lazy("break", "lunch")
    PRAYER = "prayer", pgettext_lazy("break", "prayer")
    OTHER = "other", pgettext_lazy("break", "pause")
