from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from moussem.organisations.bank import masked
from moussem.trade.payment.states import (
    ATTEMPT_MOVES,
    ATTEMPT_STANDS,
    ENDED_INSTALMENTS,
    INSTALMENT_MOVES,
    REFUND_MOVES,
    UNDONE_REFUNDS,
    AttemptState,
    InstalmentState,
    RefundState,
    Trigger,
)


class PaymentPlan(models.Model):
    """How one order is paid."""

    order = models.OneToOneField(
        "order.Order",
        verbose_name=pgettext_lazy("of goods", "order"),
        on_delete=models.PROTECT,
        related_name="payment_plan",
    )
    currency = models.CharField(_("currency"), max_length=3)
    total = models.DecimalField(_("total"), max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("payment plan")
        verbose_name_plural = _("payment plans")

    def __str__(self) -> str:
        return f"{self.order_id}: {self.total} {self.currency}"


class Instalment(models.Model):
    """A part of an order's total; the amounts of a plan add up to the total to the cent."""

    MOVES = INSTALMENT_MOVES
    STATE_FIELD = "state"

    plan = models.ForeignKey(
        PaymentPlan, verbose_name=_("payment plan"), on_delete=models.PROTECT, related_name="instalments"
    )
    sequence = models.PositiveSmallIntegerField(_("number"))
    share = models.DecimalField(_("share in per cent"), max_digits=5, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    # What came and counts, less what of it went back or is on its way back (queries.kept_of).
    paid = models.DecimalField(_("received"), max_digits=14, decimal_places=2, default=Decimal(0))
    # What the banks on the way kept of a wire, within the tolerance.
    charges = models.DecimalField(_("bank charges"), max_digits=14, decimal_places=2, default=Decimal(0))
    trigger = models.CharField(_("due"), max_length=10, choices=Trigger.choices)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    # ISO 11649 creditor reference, printed on the pro-forma and written by the buyer's bank on the wire.
    reference = models.CharField(_("payment reference"), max_length=25, unique=True)
    state = models.CharField(
        _("state"), max_length=10, choices=InstalmentState.choices, default=InstalmentState.PLANNED
    )
    settled_at = models.DateTimeField(_("paid"), null=True, blank=True)

    class Meta:
        verbose_name = _("instalment")
        verbose_name_plural = _("instalments")
        ordering = ["plan", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "sequence"], name="one_instalment_per_number"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, paid__gte=0, charges__gte=0), name="instalment_amounts"
            ),
            models.CheckConstraint(
                condition=~Q(state=InstalmentState.SETTLED) | Q(paid__gte=F("amount") - F("charges")),
                name="settled_is_paid",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def outstanding(self) -> Decimal:
        """What is still to be received: nothing once its order has ended."""
        if self.state in ENDED_INSTALMENTS:
            return Decimal(0)
        return max(self.amount - self.paid - self.charges, Decimal(0))


class PaymentAttempt(models.Model):
    """One try to pay one instalment with one provider."""

    MOVES, STANDS = ATTEMPT_MOVES, ATTEMPT_STANDS
    STATE_FIELD = "state"

    instalment = models.ForeignKey(
        Instalment, verbose_name=_("instalment"), on_delete=models.PROTECT, related_name="attempts"
    )
    provider = models.CharField(_("provider"), max_length=20)
    # The provider's own number of the payment (a PaymentIntent, a bank's entry).
    external_id = models.CharField(_("provider’s number"), max_length=120, null=True, blank=True)
    # The number of a bank's entry as it stood on the statement: external_id holds what it is compared by.
    written_as = models.CharField(_("number as written"), max_length=120, blank=True, default="")
    # The bank's entry that this is a part of, counted for another instalment; the number is the entry's own.
    part_of = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
    )
    key = models.UUIDField(_("idempotency key"), unique=True)
    currency = models.CharField(_("currency"), max_length=3)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    received = models.DecimalField(_("received"), max_digits=14, decimal_places=2, default=Decimal(0))
    state = models.CharField(
        _("state"), max_length=12, choices=AttemptState.choices, default=AttemptState.CREATED
    )
    failure_code = models.CharField(_("failure code"), max_length=60, blank=True)
    # What the payer must do next, as the provider says it (redirect address, bank instructions).
    instructions = models.JSONField(_("instructions"), default=dict, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=pgettext_lazy("a payment", "started by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(_("started"), default=timezone.now)
    looked_at = models.DateTimeField(_("last looked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("payment attempt")
        verbose_name_plural = _("payment attempts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "external_id"], name="one_attempt_per_external_id"),
            models.CheckConstraint(condition=Q(amount__gt=0, received__gte=0), name="attempt_amounts"),
            models.CheckConstraint(
                condition=Q(part_of=None) | Q(external_id=None), name="part_has_no_number_of_its_own"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.external_id or self.pk}"

    @property
    def refundable(self) -> Decimal:
        """What was received and neither given back nor about to be; nothing while it may still change."""
        if self.state not in (AttemptState.SUCCEEDED, AttemptState.CANCELLED):
            return Decimal(0)
        given_back = self.refunds.exclude(state__in=UNDONE_REFUNDS).aggregate(sum=Sum("amount"))["sum"]
        return self.received - (given_back or Decimal(0))


class ProviderEvent(models.Model):
    """A notice from a provider, kept as it came; an event means “look again”, nothing more."""

    provider = models.CharField(_("provider"), max_length=20)
    event_id = models.CharField(_("event"), max_length=120)
    kind = models.CharField(_("kind"), max_length=80)
    payload = models.JSONField(_("content"))
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    processed_at = models.DateTimeField(_("processed"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("provider event")
        verbose_name_plural = _("provider events")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["provider", "event_id"], name="one_row_per_event")]

    def __str__(self) -> str:
        return f"{self.provider} {self.event_id}"


class Discrepancy(models.Model):
    """Money that does not fit: wrong amount, wrong currency, unknown reference. A person decides."""

    attempt = models.ForeignKey(
        PaymentAttempt,
        verbose_name=_("payment attempt"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="discrepancies",
    )
    # What makes it the same finding when the provider tells it twice.
    key = models.CharField(_("key"), max_length=160, unique=True)
    expected = models.CharField(_("expected"), max_length=60)
    found = models.CharField(_("found"), max_length=60)
    # Of the money that came; empty where a finding is about something else.
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    note = models.TextField(_("note"), blank=True)
    resolution = models.TextField(_("decision"), blank=True)
    found_at = models.DateTimeField(_("found on"), default=timezone.now)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("resolved by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("discrepancy")
        verbose_name_plural = _("discrepancies")
        ordering = ["-found_at"]

    def __str__(self) -> str:
        return f"{self.expected} ≠ {self.found}"


class ProviderCustomer(models.Model):
    """A buyer as a provider knows it; its bank transfers arrive under this number."""

    provider = models.CharField(_("provider"), max_length=20)
    organisation = models.ForeignKey(
        "organisations.Organisation", verbose_name=_("buyer"), on_delete=models.PROTECT, related_name="+"
    )
    external_id = models.CharField(_("provider’s number"), max_length=120)

    class Meta:
        verbose_name = _("provider’s customer")
        verbose_name_plural = _("provider’s customers")
        constraints = [
            models.UniqueConstraint(fields=["provider", "organisation"], name="one_customer_per_buyer"),
            models.UniqueConstraint(fields=["provider", "external_id"], name="one_buyer_per_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.external_id}"


class Refund(models.Model):
    """Money given back for one attempt."""

    MOVES = REFUND_MOVES
    STATE_FIELD = "state"

    attempt = models.ForeignKey(
        PaymentAttempt, verbose_name=_("payment attempt"), on_delete=models.PROTECT, related_name="refunds"
    )
    key = models.UUIDField(_("idempotency key"), unique=True)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    external_id = models.CharField(_("provider’s number"), max_length=120, blank=True)
    # Where a wire is sent back to; asked from the buyer, since a wire does not always say where it came from.
    holder = models.CharField(_("holder of the account"), max_length=120, blank=True)
    account = models.CharField(_("IBAN or account number"), max_length=60, blank=True)
    bic = models.CharField("BIC", max_length=11, blank=True)
    # What its provider could not give back, and the seller sends by transfer instead.
    by_wire = models.BooleanField(_("sent by transfer instead"), default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=RefundState.choices, default=RefundState.REQUESTED
    )
    requested_at = models.DateTimeField(_("requested"), default=timezone.now)
    looked_at = models.DateTimeField(_("last looked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="refund_positive")]

    def __str__(self) -> str:
        return f"{self.attempt}: {self.amount:f}"

    @property
    def account_stamp(self) -> str:
        """The account in a word that tells nothing of it: another one as soon as it is corrected."""
        told = "|".join((self.holder, self.account, self.bic))
        return salted_hmac("moussem.payment.refund", told).hexdigest()[:16]

    @property
    def masked_account(self) -> str:
        """Enough of the account to recognise it once the money was sent there by hand."""
        return masked(self.account)


from oscar.apps.payment.models import *  # noqa: E402
