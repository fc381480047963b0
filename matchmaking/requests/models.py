"""Requests to meet, and whom a party wants or does not want to meet."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.states import BaseUnit
from matchmaking.parties.models import Party, Slot
from matchmaking.parties.states import OTHER_SIDE, Side
from matchmaking.requests.states import (
    ENQUIRY_MOVES,
    ENQUIRY_STANDS,
    REQUEST_MOVES,
    REQUEST_STANDS,
    STANDING,
    DeclineReason,
    EnquiryState,
    MessageState,
    Priority,
    RequestState,
)
from moussem.core.moves import stands_at
from moussem.core.shown import digest


class OfTwo:
    """What stands between a buyer and an exporter."""

    def across(self, party: Party) -> Party:
        """The party on the other side of the table."""
        return self.across_from(party.pk)

    def across_from(self, key: int) -> Party:
        """The same, of a party by its key: a delegate knows no more of its own."""
        return self.exporter if key == self.buyer_id else self.buyer


class RequestQuerySet(models.QuerySet):
    def standing(self):
        """Those that may still become or are meetings."""
        return self.filter(state__in=STANDING)

    def of(self, party):
        """Those of one party, whoever asked."""
        return self.filter(Q(buyer=party) | Q(exporter=party))


class Request(OfTwo, models.Model):
    """A buyer and an exporter who may meet: who asked, about what, and whose answer is awaited."""

    MOVES, STANDS, STATE_FIELD = REQUEST_MOVES, REQUEST_STANDS, "state"

    edition = models.ForeignKey("fairs.Edition", on_delete=models.PROTECT, related_name="meeting_requests")
    buyer = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="requests_to_buy")
    exporter = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="requests_to_sell")
    asked_by = models.CharField(_("asked by"), max_length=8, choices=Side.choices)
    # A counter-proposal hands the answer back to whoever asked.
    waits_for = models.CharField(_("waits for"), max_length=8, choices=Side.choices)
    state = models.CharField(
        _("state"), max_length=9, choices=RequestState.choices, default=RequestState.PENDING, db_index=True
    )
    priority = models.CharField(_("priority"), max_length=4, choices=Priority.choices, default=Priority.NICE)
    # How much the side that was asked wants it; empty until it says so.
    answer_priority = models.CharField(
        _("priority of the answer"), max_length=4, choices=Priority.choices, blank=True
    )
    language = models.CharField(_("language of the meeting"), max_length=3, blank=True)
    reason = models.CharField(
        _("reason of the refusal"), max_length=8, choices=DeclineReason.choices, blank=True
    )
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    slots = models.ManyToManyField(Slot, verbose_name=_("preferred slots"), blank=True, related_name="+")
    # A slot that both have in mind: shown to both until then, and never in the way of anybody.
    held_slot = models.ForeignKey(
        Slot,
        verbose_name=_("proposed slot"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    held_until = models.DateTimeField(_("proposed until"), null=True, blank=True)
    asked_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked by"), on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    # When the last counter-proposal was made; whoever asked first stays who asked.
    proposed_at = models.DateTimeField(_("proposed"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    # The lines that the last counter-proposal replaced, as each tells itself.
    lines_before = models.JSONField(_("lines before"), default=list, blank=True)
    withdrawn_by = models.ForeignKey(
        Party,
        verbose_name=_("withdrawn by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawal_reason = models.CharField(_("reason of the withdrawal"), max_length=300, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        app_label = "matchmaking"
        verbose_name = _("request for a meeting")
        verbose_name_plural = _("requests for meetings")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["buyer", "exporter"],
                condition=Q(state__in=STANDING),
                name="one_standing_request_per_pair",
            ),
            models.CheckConstraint(condition=~Q(buyer=F("exporter")), name="nobody_meets_themselves"),
            models.CheckConstraint(
                condition=Q(held_slot=None) | Q(held_until__isnull=False), name="proposed_slot_has_an_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.buyer.organisation} – {self.exporter.organisation}"

    def party_of(self, side: str) -> Party:
        """The party on one side."""
        return self.buyer if side == Side.BUYER else self.exporter

    @property
    def told_at(self) -> datetime:
        """When what stands was asked or proposed."""
        return self.proposed_at or self.asked_at

    def priority_of(self, side: str) -> str:
        """How much one side wants to meet; empty where it has not said."""
        return getattr(self, self._priority_field(side))

    def set_priority(self, side: str, priority: str) -> str:
        """Write down how much one side wants to meet; the field that holds it."""
        setattr(self, self._priority_field(side), priority)
        return self._priority_field(side)

    def get_wanted_by(self, side: str) -> str:
        """The same in words."""
        return getattr(self, f"get_{self._priority_field(side)}_display")()

    def _priority_field(self, side: str) -> str:
        return "priority" if side == self.asked_by else "answer_priority"

    @property
    def digest(self) -> str:
        """What is asked for and how it stands, in one word: nobody answers what they were not shown."""
        goods = [
            (one.product_id, one.family_id, one.quantity and one.quantity.normalize(), one.unit)
            for one in self.lines.all()
        ]
        told = (self.state, self.waits_for, self.priority, self.answer_priority, self.language)
        words = [(one.pk, one.text) for one in self.messages.all()]
        slots = sorted(one.pk for one in self.slots.all())
        return digest((*told, self.held_slot_id, goods, words, slots))

    @property
    def is_pending(self) -> bool:
        """Whether an answer is awaited."""
        return self.state == RequestState.PENDING


class RequestMessage(models.Model):
    """What one side said with a request or a counter-proposal; both read all of it, the oldest first."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="messages")
    side = models.CharField(_("side"), max_length=8, choices=Side.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(_("message"))
    state = models.CharField(
        _("message is"),
        max_length=7,
        choices=MessageState.choices,
        default=MessageState.SHOWN,
        db_index=True,
    )
    said_at = models.DateTimeField(_("said"))

    class Meta:
        app_label = "matchmaking"
        verbose_name = _("message of a request")
        verbose_name_plural = _("messages of requests")
        ordering = ["said_at", "pk"]
        constraints = [
            # What is changed before it is answered takes the place of what was said.
            models.UniqueConstraint(fields=["request", "said_at"], name="one_message_a_turn"),
            models.CheckConstraint(condition=~Q(text=""), name="message_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.request}: {self.text[:40]}"

    @property
    def writer(self) -> Party:
        """The party whose words they are."""
        return self.request.party_of(self.side)

    @property
    def reader(self) -> Party:
        """The party that they are for."""
        return self.request.party_of(OTHER_SIDE[self.side])

    @property
    def digest(self) -> str:
        """The message alone, for who reads it before the other side."""
        return digest((self.side, self.text))


class RequestLine(models.Model):
    """What a meeting is about: a product or a family, and how much."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey(
        "catalogue.Product",
        verbose_name=_("product"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    family = models.ForeignKey(
        "catalogue.ProductClass",
        verbose_name=_("family"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    quantity = models.DecimalField(_("quantity"), max_digits=14, decimal_places=3, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=5, choices=BaseUnit.choices, blank=True)

    class Meta:
        app_label = "matchmaking"
        verbose_name = _("line of a request")
        verbose_name_plural = _("lines of requests")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(product__isnull=False, family=None) | Q(product=None, family__isnull=False),
                name="line_names_product_or_family",
            ),
            models.CheckConstraint(
                condition=Q(quantity=None, unit="") | Q(quantity__gt=0) & ~Q(unit=""),
                name="quantity_above_nothing_with_a_unit",
            ),
        ]

    def __str__(self) -> str:
        return str(self.product or self.family)

    @property
    def told(self) -> dict[str, Any]:
        """The line in words that JSON keeps."""
        quantity = None if self.quantity is None else str(self.quantity.normalize())
        what = {"product_id": self.product_id, "family_id": self.family_id}
        return {**what, "quantity": quantity, "unit": self.unit}

    @classmethod
    def of_told(cls, told: dict[str, Any]) -> "RequestLine":
        """The line that such words tell of, which is not kept any more."""
        quantity = told["quantity"]
        return cls(**{**told, "quantity": None if quantity is None else Decimal(quantity)})


class EnquiryQuerySet(models.QuerySet):
    def waiting(self):
        """Those whose answer is awaited."""
        return self.filter(state=EnquiryState.WAITING)

    def of(self, party):
        """Those of one party, on either side."""
        return self.filter(Q(buyer=party) | Q(exporter=party))


class Enquiry(OfTwo, models.Model):
    """A plain question of a buyer to an exhibitor: neither goods nor quantities nor a slot are named."""

    MOVES, STANDS, STATE_FIELD = ENQUIRY_MOVES, ENQUIRY_STANDS, "state"

    edition = models.ForeignKey("fairs.Edition", on_delete=models.PROTECT, related_name="enquiries")
    buyer = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="enquiries_made")
    exporter = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="enquiries")
    state = models.CharField(
        _("state"), max_length=9, choices=EnquiryState.choices, default=EnquiryState.WAITING
    )
    text = models.TextField(_("question"))
    asked_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked by"), on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    answer = models.TextField(_("answer"), blank=True)
    answered_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    is_waiting, is_answered = stands_at(EnquiryState.WAITING), stands_at(EnquiryState.ANSWERED)
    has_lapsed = stands_at(EnquiryState.LAPSED)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        app_label = "matchmaking"
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["buyer", "exporter"],
                condition=Q(state=EnquiryState.WAITING),
                name="one_waiting_enquiry_per_pair",
            ),
            models.CheckConstraint(
                condition=(~Q(state=EnquiryState.ANSWERED) & Q(answered_at=None, answer=""))
                | (Q(state=EnquiryState.ANSWERED, answered_at__isnull=False) & ~Q(answer="")),
                name="answered_enquiry_has_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.buyer.organisation} → {self.exporter.organisation}"


class Wish(models.Model):
    """What a party says of another: we want to meet, or no thanks. The other does not read it."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="wishes")
    other = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="wished_by")
    is_wanted = models.BooleanField(_("wants to meet"))
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(_("said"), default=timezone.now)

    class Meta:
        app_label = "matchmaking"
        verbose_name = _("wish")
        verbose_name_plural = _("wishes")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["party", "other"], name="one_wish_per_pair")]

    def __str__(self) -> str:
        return f"{self.party.organisation} → {self.other.organisation}"


class Recommendation(models.Model):
    """Somebody whom a party should meet, as it was reckoned for all parties of an edition at a time."""

    edition = models.ForeignKey("fairs.Edition", on_delete=models.CASCADE, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="recommendations")
    other = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField(_("rank"))
    score = models.FloatField(_("affinity"))

    class Meta:
        app_label = "matchmaking"
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["party", "rank"]
        constraints = [models.UniqueConstraint(fields=["party", "other"], name="recommended_once")]

    def __str__(self) -> str:
        return f"{self.party.organisation} → {self.other.organisation}"


class Reckoning(models.Model):
    """When the recommendations of an edition were reckoned, and up to which line of the log."""

    edition = models.OneToOneField("fairs.Edition", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(_("reckoned"), null=True, blank=True)
    last_entry = models.PositiveBigIntegerField(_("last line of the log"), default=0)

    class Meta:
        app_label = "matchmaking"
        verbose_name = _("reckoning of recommendations")
        verbose_name_plural = _("reckonings of recommendations")

    def __str__(self) -> str:
        return str(self.edition)
