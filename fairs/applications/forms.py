"""What an applicant and an organiser type about applications."""

from dataclasses import astuple
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from catalogue.cards import photo_of
from catalogue.models import Product
from fairs.applications.actions.applying import MOST_PRODUCTS
from fairs.applications.actions.asking import COHORT
from fairs.applications.models import Application, Category, Question
from fairs.applications.queries import products_to_show, questions_for
from fairs.applications.states import QuestionKind
from fairs.editions.forms import DayField, name_fields
from fairs.editions.models import Edition
from fairs.editions.states import Mode, Presence
from moussem.core.forms import AsShown, LineField, TextField
from moussem.core.number_fields import WholeNumberField
from moussem.core.otherwise import ToldField
from moussem.core.shown import digest
from moussem.organisations.forms.fields import LanguagesField
from moussem.regions.models import Province
from moussem.regions.queries import all_regions

ANSWER_LENGTH = 2000


class ProductsField(forms.ModelMultipleChoiceField):
    """Listed products by their picture and their title in the reader's language."""

    def label_from_instance(self, product: Product) -> str:
        photo = photo_of(product.photo_name, product.photo_widths)
        return render_to_string("fairs/apply/good.html", {"product": product, "photo": photo})


class BoothForm(forms.Form):
    """Where the booth belongs, and what is spoken there."""

    category = forms.ModelChoiceField(
        label=_("Category"),
        queryset=Category.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a category.")},
    )
    mode = forms.ChoiceField(
        label=_("How do you take part?"),
        choices=Presence.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you take part.")},
        help_text=_("On a screen you have a page like the others, and no booth in the halls."),
    )
    languages = LanguagesField(label=_("Languages spoken at your booth"))

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "category": application.category_id,
            "languages": application.languages,
            "mode": application.mode,
        }
        super().__init__(*args, **kwargs)
        if application.edition.mode != Mode.HYBRID:
            # All take part alike.
            del self.fields["mode"]
        self.fields["category"].queryset = categories = application.edition.categories.all()
        if not categories:
            del self.fields["category"]


class GoodsForm(forms.Form):
    """What is brought, and the answers to what the organiser asks."""

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = products_to_show(application.organisation)
        self.fields["products"] = ProductsField(
            label=_("Products to show"),
            queryset=shown,
            initial=application.products.all(),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one product to show.")},
            help_text=_("Prices, lots and certificates are those of their pages: nothing is typed twice."),
        )
        self.questions = questions_for(application.edition, application.category)
        for question in self.questions:
            field = _answer_field(question)
            field.initial = application.answers.get(question.key)
            self.fields[f"answer-{question.key}"] = field

    def clean_products(self) -> Any:
        """As many as a booth holds."""
        products = self.cleaned_data["products"]
        if len(products) > MOST_PRODUCTS:
            raise forms.ValidationError(
                _("Choose %(most)s products at most: a booth holds no more."), params={"most": MOST_PRODUCTS}
            )
        return products

    def typed(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        told = self.cleaned_data
        return {
            "products": list(told["products"]),
            "answers": {one.key: told[f"answer-{one.key}"] for one in self.questions},
        }


def _answer_field(question: Question) -> forms.Field:
    options = {
        "label": question.label,
        "required": question.is_required,
        "error_messages": {"required": _("Answer this question.")},
    }
    if question.kind == QuestionKind.YES_NO:
        choices = [("yes", _("Yes")), ("no", _("No"))]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **options)
    if question.kind == QuestionKind.NUMBER:
        options["error_messages"]["invalid"] = _("Write a whole number in digits.")
        return WholeNumberField(min_value=0, max_value=10**9, **options)
    if question.kind == QuestionKind.TEXT:
        area = forms.Textarea(attrs={"rows": 4, "dir": "auto"})
        return TextField(max_length=ANSWER_LENGTH, widget=area, **options)
    return LineField(max_length=200, **options)


class CategoryForm(AsShown, forms.Form):
    """A category by its three names, new or as they are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(name_fields(required=True))
        if self.initial:
            self.carry_what_is_shown()


class QuestionForm(AsShown, forms.Form):
    """A question in three languages, how it is answered, and who is asked."""

    kind = forms.ChoiceField(label=_("Answered by"), choices=QuestionKind.choices, widget=forms.RadioSelect)
    category = forms.ModelChoiceField(
        label=_("Asked of"),
        queryset=Category.objects.none(),
        required=False,
        empty_label=_("everybody who applies"),
    )
    is_required = forms.BooleanField(label=_("It must be answered"), required=False)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = {"en": _("Question in English"), "fr": _("Question in French"), "ar": _("Question in Arabic")}
        self.fields = {**name_fields(required=True, labels=asked), **self.fields}
        self.fields["category"].queryset = edition.categories.all()
        if "name_en" in self.initial:
            self.carry_what_is_shown()


class DeadlineForm(AsShown, forms.Form):
    """The last day for everybody or for a cohort, and why; it tells the days that are set until now."""

    days_now = ToldField(label=_("Last days set until now"))
    last_day = DayField(
        label=_("Last day"),
        help_text=_("All of it counts, to midnight. Whoever falls under several deadlines has the latest."),
    )
    region = forms.ModelChoiceField(
        label=_("For the region"), queryset=None, required=False, empty_label=_("all regions")
    )
    province = forms.ModelChoiceField(
        label=_("For the province"), queryset=None, required=False, empty_label=_("all provinces")
    )
    category = forms.ModelChoiceField(
        label=_("For the category"), queryset=None, required=False, empty_label=_("all categories")
    )
    reason = LineField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("Applicants read it. Needed when an announced deadline moves."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = all_regions()
        self.fields["province"].queryset = Province.objects.select_related("region")
        self.fields["category"].queryset = edition.categories.all()
        self.initial["days_now"] = _days_now(edition)
        self.carry_what_is_shown("days_now")

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        region, province = told.get("region"), told.get("province")
        if region and province and province.region_id != region.pk:
            self.add_error("province", _("This province lies in another region. Correct one of the two."))
        return told

    def typed(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "days_now"}


class DeletionForm(forms.Form):
    """Why a deadline is taken away."""

    reason = LineField(
        label=_("Reason"),
        max_length=300,
        help_text=_("The log of the edition keeps it."),
        error_messages={"required": _("Write why this deadline goes.")},
    )


def _days_now(edition: Edition) -> str:
    """The deadlines of an edition as a ``ToldField`` carries them."""
    deadlines = list(edition.deadlines.select_related(*COHORT))
    words = []
    for one in deadlines:
        cohort = [named.label for name in COHORT if (named := getattr(one, name))]
        words.append(f"{' '.join(cohort) or gettext('Everybody')} {date_format(one.last_day)}")
    told = pgettext("between items of a list", ", ").join(words)
    return f"{digest((*astuple(one.term), one.reason) for one in deadlines)} {told}"
