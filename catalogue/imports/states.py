from django.db import models
from django.utils.translation import pgettext_lazy


class ImportState(models.TextChoices):
    """How far a list has come."""

    RECEIVED = "received", pgettext_lazy("list of products", "received")
    CHECKING = "checking", pgettext_lazy("list of products", "being tried out")
    CHECKED = "checked", pgettext_lazy("list of products", "tried out")
    WRITING = "writing", pgettext_lazy("list of products", "being imported")
    IMPORTED = "imported", pgettext_lazy("list of products", "imported")
    FAILED = "failed", pgettext_lazy("list of products", "stopped")


AT_WORK = (ImportState.CHECKING, ImportState.WRITING)
IMPORT_MOVES = {
    ImportState.RECEIVED: {ImportState.CHECKING},
    ImportState.CHECKING: {ImportState.CHECKED, ImportState.FAILED},
    ImportState.CHECKED: {ImportState.CHECKING, ImportState.WRITING},
    ImportState.WRITING: {ImportState.IMPORTED, ImportState.CHECKED, ImportState.FAILED},
    ImportState.FAILED: {ImportState.CHECKING},
    # An import undone leaves the list as it came.
    ImportState.IMPORTED: {ImportState.RECEIVED},
}
