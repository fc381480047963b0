"""Forms: the summary of errors, the upload, the confirmation by typing."""

from typing import Any

from django import template
from django.forms import BaseForm, BaseFormSet, FileInput, PasswordInput
from django.forms.boundfield import BoundField
from django.template import TemplateSyntaxError
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from moussem.core.forms import AsShown, Consent

register = template.Library()


def anchor(field: BoundField) -> str:
    """The id of the first thing one can type into or choose in a field."""
    if field.id_for_label:
        return field.id_for_label
    return f"{field.auto_id}_0" if field.auto_id else ""


def errors_of(form: BaseForm | BaseFormSet) -> list[dict[str, str]]:
    """Every error of a form or formset, with the place it speaks of."""
    if isinstance(form, BaseFormSet):
        found = [{"anchor": "", "label": "", "text": text} for text in form.non_form_errors()]
        return found + [error for inner in form.forms for error in errors_of(inner)]
    found = [{"anchor": "", "label": "", "text": text} for text in form.non_field_errors()]
    for field in form:
        place = "" if field.is_hidden else anchor(field)
        label = "" if isinstance(field.field, Consent) else field.label
        found += [{"anchor": place, "label": label, "text": text} for text in field.errors]
    return found


def changed_in(form: BaseForm | BaseFormSet) -> list[dict[str, str]]:
    """The fields that stand otherwise than they were shown."""
    if not isinstance(form, AsShown):
        return []
    return [{"anchor": anchor(form[name]), "label": form[name].label} for name in form.otherwise]


def forgets(form: BaseForm | BaseFormSet) -> set[str]:
    """What a form shown again comes back without: a ``password``, a ``file`` that was sent with it."""
    if isinstance(form, BaseFormSet):
        return {kind for inner in form.forms for kind in forgets(inner)}
    widgets = [field.widget for field in form.fields.values()]
    lost = {"password"} if any(isinstance(widget, PasswordInput) for widget in widgets) else set()
    was_sent = form.files and any(isinstance(widget, FileInput) for widget in widgets)
    return lost | {"file"} if was_sent else lost


@register.inclusion_tag("components/error_summary.html")
def error_summary(*given: BaseForm | BaseFormSet | list[BaseForm]) -> dict[str, Any]:
    """All that must be mended in these forms, each line leading to its field."""
    forms = [form for one in given for form in (one if isinstance(one, list) else [one])]
    for form in forms:
        if not isinstance(form, BaseForm | BaseFormSet):
            raise TemplateSyntaxError(f"error_summary takes forms and formsets, not {form!r}")
    sent = [form for form in forms if form.is_bound]
    errors = [error for form in sent for error in errors_of(form)]
    told = {error["anchor"] for error in errors}
    marked = [field for form in sent for field in changed_in(form)]
    return {
        "errors": errors,
        "is_changed": bool(marked),
        "changed": [field for field in marked if field["anchor"] not in told],
        # A refusal of the whole says itself what was kept.
        "by_field": any(error["label"] or error["anchor"] for error in errors),
        "forgets": {kind for form in sent for kind in forgets(form)},
    }


@register.simple_tag
def hidden_fields(form: BaseForm) -> SafeString:
    """The fields of a form that nobody sees, written in one go."""
    return format_html_join(
        "",
        '<input type="hidden" name="{}" value="{}" id="{}">',
        ((field.html_name, _value_of(field), field.auto_id) for field in form.hidden_fields()),
    )


def _value_of(field: BoundField) -> Any:
    value = field.value()
    return "" if value is None else value


@register.inclusion_tag("components/upload_field.html")
def upload_field(*, field: BoundField, accepted: str, limit: str) -> dict[str, Any]:
    """A field for a file, with what may be sent said before it is chosen."""
    if not isinstance(field, BoundField):
        raise TemplateSyntaxError(f"upload_field takes a field of a form, not {field!r}")
    return {"field": field, "accepted": accepted, "limit": limit}


@register.inclusion_tag("components/confirm_form.html")
def confirm_form(*, action: str, title: str, consequence: str, phrase: str, label: str) -> dict[str, Any]:
    """A form that destroys something only once the phrase has been typed (posted as `confirmation`)."""
    return {
        "action": action,
        "title": title,
        "consequence": consequence,
        "phrase": phrase,
        "label": label,
    }
