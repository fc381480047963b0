from django.db import models
from django.utils.translation import pgettext_lazy


class Cause(models.TextChoices):
    """Why an order came to nothing."""

    REFUSED = "refused", pgettext_lazy("order ended", "the seller refused it")
    CANCELLED = "cancelled", pgettext_lazy("order ended", "the seller cancelled it after accepting")
    WITHDRAWN = "withdrawn", pgettext_lazy("order ended", "the buyer withdrew it")
    UNANSWERED = "unanswered", pgettext_lazy("order ended", "the seller did not answer in time")
    UNPAID = "unpaid", pgettext_lazy("order ended", "the first payment did not arrive in time")
