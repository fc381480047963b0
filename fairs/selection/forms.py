"""What organisers, reviewers and applicants type about a selection."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fairs.editions.forms import DIRECTIONS, languages_in_order
from fairs.selection.models import Criterion, Rubric, SelectionPlan
from fairs.selection.scoring import score_of
from fairs.selection.states import SCORES, Group
from moussem.core.forms import AsShown, LineField, TextField
from moussem.core.number_fields import WholeNumberField
from moussem.regions.queries import all_regions

MOST_PLACES = 5000
# Rows for criteria to come; and more than any page shows, how far one that was sent is looked through.
EMPTY_ROWS, MOST_ROWS = 2, 60
NOTE_LENGTH = 2000
# The wording of the readiness grid's scale; the page puts the number above it.
SCALE = {
    0: _("no, not started"),
    1: _("started, partly"),
    2: _("in place, no proof yet"),
    3: _("in place, with proof"),
}


class PlanForm(AsShown, forms.Form):
    """Places and quotas; a quota left empty asks nothing."""

    places = WholeNumberField(
        label=_("How many exhibitors"),
        min_value=1,
        max_value=MOST_PLACES,
        error_messages={"required": _("Say how many exhibitors this edition takes.")},
    )

    def __init__(self, *args: Any, plan: SelectionPlan, **kwargs: Any) -> None:
        known = {one.key: one.least for one in plan.quotas.all()} if plan.pk else {}
        super().__init__(*args, **kwargs)
        self.fields["places"].initial = plan.places or None
        self.regions = {f"region:{region.pk}": region for region in all_regions()}
        labels = {group.value: group.label for group in Group if group != Group.REGION}
        labels |= {key: region.label for key, region in self.regions.items()}
        for key, label in labels.items():
            self.fields[key] = WholeNumberField(
                label=str(label)[:1].upper() + str(label)[1:],
                min_value=0,
                max_value=MOST_PLACES,
                required=False,
                initial=known.get(key),
            )
        self.carry_what_is_shown()

    @property
    def groups(self) -> list[Any]:
        """The fields of the quotas that are not of a region."""
        return [self[group.value] for group in Group if group != Group.REGION]

    @property
    def by_region(self) -> list[Any]:
        """The fields of the quotas of regions."""
        return [self[key] for key in self.regions]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        places = told.get("places")
        # A refused field leaves the answers while they are read: read a copy.
        for name, least in list(told.items()):
            if places and least and name != "places" and least > places:
                self.add_error(name, _("A quota cannot be larger than the number of exhibitors."))
        return told

    def quotas(self) -> list[dict[str, Any]]:
        """The quotas as the action takes them."""
        told = self.cleaned_data
        found = []
        for name, least in told.items():
            if name == "places" or not least:
                continue
            region = self.regions.get(name)
            group = Group.REGION if region else Group(name)
            found.append({"group": group, "region": region, "least": least})
        return found


class RubricForm(AsShown, forms.Form):
    """The criteria of a rubric: a row of three names and a weight each; a row without names is dropped."""

    def __init__(self, *args: Any, rubric: Rubric | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria: list[Criterion | None] = [*(rubric.criteria.all() if rubric else ())]
        self.criteria += [None] * EMPTY_ROWS
        # A colleague may have taken rows away since: what was typed in them is not dropped.
        sent = [row + 1 for row in range(MOST_ROWS) if f"weight-{row}" in self.data]
        self.criteria += [None] * (max(sent, default=0) - len(self.criteria))
        names = {"en": _("In English"), "fr": _("In French"), "ar": _("In Arabic")}
        for number, one in enumerate(self.criteria):
            for code, label in names.items():
                self.fields[f"name_{code}-{number}"] = LineField(
                    label=label,
                    max_length=120,
                    required=False,
                    initial=getattr(one, f"name_{code}", ""),
                    widget=forms.Textarea(attrs={"rows": 2, "lang": code, "dir": DIRECTIONS[code]}),
                )
            self.fields[f"weight-{number}"] = WholeNumberField(
                label=_("Weight"), min_value=1, max_value=100, required=False, initial=one and one.weight
            )
        self.carry_what_is_shown()

    @property
    def rows(self) -> Iterator[tuple[str, Any, list[Any], Any]]:
        """Each criterion: how it is called, its name in the reader's language, in the others, its weight."""
        for number, one in enumerate(self.criteria):
            first, *others = (self[f"name_{code}-{number}"] for code in languages_in_order())
            yield (one.label if one else gettext("A new criterion")), first, others, self[f"weight-{number}"]

    @property
    def total(self) -> int:
        """What the weights add up to, as they are or as they were typed."""
        typed = (self[f"weight-{number}"].value() for number in range(len(self.criteria)))
        # Longer numbers are refused as such, and add up to nothing that anybody would read.
        return sum(int(one) for one in map(str, typed) if one.isdecimal() and len(one) <= 3)

    @property
    def sums(self) -> dict[str, str]:
        """What is said of a sum that is right, too small, too large; a script puts in other numbers."""
        return {
            "exact": _("The weights add up to 100."),
            "under": _("The weights add up to %(total)s: %(rest)s are missing to 100."),
            "over": _("The weights add up to %(total)s: %(rest)s more than 100."),
        }

    @property
    def sum_said(self) -> tuple[str, bool]:
        """The sum as a sentence, and whether it is right."""
        rest = 100 - self.total
        said = self.sums["exact" if not rest else "under" if rest > 0 else "over"]
        return str(said) % {"total": self.total, "rest": abs(rest)}, not rest

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        for number in self._filled(told):
            for name in ("name_en", "name_fr", "name_ar", "weight"):
                key = f"{name}-{number}"
                if not told.get(key) and key not in self.errors:
                    self.add_error(key, _("Write it, or empty the whole row."))
        return told

    def _filled(self, told: dict[str, Any]) -> list[int]:
        names = ("name_en", "name_fr", "name_ar")
        rows = range(len(self.criteria))
        return [number for number in rows if any(told.get(f"{name}-{number}") for name in names)]

    def typed(self) -> list[dict[str, Any]]:
        """The criteria as the action takes them; one that was there keeps its code."""
        told, taken, found = self.cleaned_data, set(), []
        for number in self._filled(told):
            known = self.criteria[number]
            code = known.code if known else slugify(told[f"name_en-{number}"])[:36] or f"criterion-{number}"
            while code in taken:
                code = f"{code}-2"
            taken.add(code)
            names = {name: told[f"{name}-{number}"] for name in ("name_en", "name_fr", "name_ar")}
            found.append({"code": code, "weight": told[f"weight-{number}"], **names})
        return found


class JurorForm(forms.Form):
    """Whom to ask to review."""

    email = forms.EmailField(
        label=_("E-mail address of a reviewer"),
        error_messages={
            "required": _("Write the address."),
            "invalid": _("Write an e-mail address such as name@example.org."),
        },
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )


class ReviewForm(forms.Form):
    """A score for each criterion, a note, or the word that one must not judge."""

    has_conflict = forms.BooleanField(
        label=_("I have a conflict of interest and must not judge this application."),
        required=False,
        help_text=_("No scores count then: those chosen above are not kept, and others judge it."),
    )

    def __init__(self, *args: Any, rubric: Rubric, review: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(rubric.criteria.all())
        for one in self.criteria:
            self.fields[f"score-{one.code}"] = forms.TypedChoiceField(
                label=one.label,
                choices=[(score, SCALE[score]) for score in SCORES],
                coerce=int,
                empty_value=None,
                error_messages={"required": _("Choose a score.")},
                widget=forms.RadioSelect,
                # What was sent anew is scored anew.
                initial=review.scores.get(one.code) if review and not review.is_outdated else None,
            )
        self.fields["note"] = TextField(
            label=_("Note"),
            required=False,
            max_length=NOTE_LENGTH,
            initial=review.note if review else "",
            widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
            help_text=_("The organiser reads it; other reviewers and the applicant do not."),
        )
        if review:
            self.fields["has_conflict"].initial = review.has_conflict
        self.order_fields([*(f"score-{one.code}" for one in self.criteria), "note", "has_conflict"])

    @property
    def scored(self) -> Iterator[tuple[Criterion, Any]]:
        """Each criterion with its field."""
        return ((one, self[f"score-{one.code}"]) for one in self.criteria)

    @property
    def rest(self) -> list[Any]:
        """The fields after the scores."""
        return [self["note"], self["has_conflict"]]

    @property
    def sums(self) -> dict[str, str]:
        """What is said of the scores that were given, of all and of some; a script puts in other numbers."""
        return {
            "whole": gettext("%(total)s of 100"),
            "part": gettext("%(total)s of 100 so far, %(left)s still to score"),
        }

    @property
    def sum_said(self) -> str:
        """What the scores come to, as they were kept or chosen."""
        chosen = {one.code: str(field.value()) for one, field in self.scored}
        given = {code: int(value) for code, value in chosen.items() if value in map(str, SCORES)}
        # As the script rounds it.
        total = int(score_of({one.code: one.weight for one in self.criteria}, given) + 0.5)
        left = len(self.criteria) - len(given)
        return self.sums["part" if left else "whole"] % {"total": total, "left": left}

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("has_conflict"):
            # Who must not judge gives no scores.
            for one in self.criteria:
                self.errors.pop(f"score-{one.code}", None)
        return told

    def scores(self) -> dict[str, int]:
        """The scores by the code of the criterion."""
        return {one.code: self.cleaned_data.get(f"score-{one.code}") for one in self.criteria}


class AppealForm(forms.Form):
    """Why a decision is wrong."""

    text = TextField(
        label=_("What was overlooked or judged wrongly?"),
        max_length=NOTE_LENGTH,
        error_messages={"required": _("Write what the organiser should look at again.")},
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )


class AnswerForm(forms.Form):
    """What the organiser says to an appeal."""

    granted = forms.TypedChoiceField(
        label=_("Decision on the appeal"),
        choices=[("yes", _("Granted: the application waits for a place again")), ("no", _("Not granted"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    answer = TextField(
        label=_("Answer to the applicant"),
        max_length=NOTE_LENGTH,
        error_messages={"required": _("Write why: the applicant reads it.")},
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
