from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moussem.core.dates import today_here

# Few enough that officers know them all, short enough that none is forgotten.
MOST_AT_ONCE = 20
LONGEST = timedelta(days=92)


class HighlightQuerySet(models.QuerySet):
    def in_force(self, day=None):
        """The rules of a day (today in Morocco)."""
        day = day or today_here()
        return self.filter(first_day__lte=day, last_day__gte=day)


class Highlight(models.Model):
    """A rule of merchandising: between two days a product stands first where its concept is asked for.

    It moves a product that is found anyway, to one place, and everybody sees that it was put there.
    """

    product = models.ForeignKey(
        "catalogue.Product", verbose_name=_("product"), on_delete=models.CASCADE, related_name="highlights"
    )
    concept = models.SlugField(
        _("concept"), max_length=60, help_text=_("The code of the concept, such as saffron.")
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    reason = models.CharField(_("reason"), max_length=200, help_text=_("Other officers read it."))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = HighlightQuerySet.as_manager()

    class Meta:
        verbose_name = _("highlight")
        verbose_name_plural = _("highlights")
        ordering = ["last_day", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="highlight_has_days")
        ]

    def __str__(self) -> str:
        return f"{self.concept}: {self.product}"

    def clean(self) -> None:
        """Few, and for a season at most."""
        if not (self.first_day and self.last_day):
            return
        if self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day comes before the first one.")})
        if self.last_day - self.first_day > LONGEST:
            raise ValidationError({"last_day": _("A highlight lasts at most 92 days.")})
        others = Highlight.objects.exclude(pk=self.pk).filter(
            first_day__lte=self.last_day, last_day__gte=self.first_day
        )
        if others.count() >= MOST_AT_ONCE:
            raise ValidationError(
                _("%(count)s highlights share these days already. Take one away first.")
                % {"count": MOST_AT_ONCE}
            )
        if others.filter(concept=self.concept).exists():
            raise ValidationError({"concept": _("Another product stands first for it on these days.")})
