from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from catalogue.concepts.actions import contents_now
from catalogue.concepts.checks import problems_of
from catalogue.concepts.models import Concept
from catalogue.concepts.states import LANGUAGE_NAMES, ConceptKind
from catalogue.concepts.words_now import current_lexicon
from catalogue.models import Highlight
from catalogue.search.offers import concepts_held
from catalogue.search.tables import SHOWN, Content, once
from catalogue.understood import named

LONGEST_TEXT = 20_000


def _alias_box(language: str) -> forms.CharField:
    # A language writes from its own side, whatever the page's.
    written = {"rows": 4, "lang": language, "dir": "rtl" if language == "ar" else "auto"}
    return forms.CharField(
        label=LANGUAGE_NAMES[language],
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs=written),
    )


class CodeInput(AdminTextInputWidget):
    """A field for the code of a concept that offers the codes there are, each with its name."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        offered = f"{name}-codes"
        field = super().render(name, value, {**(attrs or {}), "list": offered, "dir": "ltr"}, renderer)
        lexicon = current_lexicon()
        things = [one for one in lexicon.concepts.values() if one.kind == ConceptKind.THING]
        names = [(one.code, " / ".join(named([one.code], lexicon))) for one in things]
        options = format_html_join("", '<option value="{}">{}</option>', sorted(names))
        return format_html('{}<datalist id="{}">{}</datalist>', field, offered, options)


class HighlightForm(forms.ModelForm):
    """A rule of merchandising, for a concept that searches know."""

    class Meta:
        model = Highlight
        fields = ["product", "concept", "first_day", "last_day", "reason"]
        widgets = {"concept": CodeInput}

    def clean_concept(self) -> str:
        """The code of goods: a rule for anything else would never be in force."""
        code: str = self.cleaned_data["concept"]
        known = current_lexicon().concepts.get(code)
        if known is None or known.kind != ConceptKind.THING:
            told = _("“%(code)s” is no product that searches know. Type a name and choose its code.")
            raise forms.ValidationError(told, params={"code": code})
        return code

    def clean(self) -> dict[str, Any]:
        """A product that holds the concept: carob pods would never stand first where honey is asked for."""
        typed = super().clean() or self.cleaned_data
        product, code = typed.get("product"), typed.get("concept")
        holds = concepts_held(product.pk) if product and code else None
        if holds is not None and code not in holds:
            told = _("Searches do not find this product under “%(code)s”, so it cannot stand first there.")
            self.add_error("product", forms.ValidationError(told, params={"code": code}))
        return typed


AliasBoxes = type(
    "AliasBoxes", (forms.ModelForm,), {f"aliases_{code}": _alias_box(code) for code in LANGUAGE_NAMES}
)


class ConceptForm(AliasBoxes):
    """A concept as a person writes it: codes with spaces between, and an alias a line."""

    parents = forms.CharField(
        label=_("Is a kind of"),
        required=False,
        widget=AdminTextInputWidget,
        help_text=_("Codes of other concepts, a space between two."),
    )
    hs6 = forms.CharField(
        label=_("HS codes"),
        required=False,
        widget=AdminTextInputWidget,
        help_text=_("Six digits each, a space between two."),
    )
    note = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=200,
        widget=AdminTextInputWidget,
        help_text=_("Kept with this version."),
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Concept
        fields = ["code", "kind"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        concept = self.instance
        self.initial["parents"] = " ".join(concept.parents)
        self.initial["hs6"] = " ".join(concept.hs6)
        self.initial["seen_version"] = concept.version if concept.pk else None
        for language in LANGUAGE_NAMES:
            self.initial[f"aliases_{language}"] = "\n".join(concept.aliases.get(language, ()))

    @property
    def content(self) -> Content:
        """What was written, as a version keeps it."""
        told = {language: self._lines(f"aliases_{language}") for language in LANGUAGE_NAMES}
        return {
            "kind": self.cleaned_data.get("kind", ""),
            "parents": self.cleaned_data.get("parents", "").split(),
            "hs6": self.cleaned_data.get("hs6", "").split(),
            "aliases": {language: texts for language, texts in told.items() if texts},
        }

    def clean(self) -> dict[str, Any]:
        """Everything wrong with the concept at once, while what was typed is still there."""
        cleaned = super().clean()
        code = self.instance.code if self.instance.pk else cleaned.get("code", "")
        if not self.errors:
            for problem in problems_of(code, {**contents_now(), code: self.content}):
                self.add_error(None, problem)
            for language, alias in self._names_passed_over():
                told = _(
                    "“%(alias)s” is a word that searches pass over, so it cannot be the first alias: "
                    "buyers would read it as the name. Write another one above it."
                )
                self.add_error(f"aliases_{language}", forms.ValidationError(told, params={"alias": alias}))
        return cleaned

    def _post_clean(self) -> None:
        """Leave the concept as it is: only an action writes it. A code that is taken is still refused."""
        if not self.instance.pk:
            super()._post_clean()

    def _names_passed_over(self) -> list[tuple[str, str]]:
        """What buyers would be shown as the name, though it says nothing: the."""
        if self.content["kind"] in (ConceptKind.STOP, ConceptKind.UNIT):
            return []
        names = [(language, texts[0]) for language, texts in self.content["aliases"].items()]
        passing = current_lexicon().passing
        shown = ((language, name) for language, name in names if language in SHOWN and len(name.split()) == 1)
        return [(language, name) for language, name in shown if passing.says_nothing(name)]

    @property
    def emptied(self) -> list[str]:
        """The languages of the site in which the concept had a name and has none any more."""
        now = self.content["aliases"]
        return [one for one in SHOWN if self.initial[f"aliases_{one}"] and now and one not in now]

    def _lines(self, name: str) -> list[str]:
        lines = self.cleaned_data.get(name, "").splitlines()
        return once(" ".join(line.split()) for line in lines if line.strip())
