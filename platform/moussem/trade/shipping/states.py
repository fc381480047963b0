from django.db import models
from django.utils.translation import pgettext_lazy


class Mode(models.TextChoices):
    """How goods travel on the main leg."""

    SEA = "sea", pgettext_lazy("transport", "sea")
    AIR = "air", pgettext_lazy("transport", "air")
    ROAD = "road", pgettext_lazy("transport", "road")
