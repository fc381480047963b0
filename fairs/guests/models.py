from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalogue.measures import standard_label
from catalogue.states import BaseUnit
from fairs.guests.limits import Bound, bounds_of
from fairs.guests.states import GUEST_MOVES, GUEST_STANDS, TAKING_GUESTS, GuestState, Tier
from moussem.core.moves import stands_at
from moussem.core.shown import digest
from moussem.core.storage import private_storage
from moussem.organisations.models import Membership


class GuestQuerySet(models.QuerySet):
    def admitted(self):
        """Those who may come."""
        return self.filter(state=GuestState.ADMITTED)

    def buyers(self):
        """Those who may come as buyers, hosted or not."""
        return self.admitted().filter(tier__in=(Tier.BUYER, Tier.HOSTED))

    def buying_no_more(self):
        """Buyers of editions to come who may order for their buyer no more."""
        held = Membership.objects.buying().filter(
            user=OuterRef("person"), organisation=OuterRef("organisation")
        )
        return self.buyers().filter(~Exists(held), edition__state__in=TAKING_GUESTS)


class Guest(models.Model):
    """A person's registration to an edition, as a visitor or as a buyer with needs."""

    MOVES, STANDS, STATE_FIELD = GUEST_MOVES, GUEST_STANDS, "state"
    is_waiting, is_admitted = stands_at(GuestState.WAITING), stands_at(GuestState.ADMITTED)
    is_refused, is_cancelled = stands_at(GuestState.REFUSED), stands_at(GuestState.CANCELLED)

    edition = models.ForeignKey("fairs.Edition", on_delete=models.PROTECT, related_name="guests")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="visits"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("buys for"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="visits",
    )
    tier = models.CharField(_("comes as"), max_length=8, choices=Tier.choices, default=Tier.VISITOR)
    state = models.CharField(
        _("state"), max_length=10, choices=GuestState.choices, default=GuestState.WAITING, db_index=True
    )
    languages = models.JSONField(_("languages"), default=list, blank=True)
    incoterm = models.CharField(_("preferred Incoterm"), max_length=3, blank=True)
    evidence = models.FileField(
        _("evidence"), upload_to="guests/%Y/", storage=private_storage, blank=True, max_length=200
    )
    about = models.TextField(_("about the buyer"), blank=True)
    registered_at = models.DateTimeField(_("registered"), default=timezone.now)
    # Since when it waits for an answer: more evidence starts the wait anew.
    asked_at = models.DateTimeField(_("check asked for"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = GuestQuerySet.as_manager()

    class Meta:
        app_label = "fairs"
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "person"], name="one_registration_per_person"),
            models.CheckConstraint(
                condition=Q(tier=Tier.VISITOR) | Q(organisation__isnull=False),
                name="buyer_buys_for_an_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.edition}"

    @property
    def is_visitor(self) -> bool:
        """Whether they buy for nobody."""
        return self.tier == Tier.VISITOR

    @property
    def is_unhosted_buyer(self) -> bool:
        """Whether they buy, without a hosted place."""
        return self.tier == Tier.BUYER

    @property
    def is_hosted_buyer(self) -> bool:
        """Whether they come on a hosted place."""
        return self.tier == Tier.HOSTED

    @property
    def comes_as(self) -> str:
        """As what somebody comes, in words: nobody is a verified buyer before somebody has looked."""
        if self.tier == Tier.BUYER and self.state != GuestState.ADMITTED:
            return gettext("buyer, not checked yet")
        return self.get_tier_display()

    @property
    def digest(self) -> str:
        """What somebody asks for and how it stands: what an organiser saw and what is decided are the same.

        The state comes first, so that who is too late is told what has happened.
        """
        known = self.organisation and f"{self.organisation_id} {self.organisation.verification}"
        told = (
            self.tier,
            known,
            self.asked_at.isoformat(),
            self.evidence.name or "",
            self.about,
            self.reason,
        )
        told = (*told, self.languages, self.incoterm, *(one.told for one in self.needs.all()))
        return f"{self.state}.{digest(told)}"


class Need(models.Model):
    """Something that a buyer comes for."""

    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="needs")
    family = models.ForeignKey(
        "catalogue.ProductClass", verbose_name=_("product"), on_delete=models.PROTECT, related_name="+"
    )
    volume = models.DecimalField(_("volume a year"), max_digits=14, decimal_places=3, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=5, choices=BaseUnit.choices, blank=True)
    certificates = models.ManyToManyField(
        "catalogue.CertificateType", verbose_name=_("certificates"), blank=True, related_name="+"
    )
    # By the codes of the family's lab fields: crocin>=200.
    limits = models.JSONField(_("laboratory limits"), default=list, blank=True)
    # The least category of a standard, as ISO3632:I.
    category = models.CharField(_("least category"), max_length=81, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        app_label = "fairs"
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["guest", "family"], name="one_need_per_family"),
            models.CheckConstraint(condition=Q(volume=None) | Q(volume__gt=0), name="volume_above_nothing"),
        ]

    def __str__(self) -> str:
        return str(self.family)

    @cached_property
    def bounds(self) -> list[Bound]:
        """What it asks of laboratories, each with its value."""
        return bounds_of(self.limits, self.family.lab_fields.all()) if self.limits else []

    @property
    def least_category(self) -> tuple[str, str]:
        """The standard as people write it, and its category."""
        standard, _colon, category = self.category.rpartition(":")
        return standard_label(standard), category

    @property
    def told(self) -> tuple:
        """What is said of it, to be compared."""
        certificates = sorted(one.pk for one in self.certificates.all())
        volume = None if self.volume is None else self.volume.normalize()
        asked = (self.note, self.limits, self.category)
        return (self.family_id, volume, str(self.unit), certificates, *asked)


class HostingPlan(models.Model):
    """How many buyers an edition invites, and what each commits to."""

    edition = models.OneToOneField("fairs.Edition", on_delete=models.CASCADE, related_name="hosting")
    places = models.PositiveIntegerField(_("places for hosted buyers"), default=0)
    meetings = models.PositiveSmallIntegerField(_("meetings that each commits to"), default=8)
    # Only ever pointed out: who is hosted is the organiser's decision.
    most_missed = models.PositiveSmallIntegerField(_("hosted visits missed at most"), null=True, blank=True)

    class Meta:
        app_label = "fairs"
        verbose_name = _("plan of hosted buyers")
        verbose_name_plural = _("plans of hosted buyers")

    def __str__(self) -> str:
        return f"{self.edition}: {self.places}"


class HostingOffer(models.Model):
    """What an organiser offers to a buyer, and what the buyer commits to by taking it."""

    guest = models.OneToOneField(Guest, on_delete=models.CASCADE, related_name="hosting")
    meetings = models.PositiveSmallIntegerField(_("meetings committed to"))
    support = models.CharField(_("support of the journey"), max_length=300)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField(_("offered"), default=timezone.now)
    accepted = models.BooleanField(_("accepted"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        app_label = "fairs"
        verbose_name = _("offer to a hosted buyer")
        verbose_name_plural = _("offers to hosted buyers")

    def __str__(self) -> str:
        return str(self.guest)
