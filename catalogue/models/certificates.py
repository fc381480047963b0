from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.states import PROOF_MOVES, PROOF_STANDS, CertificateKind, Proof
from moussem.core.dates import today_here
from moussem.core.storage import private_storage
from moussem.core.text import pick


class CertificateType(models.Model):
    """A scheme, report or approval that buyers ask for (reference/certifications.csv)."""

    code = models.CharField(_("code"), primary_key=True, max_length=20)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_fr = models.CharField(_("name in French"), max_length=200, blank=True)
    name_ar = models.CharField(_("name in Arabic"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=60, choices=CertificateKind.choices)
    issuer = models.TextField(_("issuer"), blank=True)
    scope = models.TextField(_("scope"), blank=True)
    typical_validity = models.TextField(_("usual validity"), blank=True)
    evidence_needed = models.TextField(_("evidence needed"), blank=True)
    asked_by = models.TextField(_("asked by"), blank=True)
    notes = models.TextField(_("notes"), blank=True)
    source = models.TextField(_("source"), blank=True)
    confidence = models.CharField(_("confidence"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("type of certificate")
        verbose_name_plural = _("types of certificate")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the active language."""
        return pick(en=self.name_en, fr=self.name_fr, ar=self.name_ar)


class CertificateQuerySet(models.QuerySet):
    def valid(self, on=None):
        """Certificates in force on a day (today in Morocco); an expired one is gone the same day."""
        day = on or today_here()
        return self.filter(withdrawn_at=None, valid_from__lte=day).filter(
            Q(valid_until=None) | Q(valid_until__gte=day)
        )


class Certificate(models.Model):
    """A certificate of an organisation, for some of what it sells or for all of it, between two dates."""

    MOVES, STANDS = PROOF_MOVES, PROOF_STANDS
    STATE_FIELD = "proof"

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="certificates",
    )
    type = models.ForeignKey(
        CertificateType, verbose_name=_("type"), on_delete=models.PROTECT, related_name="certificates"
    )
    number = models.CharField(_("number"), max_length=80)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    products = models.ManyToManyField(
        "catalogue.Product", verbose_name=_("products"), blank=True, related_name="certificates"
    )
    lots = models.ManyToManyField(
        "catalogue.Lot", verbose_name=_("lots"), blank=True, related_name="certificates"
    )
    # Said by the seller and checked by officers: a certificate that names nothing covers nothing.
    covers_all = models.BooleanField(_("covers everything the organisation sells"), default=False)
    # What the seller wants a checked certificate to cover too: no claim until an officer has looked again.
    asked_products = models.ManyToManyField(
        "catalogue.Product",
        verbose_name=_("products asked for"),
        blank=True,
        related_name="certificates_asked",
    )
    asked_lots = models.ManyToManyField(
        "catalogue.Lot", verbose_name=_("lots asked for"), blank=True, related_name="certificates_asked"
    )
    asks_all = models.BooleanField(_("everything asked for"), default=False)
    evidence = models.FileField(
        _("evidence"), upload_to="certificates/%Y/", storage=private_storage, blank=True
    )
    proof = models.CharField(_("proof"), max_length=10, choices=Proof.choices, default=Proof.DECLARED)
    checked_by = models.ForeignKey(
        "people.User",
        verbose_name=_("checked by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["type", "-valid_until"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "type", "number"], name="one_certificate_per_number"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                name="certificate_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type_id} {self.number}"


class NewTitle(models.Model):
    """A title that a product was given under a checked certificate: it waits for an officer's look."""

    certificate = models.ForeignKey(
        Certificate, verbose_name=_("certificate"), on_delete=models.CASCADE, related_name="new_titles"
    )
    product = models.ForeignKey(
        "catalogue.Product", verbose_name=_("product"), on_delete=models.CASCADE, related_name="+"
    )
    language = models.CharField(_("language"), max_length=5)
    # As it was when an officer last looked; empty where there was none in this language.
    before = models.CharField(_("title that was checked"), max_length=200, blank=True)
    after = models.CharField(_("title now"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("title changed under a certificate")
        verbose_name_plural = _("titles changed under certificates")
        ordering = ["product", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "product", "language"], name="one_new_title_per_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.before} / {self.after}"


class ProtectedName(models.Model):
    """A sign of origin or quality under law 25-06 (reference/gi_products.csv)."""

    # As it is registered, in French.
    name = models.CharField(_("name"), max_length=160)
    name_ar = models.CharField(_("name in Arabic"), max_length=160, blank=True)
    sign = models.CharField(_("sign"), max_length=20)
    hs6 = models.CharField(_("HS code"), max_length=6, blank=True)
    product_en = models.CharField(_("product"), max_length=120, blank=True)
    category = models.CharField(_("category"), max_length=60, blank=True)
    provinces = models.ManyToManyField(
        "regions.Province", verbose_name=_("provinces"), blank=True, related_name="protected_names"
    )
    note = models.TextField(_("note"), blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("protected name")
        verbose_name_plural = _("protected names")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["name", "sign"], name="one_protected_name")]

    def __str__(self) -> str:
        return f"{self.label} ({self.sign})"

    @property
    def label(self) -> str:
        """The name as readers of the active language know it."""
        return pick(en=self.name, fr=self.name, ar=self.name_ar)
