from django.db import models
from django.utils.translation import pgettext_lazy

# What a criterion is scored by: not started, partly, in place, in place with proof.
SCORES = (0, 1, 2, 3)
# The lines of the log about decisions: of the organiser in bulk, and of the waiting list that fills itself.
DECISION, FILLED = "decided", "places_filled"
# Fewer would make one person's view the decision.
LEAST_REVIEWS = 2


class Group(models.TextChoices):
    """What a quota counts."""

    WOMEN_LED = "women_led", pgettext_lazy("group of exhibitors", "led by women")
    REMOTE = "remote", pgettext_lazy("group of exhibitors", "in a remote area")
    FIRST_TIME = "first_time", pgettext_lazy("group of exhibitors", "at this fair for the first time")
    REGION = "region", pgettext_lazy("group of exhibitors", "of the region")
