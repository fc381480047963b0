from django.db import models
from django.utils.translation import pgettext_lazy


class ImportState(models.TextChoices):
    """How far a list has come."""

    RECEIVED = "received", pgettext_lazy("list of products", "received")
    CHECKED = "checked", pgettext_lazy("list of products", "tried out")
    IMPORTED = "imported", pgettext_lazy("list of products", "imported")


IMPORT_MOVES = {
    ImportState.RECEIVED: {ImportState.CHECKED},
    ImportState.CHECKED: {ImportState.RECEIVED, ImportState.IMPORTED},
}
