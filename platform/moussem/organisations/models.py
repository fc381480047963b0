from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from moussem.core.codes import ListOfCodes
from moussem.core.storage import private_storage
from moussem.organisations.states import (
    BUYING_ROLES,
    SELLERS,
    SELLING_ROLES,
    VERIFICATION_MOVES,
    VERIFICATION_STANDS,
    Kind,
    Role,
    SpokenLanguage,
    Verification,
)


class OrganisationQuerySet(models.QuerySet):
    def sellers(self):
        """Cooperatives and exporters."""
        return self.filter(kind__in=SELLERS)

    def buyers(self):
        """Organisations that buy."""
        return self.filter(kind=Kind.BUYER)


class Organisation(models.Model):
    """A cooperative, exporter, buyer, agency, chamber or bank, its members and what was checked of it."""

    MOVES, STANDS = VERIFICATION_MOVES, VERIFICATION_STANDS
    STATE_FIELD = "verification"

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    # The identifier of an imported file ("c01"), so that an import can run twice.
    code = models.CharField(_("code"), max_length=40, unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=160)
    name_ar = models.CharField(_("name in Arabic"), max_length=160, blank=True)
    slug = models.SlugField(_("address on the site"), max_length=120, unique=True)
    country = models.ForeignKey(
        "regions.Country", verbose_name=_("country"), on_delete=models.PROTECT, related_name="+"
    )
    region = models.ForeignKey(
        "regions.Region",
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organisations",
    )
    province = models.ForeignKey(
        "regions.Province",
        verbose_name=_("province"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organisations",
    )
    city = models.CharField(_("city"), max_length=80, blank=True)
    address = models.TextField(_("postal address"), blank=True)
    registration_number = models.CharField(_("registration number"), max_length=60, blank=True)
    tax_number = models.CharField(_("tax number"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    languages = ListOfCodes(_("languages spoken"), default=list, blank=True, codes=SpokenLanguage.choices)
    time_zone = models.CharField(_("time zone"), max_length=64, default="Africa/Casablanca")
    sector = models.CharField(_("sector"), max_length=120, blank=True)
    founded = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)
    member_count = models.PositiveIntegerField(_("members"), null=True, blank=True)
    women_led = models.BooleanField(_("led by women"), default=False)
    remote_area = models.BooleanField(_("in a remote area"), default=False)
    story_en = models.TextField(_("story in English"), blank=True)
    story_fr = models.TextField(_("story in French"), blank=True)
    story_ar = models.TextField(_("story in Arabic"), blank=True)
    # The account that buyers' wires go to; shown on pro-forma invoices only.
    bank_name = models.CharField(_("bank"), max_length=120, blank=True)
    iban = models.CharField("IBAN", max_length=34, blank=True)
    bic = models.CharField("BIC", max_length=11, blank=True)
    bank_changed_at = models.DateTimeField(_("bank details changed"), null=True, blank=True)
    is_demonstration = models.BooleanField(_("demonstration data"), default=False)
    verification = models.CharField(
        _("verification"), max_length=10, choices=Verification.choices, default=Verification.DECLARED
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("checked by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    # Until an officer has looked.
    check_asked_at = models.DateTimeField(_("check asked for"), null=True, blank=True, db_index=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name as a reader of the active language knows it."""
        return self.name_ar if (get_language() or "").startswith("ar") and self.name_ar else self.name

    @property
    def story(self) -> str:
        """The story in the active language, or in the first language that has one."""
        language = (get_language() or "en")[:2]
        first = getattr(self, f"story_{language}", "")
        return first or self.story_en or self.story_fr or self.story_ar

    @property
    def spoken(self) -> str:
        """The languages it answers in, named in the active language."""
        names = dict(SpokenLanguage.choices)
        between = pgettext("between items of a list", ", ")
        return between.join(str(names[code]) for code in self.languages if code in names)

    @property
    def is_seller(self) -> bool:
        """Whether it lists products."""
        return self.kind in SELLERS

    @property
    def has_owner(self) -> bool:
        """Whether somebody owns it here: one that was imported may wait for its owner."""
        return self.memberships.active().filter(role=Role.OWNER).exists()


class MembershipQuerySet(models.QuerySet):
    def active(self, now=None):
        """Memberships in force; a delegate's only while the consent stands, at this moment or ``now``."""
        consented = Exists(ProxyConsent.objects.standing(now).filter(membership=OuterRef("pk")))
        return self.filter(is_active=True).filter(~Q(role=Role.DELEGATE) | consented)

    def selling(self, now=None):
        """Memberships that may answer orders, at this moment or ``now``."""
        return self.active(now).filter(role__in=SELLING_ROLES, organisation__kind__in=SELLERS)

    def buying(self):
        """Memberships that may order; nobody orders by proxy, so there is no consent to look at."""
        return self.filter(is_active=True, role__in=BUYING_ROLES, organisation__kind=Kind.BUYER)


class Membership(models.Model):
    """A person's place in an organisation."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    is_active = models.BooleanField(_("in force"), default=True)
    since = models.DateTimeField(_("since"), default=timezone.now)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="one_membership_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation} ({self.get_role_display()})"


class ApprovalLimit(models.Model):
    """Up to which amount a purchaser orders alone, by currency. No row: no order without approval."""

    membership = models.ForeignKey(
        Membership, verbose_name=_("membership"), on_delete=models.CASCADE, related_name="limits"
    )
    currency = models.CharField(_("currency"), max_length=3)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("approval limit")
        verbose_name_plural = _("approval limits")
        constraints = [
            models.UniqueConstraint(fields=["membership", "currency"], name="one_limit_per_currency"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="limit_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.amount} {self.currency}"


class ProxyConsentQuerySet(models.QuerySet):
    def standing(self, now=None):
        """Consents neither revoked nor expired, at this moment or ``now``."""
        now = timezone.now() if now is None else now
        return self.filter(revoked_at=None).filter(
            Q(valid_until=None) | Q(valid_until__gt=now), given_at__lte=now
        )


class ProxyConsent(models.Model):
    """The consent of a cooperative that a delegate acts for it: readable and revocable by the cooperative."""

    class Channel(models.TextChoices):
        SIGNED = "signed", _("signed paper")
        VOICE = "voice", _("recorded voice")
        MEETING = "meeting", _("minutes of a meeting")

    membership = models.ForeignKey(
        Membership, verbose_name=_("membership"), on_delete=models.CASCADE, related_name="consents"
    )
    given_by = models.CharField(_("given by"), max_length=120)
    channel = models.CharField(_("how it was given"), max_length=10, choices=Channel.choices)
    text = models.TextField(_("what was consented to"))
    evidence = models.FileField(
        _("evidence"), upload_to="consents/%Y/", storage=private_storage, blank=True, max_length=200
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("recorded by"), on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(_("given"), default=timezone.now)
    valid_until = models.DateTimeField(_("valid until"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("revoked by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = ProxyConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent to act by proxy")
        verbose_name_plural = _("consents to act by proxy")

    def __str__(self) -> str:
        return f"{self.membership} – {self.given_by}"

    @property
    def is_standing(self) -> bool:
        """Whether it is in force now."""
        return self.revoked_at is None and (self.valid_until is None or self.valid_until > timezone.now())

    @property
    def last_day(self) -> date | None:
        """The last day on the site's clock: the same one for every reader."""
        zone = timezone.get_default_timezone()
        return self.valid_until and timezone.localdate(self.valid_until, zone)

    @property
    def ended_on(self) -> date | None:
        """The day of its end on the site's clock, once it is over."""
        if self.is_standing:
            return None
        zone = timezone.get_default_timezone()
        return timezone.localdate(self.revoked_at, zone) if self.revoked_at else self.last_day


class InvitationQuerySet(models.QuerySet):
    def pending(self):
        """Invitations that can still be accepted."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())


class Invitation(models.Model):
    """A role offered to whoever reads the mail of an address, for some days."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("sent"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.email} – {self.organisation}"

    @property
    def is_pending(self) -> bool:
        """Whether it can still be accepted."""
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > timezone.now()


class RegistrationDraft(models.Model):
    """What a person has typed so far to register an organisation; kept on every device until it is sent."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="registration_draft"
    )
    typed = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("draft of a registration")
        verbose_name_plural = _("drafts of registrations")

    def __str__(self) -> str:
        return str(self.user)
