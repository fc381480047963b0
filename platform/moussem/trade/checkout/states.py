from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Step(models.TextChoices):
    """The steps of the checkout, in order; the values are parts of addresses and keys of the draft."""

    DELIVERY = "delivery", pgettext_lazy("step of the checkout", "Organisation and delivery")
    TERMS = "terms", pgettext_lazy("step of the checkout", "Incoterms")
    PAYMENT = "payment", pgettext_lazy("step of the checkout", "Payment plan")
    REVIEW = "review", pgettext_lazy("step of the checkout", "Review")


# The steps that ask for something.
ASKING = (Step.DELIVERY, Step.TERMS, Step.PAYMENT)


class PlanChoice(models.TextChoices):
    """How the buyer wishes to pay."""

    DEPOSIT = "deposit", _("A deposit when the seller accepts, the balance before the goods leave")
    FULL = "full", _("In full when the order is placed")
