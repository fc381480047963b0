from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from oscar.apps.order.abstract_models import AbstractLine, AbstractOrder

from moussem.core.storage import private_storage
from moussem.trade.order.states import (
    APPROVAL_MOVES,
    ORDER_MOVES,
    ORDER_STANDS,
    ApprovalState,
    OrderState,
    RefusalReason,
)


class Purchase(models.Model):
    """What a buyer placed in one go: one order per seller, under one number."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    # The form's one-time key: a double click or a reload places nothing twice.
    key = models.UUIDField(_("idempotency key"), unique=True)
    buyer = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("buyer"),
        on_delete=models.PROTECT,
        related_name="purchases",
    )
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("placed by"),
        on_delete=models.PROTECT,
        related_name="purchases",
    )
    currency = models.CharField(_("currency"), max_length=3)
    total = models.DecimalField(_("total"), max_digits=14, decimal_places=2)
    placed_at = models.DateTimeField(_("placed"), default=timezone.now)

    class Meta:
        verbose_name = _("purchase")
        verbose_name_plural = _("purchases")
        ordering = ["-placed_at"]

    def __str__(self) -> str:
        return self.number


class Order(AbstractOrder):
    """One seller's part of a purchase; ``status`` is its state."""

    MOVES, STANDS = ORDER_MOVES, ORDER_STANDS
    STATE_FIELD = "status"

    # Oscar's own, which has no name to translate.
    date_placed = models.DateTimeField(_("placed"), db_index=True)
    status = models.CharField(
        _("state"), max_length=12, choices=OrderState.choices, default=OrderState.PLACED, db_index=True
    )
    purchase = models.ForeignKey(
        Purchase, verbose_name=_("purchase"), null=True, on_delete=models.PROTECT, related_name="orders"
    )
    seller = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("seller"),
        null=True,
        on_delete=models.PROTECT,
        related_name="orders_received",
    )
    buyer = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("buyer"),
        null=True,
        on_delete=models.PROTECT,
        related_name="orders_placed",
    )
    incoterm = models.ForeignKey(
        "shipping.Incoterm", verbose_name=_("Incoterm"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    named_place = models.CharField(_("named place"), max_length=120, blank=True)
    transport_mode = models.CharField(_("transport"), max_length=5, blank=True)
    gross_weight_kg = models.DecimalField(
        _("gross weight in kg"), max_digits=12, decimal_places=3, null=True, blank=True
    )
    buyer_reference = models.CharField(_("buyer’s reference"), max_length=60, blank=True)
    note = models.TextField(_("note to the seller"), blank=True)
    answer_by = models.DateTimeField(_("answer expected by"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    refusal_code = models.CharField(
        _("kind of refusal"), max_length=12, choices=RefusalReason.choices, blank=True
    )
    refusal_reason = models.TextField(_("reason of the refusal"), blank=True)
    ready_by = models.DateField(_("ready by"), null=True, blank=True)
    carrier = models.CharField(_("carrier"), max_length=80, blank=True)
    tracking_reference = models.CharField(_("carrier’s reference"), max_length=80, blank=True)
    shipped_at = models.DateTimeField(_("shipped"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)

    class Meta(AbstractOrder.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["purchase", "seller"], name="one_order_per_seller")]


class Line(AbstractLine):
    """A frozen line: what was ordered, at the price of its step of the ladder."""

    # By language, as the goods were called when they were ordered: a seller may call them otherwise later.
    titles = models.JSONField(_("titles"), default=dict, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=14, decimal_places=3, default=Decimal(1))
    num_allocated = models.DecimalField(_("allocated"), max_digits=14, decimal_places=3, default=Decimal(0))
    unit_price_incl_tax = models.DecimalField(
        _("unit price"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    unit_price_excl_tax = models.DecimalField(
        _("unit price"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    unit = models.CharField(_("unit"), max_length=6, default="kg")
    is_sample = models.BooleanField(_("sample"), default=False)
    hs_code = models.CharField(_("HS code"), max_length=14, blank=True)
    origin = models.CharField(_("origin"), max_length=120, blank=True)

    @property
    def label(self) -> str:
        """What was ordered, in the words of that day, as a reader of the active language sees it."""
        return self.titles.get((get_language() or "en")[:2]) or self.title


class LotReservation(models.Model):
    """A part of a lot kept for a line; counted in ``Lot.reserved`` until it ships."""

    line = models.ForeignKey(
        Line, verbose_name=_("line of the order"), on_delete=models.CASCADE, related_name="reservations"
    )
    lot = models.ForeignKey(
        "catalogue.Lot", verbose_name=_("lot"), on_delete=models.PROTECT, related_name="reservations"
    )
    quantity = models.DecimalField(_("quantity"), max_digits=14, decimal_places=3)
    released_at = models.DateTimeField(_("released"), null=True, blank=True)
    shipped_at = models.DateTimeField(_("shipped"), null=True, blank=True)
    # The seller had said yes to it and took the goods from another lot since: its buyer goes on being told.
    was_promised = models.BooleanField(_("promised before"), default=False)

    class Meta:
        verbose_name = _("lot reservation")
        verbose_name_plural = _("lot reservations")
        constraints = [
            models.UniqueConstraint(
                fields=["line", "lot"], condition=Q(released_at__isnull=True), name="one_reservation_per_lot"
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="reservation_positive"),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | Q(shipped_at__isnull=True),
                name="reservation_ends_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id}: {self.quantity:f}"


class PackedItem(models.Model):
    """A row of the packing list that the seller fills in when the goods are ready."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="packed_items")
    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="packed_items")
    cartons = models.PositiveIntegerField(_("cartons"))
    net_weight_kg = models.DecimalField(_("net weight in kg"), max_digits=12, decimal_places=3)
    gross_weight_kg = models.DecimalField(_("gross weight in kg"), max_digits=12, decimal_places=3)
    marks = models.CharField(_("marks"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("row of the packing list")
        verbose_name_plural = _("packing list")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    cartons__gt=0, net_weight_kg__gt=0, gross_weight_kg__gte=models.F("net_weight_kg")
                ),
                name="packed_weights",
            )
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.cartons}"


class ReadyPhoto(models.Model):
    """A picture of the goods ready to leave."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="photos")
    image = models.ImageField(_("picture"), upload_to="orders/%Y/%m/", storage=private_storage)
    taken_at = models.DateTimeField(_("added"), default=timezone.now)

    class Meta:
        verbose_name = _("picture of the goods")
        verbose_name_plural = _("pictures of the goods")

    def __str__(self) -> str:
        return f"{self.order_id} {self.taken_at:%Y-%m-%d}"


class ApprovalRequest(models.Model):
    """A purchase that waits for the organisation's owner, with the basket frozen behind it."""

    MOVES = APPROVAL_MOVES
    STATE_FIELD = "state"

    buyer = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("buyer"),
        on_delete=models.PROTECT,
        related_name="approval_requests",
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("requested by"),
        on_delete=models.PROTECT,
        related_name="approval_requests",
    )
    # A declined request gives the basket back, which may then be sent again.
    basket = models.ForeignKey(
        "basket.Basket",
        verbose_name=pgettext_lazy("what is to be ordered", "basket"),
        on_delete=models.PROTECT,
        related_name="approval_requests",
    )
    # The checkout as the purchaser filled it in: delivery, terms per seller, plan.
    checkout = models.JSONField(_("checkout"))
    currency = models.CharField(_("currency"), max_length=3)
    total = models.DecimalField(_("total"), max_digits=14, decimal_places=2)
    state = models.CharField(
        _("state"), max_length=10, choices=ApprovalState.choices, default=ApprovalState.PENDING
    )
    requested_at = models.DateTimeField(_("requested"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    purchase = models.OneToOneField(
        Purchase,
        verbose_name=_("purchase"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="approval_request",
    )

    class Meta:
        verbose_name = _("request for approval")
        verbose_name_plural = _("requests for approval")
        ordering = ["-requested_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["basket"], condition=Q(state=ApprovalState.PENDING), name="one_pending_request"
            )
        ]

    def __str__(self) -> str:
        return f"{self.buyer}: {self.total} {self.currency}"


from oscar.apps.order.models import *  # noqa: E402
