import re
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.contrib.forms.models import (
    AbstractFormField,
    AbstractFormSubmission,
    FormMixin,
    validate_to_address,
)
from wagtail_localize.fields import SynchronizedField

from cms.answers.forms import AskingFormBuilder
from cms.pages.readable import Readable

# Nobody needs what was written longer ago.
MOST_MONTHS = 60
# What a spreadsheet would reckon with; a telephone number is none of it.
FORMULA, NUMBER = re.compile(r"[=@\t\r+-]"), re.compile(r"[+-][\d\s().-]+")


class FieldKind(models.TextChoices):
    """What a reader may be asked for. Files are not among it, nor what a reader does not see."""

    LINE = "singleline", _("a line of text")
    TEXT = "multiline", _("a text of several lines")
    EMAIL = "email", _("an e-mail address")
    NUMBER = "number", _("a number")
    CHECKBOX = "checkbox", _("a box to tick")
    CHECKBOXES = "checkboxes", _("several boxes to tick")
    DROPDOWN = "dropdown", _("one of a list")
    RADIO = "radio", _("one of a few")
    DATE = "date", _("a day")


class FormField(AbstractFormField):
    """One field of a form."""

    page = ParentalKey("cms.FormPage", on_delete=models.CASCADE, related_name="form_fields")
    field_type = models.CharField(_("kind"), max_length=16, choices=FieldKind.choices)
    field_type.required_on_save = True

    class Meta(AbstractFormField.Meta):
        app_label = "cms"
        verbose_name = _("field of a form")
        verbose_name_plural = _("fields of forms")


class FormPage(FormMixin, Readable):
    """A page with a form that its editor made, such as the one of the contact."""

    form_builder = AskingFormBuilder

    to_address = models.CharField(
        _("mailed to"),
        max_length=255,
        blank=True,
        validators=[validate_to_address],
        help_text=_("One address, or several with commas. Answers are kept here too."),
    )
    consent = models.CharField(
        _("what a sender agrees to"),
        max_length=400,
        help_text=_("Why it is kept. Nothing is sent without it; each answer keeps it."),
    )
    kept_for = models.PositiveSmallIntegerField(
        _("kept for so many months"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)],
        help_text=_("A sender reads it below what they agree to; after that the answer is erased."),
    )
    thanks = models.CharField(_("said once it is sent"), max_length=240, blank=True)

    content_panels = [
        *Readable.content_panels,
        InlinePanel("form_fields", heading=_("Fields"), label=_("Field"), min_num=1),
        FieldPanel("consent"),
        FieldPanel("kept_for"),
        FieldPanel("thanks"),
        FieldPanel("to_address"),
    ]
    override_translatable_fields = [
        *Readable.override_translatable_fields,
        SynchronizedField("kept_for", overridable=False),
    ]
    template = "cms/form_page.html"
    preview_modes = [("form", _("Form"))]
    parent_page_types = ["cms.HomePage", "cms.SectionPage"]
    subpage_types: list[str] = []

    class Meta:
        app_label = "cms"
        verbose_name = _("page with a form")
        verbose_name_plural = _("pages with forms")

    @property
    def must_say_something(self) -> bool:  # type: ignore[override]
        """What it asks for is enough to read."""
        return not self.form_fields.exists()

    @property
    def agreed(self) -> str:
        """What a sender agrees to, with how long the answer is kept."""
        return f"{self.consent} {self.erased_after}"

    @property
    def erased_after(self) -> str:
        """How long an answer is kept, in the language of the page."""
        with override(self.locale.language_code):
            until = ngettext(
                "It is erased after %(count)s month.", "It is erased after %(count)s months.", self.kept_for
            )
        return until % {"count": self.kept_for}

    def get_submission_class(self) -> type["Answer"]:
        return Answer

    def get_data_fields(self) -> list[tuple[str, Any]]:
        """The columns of the list and of its export."""
        return [*super().get_data_fields(), ("consent", _("Agreed to")), ("erase_on", _("Erased on"))]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, or the thanks once it was sent."""
        return self.with_form(request, self.get_form(page=self))

    def with_form(self, request: HttpRequest, form: Any, status: int = 200) -> HttpResponse:
        """The page; what was sent and refused stands in it as it was typed."""
        shown = {**self.get_context(request), "form": form, "is_sent": "sent" in request.GET}
        return self.with_players(TemplateResponse(request, self.template, shown, status=status))


class Answer(AbstractFormSubmission):
    """What somebody sent through a form, the words they agreed to, and the day it is erased on."""

    consent = models.TextField(_("agreed to"))
    erase_on = models.DateField(_("erased on"), db_index=True)

    class Meta(AbstractFormSubmission.Meta):
        app_label = "cms"
        verbose_name = _("answer to a form")
        verbose_name_plural = _("answers to forms")

    def get_data(self) -> dict[str, Any]:
        """What the list and its export show; nothing that a spreadsheet would run."""
        told = {name: harmless(value) for name, value in super().get_data().items()}
        return {**told, "consent": self.consent, "erase_on": self.erase_on}


def harmless(value: Any) -> Any:
    """A text that begins as a formula, told as a text."""
    runs = isinstance(value, str) and FORMULA.match(value) and not NUMBER.fullmatch(value)
    return f"'{value}" if runs else value
