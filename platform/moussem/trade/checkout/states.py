from django.db import models
from django.utils.translation import gettext_lazy as _


class Step(models.TextChoices):
    """The steps of the checkout, in order; the values are parts of addresses and keys of the draft."""

    DELIVERY = "delivery", _("Organisation and delivery")
    TERMS = "terms", _("Incoterms")
    PAYMENT = "payment", _("Payment plan")
    REVIEW = "review", _("Review")


# The steps that ask for something.
ASKING = (Step.DELIVERY, Step.TERMS, Step.PAYMENT)


class PlanChoice(models.TextChoices):
    """How the buyer wishes to pay."""

    DEPOSIT = "deposit", _("A deposit when the seller accepts, the balance before the goods leave")
    FULL = "full", _("In full when the order is placed")
