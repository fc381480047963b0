from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fairs.editions.models import Duty, TakesPart
from fairs.selection.states import Group
from moussem.core.trilingual import Trilingual


class Rubric(models.Model):
    """A version of what applications are judged by; one that reviews used is never changed again."""

    edition = models.ForeignKey("fairs.Edition", on_delete=models.CASCADE, related_name="rubrics")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        app_label = "fairs"
        verbose_name = _("rubric")
        verbose_name_plural = _("rubrics")
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["edition", "version"], name="one_rubric_per_version")]

    def __str__(self) -> str:
        return f"{self.edition} v{self.version}"


class Criterion(Trilingual):
    """One thing that is judged, and its part of a hundred."""

    rubric = models.ForeignKey(Rubric, on_delete=models.CASCADE, related_name="criteria")
    # What a later version of the same criterion is found by.
    code = models.SlugField(_("code"), max_length=40)
    weight = models.PositiveSmallIntegerField(_("weight"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        app_label = "fairs"
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["rubric", "code"], name="one_criterion_per_code"),
            models.CheckConstraint(condition=Q(weight__range=(1, 100)), name="weight_of_1_to_100"),
        ]


class Juror(Duty):
    """Somebody who reviews the applications of an edition."""

    edition = models.ForeignKey("fairs.Edition", on_delete=models.CASCADE, related_name="jurors")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="juries"
    )

    class Meta(Duty.Meta):
        app_label = "fairs"
        verbose_name = _("reviewer")
        verbose_name_plural = _("reviewers")


class Review(models.Model):
    """What one reviewer says of one application: scores by criterion, or why they must not judge it."""

    application = models.ForeignKey("fairs.Application", on_delete=models.PROTECT, related_name="reviews")
    juror = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="reviews")
    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="reviews")
    # By the code of the criterion.
    scores = models.JSONField(_("scores"), default=dict, blank=True)
    note = models.TextField(_("note"), blank=True)
    has_conflict = models.BooleanField(_("conflict of interest"), default=False)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)

    class Meta:
        app_label = "fairs"
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "juror"], name="one_review_per_reviewer")
        ]

    def __str__(self) -> str:
        return f"{self.application} – {self.juror.person}"

    @property
    def is_outdated(self) -> bool:
        """Whether it judges what was sent before; a conflict of interest is one whatever is sent."""
        return not self.has_conflict and self.sent_at < self.application.sent_at


class SelectionPlan(models.Model):
    """How many exhibitors an edition takes."""

    edition = models.OneToOneField("fairs.Edition", on_delete=models.CASCADE, related_name="selection")
    places = models.PositiveIntegerField(_("places"), default=0)

    class Meta:
        app_label = "fairs"
        verbose_name = _("plan of the selection")
        verbose_name_plural = _("plans of selections")

    def __str__(self) -> str:
        return f"{self.edition}: {self.places}"


class GroupQuota(models.Model):
    """How many of the exhibitors belong to a group, at least."""

    plan = models.ForeignKey(SelectionPlan, on_delete=models.CASCADE, related_name="quotas")
    group = models.CharField(_("group"), max_length=10, choices=Group.choices)
    region = models.ForeignKey(
        "regions.Region",
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    least = models.PositiveIntegerField(_("at least"))

    class Meta:
        app_label = "fairs"
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "plan", "group", Coalesce("region", models.Value("")), name="one_quota_per_group"
            ),
            models.CheckConstraint(
                condition=Q(group=Group.REGION, region__isnull=False)
                | ~Q(group=Group.REGION) & Q(region__isnull=True),
                name="region_of_a_region_quota",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_group_display()}: {self.least}"

    @property
    def key(self) -> str:
        """The group as the ranking names it."""
        return f"region:{self.region_id}" if self.group == Group.REGION else self.group


class Exhibitor(TakesPart):
    """An organisation that exhibits at an edition; one that gave its place back stays, with the day."""

    edition = models.ForeignKey("fairs.Edition", on_delete=models.PROTECT, related_name="exhibitors")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="exhibits"
    )
    application = models.OneToOneField(
        "fairs.Application", null=True, blank=True, on_delete=models.PROTECT, related_name="exhibitor"
    )
    category = models.ForeignKey(
        "fairs.Category", null=True, blank=True, on_delete=models.PROTECT, related_name="exhibitors"
    )
    since = models.DateTimeField(_("since"), default=timezone.now)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    class Meta:
        app_label = "fairs"
        verbose_name = _("exhibitor")
        verbose_name_plural = _("exhibitors")
        ordering = ["organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "organisation"], name="one_exhibitor_per_organisation")
        ]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.edition}"


class Appeal(models.Model):
    """What an applicant says against a refusal, and what the organiser answers."""

    application = models.OneToOneField("fairs.Application", on_delete=models.PROTECT, related_name="appeal")
    text = models.TextField(_("appeal"))
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    answer = models.TextField(_("answer"), blank=True)
    granted = models.BooleanField(_("granted"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        app_label = "fairs"
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.application)
