from django.db import models
from django.utils.translation import pgettext_lazy


class RequestState(models.TextChoices):
    """Whether somebody still wants it."""

    OPEN = "open", pgettext_lazy("request of a buyer", "open")
    WITHDRAWN = "withdrawn", pgettext_lazy("request of a buyer", "withdrawn")


REQUEST_MOVES = {RequestState.OPEN: {RequestState.WITHDRAWN}}
