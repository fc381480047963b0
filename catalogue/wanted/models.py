from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.states import BaseUnit
from catalogue.wanted.questions import LONGEST
from catalogue.wanted.states import REQUEST_MOVES, RequestState
from moussem.core.dates import today_here

NAME_LENGTH = 80


class Request(models.Model):
    """What somebody looked for and did not find, kept until quotations can answer it."""

    MOVES = REQUEST_MOVES
    STATE_FIELD = "state"

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        on_delete=models.CASCADE,
        related_name="product_requests",
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="product_requests",
    )
    text = models.CharField(_("what is wanted"), max_length=200)
    # The list that did not hold it, as its address says it.
    query = models.CharField(_("search"), max_length=LONGEST, blank=True)
    quantity = models.DecimalField(
        _("quantity"),
        max_digits=14,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    unit = models.CharField(_("unit"), max_length=5, choices=BaseUnit.choices, blank=True)
    country = models.ForeignKey(
        "regions.Country",
        verbose_name=_("country of destination"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    wished_on = models.DateField(_("wished by"), null=True, blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    state = models.CharField(
        _("state"), max_length=10, choices=RequestState.choices, default=RequestState.OPEN
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)

    class Meta:
        app_label = "catalogue"
        verbose_name = _("request of a buyer")
        verbose_name_plural = _("requests of buyers")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["person", "state"], name="request_person_state")]

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.state == RequestState.OPEN


class SavedSearch(models.Model):
    """A question to the list that somebody asks again, and hears of when something new matches."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("saved by"),
        on_delete=models.CASCADE,
        related_name="saved_searches",
    )
    query = models.CharField(_("search"), max_length=LONGEST)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    # What the words and the prices of the question were read in.
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    currency = models.CharField(_("currency"), max_length=3)
    mail_on = models.BooleanField(_("mail when something new matches"), default=True)
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)
    # When the search was saved, or its mail was put on again.
    since = models.DateTimeField(_("news since"), default=timezone.now)
    # The keys of all that it found so far: what begins to match is new, be it listed, proved or cheaper.
    # Where no engine answered on the day, nothing: then only what was listed later is new.
    known = models.JSONField(_("found so far"), null=True, blank=True, editable=False)
    # The person's day of the last look; none on the day it was saved.
    looked_on = models.DateField(_("last looked at"), default=today_here)

    class Meta:
        app_label = "catalogue"
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "query"], name="one_saved_search_per_question")
        ]
        indexes = [
            models.Index(fields=["looked_on"], name="saved_search_due", condition=models.Q(mail_on=True))
        ]

    def __str__(self) -> str:
        return self.name


class Alerted(models.Model):
    """That a product was told of to whoever saved a search: once for ever."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="alerted")
    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "catalogue"
        constraints = [models.UniqueConstraint(fields=["search", "product"], name="told_once_per_search")]

    def __str__(self) -> str:
        return f"{self.search_id} {self.product_id}"
