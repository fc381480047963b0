from django.db import models
from django.utils.translation import pgettext_lazy


class Audience(models.TextChoices):
    """Whom an announcement is for."""

    EVERYBODY = "everybody", pgettext_lazy("audience", "everybody who looks at the edition")
    EXHIBITORS = "exhibitors", pgettext_lazy("audience", "exhibitors")
    BUYERS = "buyers", pgettext_lazy("audience", "buyers, hosted or not")
    GUESTS = "guests", pgettext_lazy("audience", "everybody who is admitted")
