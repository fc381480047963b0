from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fairs.applications.deadlines import closes_at
from fairs.floor.geometry import Place
from moussem.core.storage import private_storage
from moussem.core.text import pick
from moussem.core.trilingual import Trilingual


class Hall(Trilingual):
    """A hall of an edition with its plan: drawn from a table, or taken from an uploaded drawing."""

    edition = models.ForeignKey("fairs.Edition", on_delete=models.CASCADE, related_name="halls")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    # In plan units, as fairs.floor.geometry has them.
    width = models.PositiveIntegerField(_("width of the plan"))
    height = models.PositiveIntegerField(_("height of the plan"))
    # Only ever what fairs.floor.svg made of an upload: pages show it as it stands.
    drawing = models.TextField(_("drawing"), blank=True, editable=False)
    # Of a plan from a table: the wall of each door, and how far along it. A drawing shows its own.
    entrances = models.JSONField(_("doors of the plan"), default=list, blank=True, editable=False)

    class Meta:
        app_label = "fairs"
        verbose_name = _("hall")
        verbose_name_plural = _("halls")
        ordering = ["position", "pk"]


class BoothQuerySet(models.QuerySet):
    def standing(self):
        """Those that are on the plan today; one that a new plan left out stays for its history."""
        return self.filter(is_on_plan=True)

    def free(self):
        """Those on the plan where nobody stands."""
        taken = Allotment.objects.current().filter(booth=models.OuterRef("pk"))
        return self.standing().filter(~models.Exists(taken))


class Booth(models.Model):
    """A place in a hall, by the number that hangs above it."""

    edition = models.ForeignKey("fairs.Edition", on_delete=models.CASCADE, related_name="booths")
    hall = models.ForeignKey(Hall, verbose_name=_("hall"), on_delete=models.CASCADE, related_name="booths")
    number = models.CharField(_("number"), max_length=10)
    area = models.DecimalField(_("size in m²"), max_digits=8, decimal_places=2)
    # Somebody gave it, and no plan takes it away; a drawing has no metres to tell that from.
    is_measured = models.BooleanField(_("size was given"), default=False)
    x = models.PositiveIntegerField(_("from the left"))
    y = models.PositiveIntegerField(_("from the top"))
    width = models.PositiveIntegerField(_("width on the plan"))
    height = models.PositiveIntegerField(_("height on the plan"))
    category = models.ForeignKey(
        "fairs.Category",
        verbose_name=_("meant for"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="booths",
    )
    is_on_plan = models.BooleanField(_("on the plan"), default=True)

    objects = BoothQuerySet.as_manager()

    class Meta:
        app_label = "fairs"
        verbose_name = _("booth")
        verbose_name_plural = _("booths")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="one_booth_per_number"),
            models.CheckConstraint(condition=Q(width__gt=0, height__gt=0), name="booth_covers_ground"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def place(self) -> Place:
        """The booth as the arithmetic takes it."""
        return Place(self.number, self.x, self.y, self.width, self.height)


class AllottingRun(models.Model):
    """One run that allotted booths by itself, so that it can be explained and undone."""

    edition = models.ForeignKey("fairs.Edition", on_delete=models.CASCADE, related_name="allotting_runs")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    # Pairs of exhibitors that could not stay together, and exhibitors without a booth, by their keys.
    parted = models.JSONField(_("neighbours parted"), default=list, blank=True)
    left_over = models.JSONField(_("without a booth"), default=list, blank=True)

    class Meta:
        app_label = "fairs"
        verbose_name = _("automatic run")
        verbose_name_plural = _("automatic runs")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.edition} {self.at:%Y-%m-%d %H:%M}"


class AllotmentQuerySet(models.QuerySet):
    def current(self):
        """Those that hold today."""
        return self.filter(until=None)


class Allotment(models.Model):
    """Who stands in a booth, from when, until when: one booth holds one exhibitor at a time."""

    booth = models.ForeignKey(Booth, on_delete=models.PROTECT, related_name="allotments")
    exhibitor = models.ForeignKey("fairs.Exhibitor", on_delete=models.PROTECT, related_name="allotments")
    since = models.DateTimeField(_("since"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    run = models.ForeignKey(
        AllottingRun, null=True, blank=True, on_delete=models.PROTECT, related_name="allotments"
    )
    reasons = models.JSONField(_("reasons"), default=list, blank=True)

    objects = AllotmentQuerySet.as_manager()

    class Meta:
        app_label = "fairs"
        verbose_name = _("allotment")
        verbose_name_plural = _("allotments")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["booth"], condition=Q(until=None), name="one_exhibitor_in_a_booth"
            ),
            models.UniqueConstraint(
                fields=["exhibitor"], condition=Q(until=None), name="one_booth_for_an_exhibitor"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="allotment_ends_after_beginning"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booth} – {self.exhibitor}"


class BoothPage(models.Model):
    """What an exhibitor shows on the page of its booth, wherever in the hall it stands."""

    exhibitor = models.OneToOneField("fairs.Exhibitor", on_delete=models.CASCADE, related_name="booth_page")
    about_en = models.TextField(_("about it, in English"), blank=True)
    about_fr = models.TextField(_("about it, in French"), blank=True)
    about_ar = models.TextField(_("about it, in Arabic"), blank=True)
    products = models.ManyToManyField(
        "catalogue.Product", verbose_name=_("products"), blank=True, related_name="+"
    )

    class Meta:
        app_label = "fairs"
        verbose_name = _("page of a booth")
        verbose_name_plural = _("pages of booths")

    def __str__(self) -> str:
        return str(self.exhibitor)

    @property
    def about(self) -> str:
        """What it says, in the active language or the nearest one."""
        return pick(en=self.about_en, fr=self.about_fr, ar=self.about_ar)


class BoothStaff(models.Model):
    """Somebody who receives visitors at a booth."""

    exhibitor = models.ForeignKey("fairs.Exhibitor", on_delete=models.CASCADE, related_name="staff")
    name = models.CharField(_("name"), max_length=80)
    # Who it is on this site, once they have said so at the live stand.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    languages = models.JSONField(_("languages"), default=list, blank=True)
    # When it was last said that this person is at the booth; none when they said that they are away.
    there_since = models.DateTimeField(_("at the booth since"), null=True, blank=True)

    class Meta:
        app_label = "fairs"
        verbose_name = _("person at a booth")
        verbose_name_plural = _("people at booths")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["exhibitor", "person"], name="once_at_a_booth"),
        ]

    def __str__(self) -> str:
        return self.name


class FairOffer(models.Model):
    """What an exhibitor offers at the fair only, until the end of its last day."""

    exhibitor = models.ForeignKey("fairs.Exhibitor", on_delete=models.CASCADE, related_name="fair_offers")
    text_en = models.CharField(_("offer in English"), max_length=300, blank=True)
    text_fr = models.CharField(_("offer in French"), max_length=300, blank=True)
    text_ar = models.CharField(_("offer in Arabic"), max_length=300, blank=True)
    price_note = models.CharField(_("price note"), max_length=80, blank=True)
    last_day = models.DateField(_("last day"))

    class Meta:
        app_label = "fairs"
        verbose_name = _("offer of a fair")
        verbose_name_plural = _("offers of fairs")
        ordering = ["last_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text_en="") | ~Q(text_fr="") | ~Q(text_ar=""), name="fair_offer_says_something"
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The offer in the active language or the nearest one."""
        return pick(en=self.text_en, fr=self.text_fr, ar=self.text_ar)

    @property
    def ends_at(self) -> datetime:
        """The first moment at which it holds no more, by the clocks of the edition."""
        return closes_at(self.last_day, self.exhibitor.edition.time_zone)


class BoothDocument(models.Model):
    """A paper to take along from a booth: a price list, a leaflet."""

    exhibitor = models.ForeignKey("fairs.Exhibitor", on_delete=models.CASCADE, related_name="documents")
    name = models.CharField(_("name"), max_length=120)
    file = models.FileField(_("file"), upload_to="booths/%Y/", storage=private_storage)
    size = models.PositiveIntegerField(_("size in bytes"))
    added_at = models.DateTimeField(_("added"), default=timezone.now)

    class Meta:
        app_label = "fairs"
        verbose_name = _("document of a booth")
        verbose_name_plural = _("documents of booths")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
