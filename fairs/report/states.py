from django.db import models
from django.utils.translation import pgettext_lazy

# From so many applications and guests on a paper is drawn by the queue, with a page that says how far it is.
LARGE = 500
# What a paper goes through: counted, put into words, drawn, kept.
STEPS = 4


class PaperKind(models.TextChoices):
    """As what a report is taken along."""

    PDF = "pdf", pgettext_lazy("kind of file", "PDF")
    XLSX = "xlsx", pgettext_lazy("kind of file", "XLSX")
