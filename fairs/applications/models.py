from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fairs.applications.deadlines import Term
from fairs.applications.states import (
    APPLICATION_MOVES,
    APPLICATION_STANDS,
    CHANGED_AGAIN,
    WITHDRAWN_FROM,
    ApplicationState,
    QuestionKind,
)
from fairs.editions.models import TakesPart
from moussem.core.moves import stands_at
from moussem.core.trilingual import Trilingual


class Category(Trilingual):
    """A sector of an edition: whoever applies chooses one."""

    edition = models.ForeignKey("fairs.Edition", on_delete=models.CASCADE, related_name="categories")
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        app_label = "fairs"
        verbose_name = _("category of exhibitors")
        verbose_name_plural = _("categories of exhibitors")
        ordering = ["position", "pk"]


class Question(Trilingual):
    """Something that an application asks of everybody, or of one category alone."""

    edition = models.ForeignKey("fairs.Edition", on_delete=models.CASCADE, related_name="questions")
    category = models.ForeignKey(
        Category,
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="questions",
    )
    kind = models.CharField(
        _("answered by"), max_length=8, choices=QuestionKind.choices, default=QuestionKind.LINE
    )
    is_required = models.BooleanField(_("must be answered"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        app_label = "fairs"
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position", "pk"]

    @property
    def key(self) -> str:
        """The name of its answer in an application."""
        return str(self.pk)


class Deadline(models.Model):
    """The last day of applications for everybody, or for a cohort."""

    edition = models.ForeignKey("fairs.Edition", on_delete=models.CASCADE, related_name="deadlines")
    region = models.ForeignKey(
        "regions.Region",
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    province = models.ForeignKey(
        "regions.Province",
        verbose_name=_("province"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    category = models.ForeignKey(
        Category,
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    last_day = models.DateField(_("last day"))
    # The moment that was announced, where the edition has gone by other clocks since.
    promised_until = models.DateTimeField(_("promised until"), null=True, blank=True, editable=False)
    # Why it is what it is: the log keeps what it was before.
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        app_label = "fairs"
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ["last_day", "pk"]
        constraints = [
            models.UniqueConstraint(
                "edition",
                Coalesce("region", models.Value("")),
                Coalesce("province", models.Value("")),
                Coalesce("category", models.Value(0)),
                name="one_deadline_per_cohort",
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.last_day:%Y-%m-%d}"

    @property
    def term(self) -> Term:
        """The deadline as the arithmetic takes it."""
        return Term(self.last_day, self.region_id, self.province_id, self.category_id)


class ApplicationQuerySet(models.QuerySet):
    def drafts(self):
        """Those that were not sent."""
        return self.filter(state=ApplicationState.DRAFT)

    def received(self):
        """Those that the organiser may read: a draft is the applicant's alone."""
        return self.exclude(state=ApplicationState.DRAFT)


class Application(TakesPart):
    """What an organisation sends to exhibit at an edition; one each."""

    MOVES, STANDS, STATE_FIELD = APPLICATION_MOVES, APPLICATION_STANDS, "state"
    is_draft, is_sent = stands_at(ApplicationState.DRAFT), stands_at(ApplicationState.SENT)
    is_accepted, is_waiting = stands_at(ApplicationState.ACCEPTED), stands_at(ApplicationState.WAITING)
    is_refused, is_withdrawn = stands_at(ApplicationState.REFUSED), stands_at(ApplicationState.WITHDRAWN)
    may_be_changed_again, may_be_withdrawn = stands_at(*CHANGED_AGAIN), stands_at(*WITHDRAWN_FROM)

    edition = models.ForeignKey(
        "fairs.Edition",
        verbose_name=pgettext_lazy("of a fair", "edition"),
        on_delete=models.PROTECT,
        related_name="applications",
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("applicant"),
        on_delete=models.PROTECT,
        related_name="fair_applications",
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=ApplicationState.choices,
        default=ApplicationState.DRAFT,
        db_index=True,
    )
    category = models.ForeignKey(
        Category,
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="applications",
    )
    # By the key of its question: a question that is deleted takes no answer with it.
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    languages = models.JSONField(_("languages at the booth"), default=list, blank=True)
    products = models.ManyToManyField(
        "catalogue.Product", verbose_name=_("products"), blank=True, related_name="+"
    )
    # What the marketplace knew of the applicant when it was sent: a decision is explained by it later.
    stated = models.JSONField(_("as it was sent"), default=dict, blank=True, editable=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("started by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        app_label = "fairs"
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "organisation"], name="one_application_per_edition"),
            models.CheckConstraint(
                condition=models.Q(state=ApplicationState.DRAFT) | models.Q(sent_at__isnull=False),
                name="application_sent_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.edition}"
