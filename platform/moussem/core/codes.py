"""Lists of codes and other JSON in rows that staff edit: nothing is kept that a page could not show."""

import json
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from django import forms
from django.contrib.admin.options import FORMFIELD_FOR_DBFIELD_DEFAULTS
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from moussem.core.reading import NUL

LONGEST_JSON = 20_000
DEEPEST_JSON = 20
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')


class CodesInOrder(forms.CharField):
    """Codes with spaces between, the first of which counts most."""

    widget = AdminTextInputWidget

    def __init__(self, *, codes: Iterable[str], **options: Any) -> None:
        self.codes = list(codes)
        told = _("Any of these, a space between two: %(codes)s.")
        super().__init__(**{"help_text": told % {"codes": ", ".join(self.codes)}, **options})

    def prepare_value(self, value: Any) -> Any:
        """The codes as a line, as they are typed."""
        return " ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The codes, each once, as they stand in the line."""
        return list(dict.fromkeys(super().to_python(value).split()))

    def validate(self, value: Any) -> None:
        """Refuse what is none of the codes."""
        super().validate(value)
        _require_known(value, self.codes)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other codes, or another order, were typed."""
        return bool(self.to_python(data) != (initial or []))


class ListOfCodes(models.JSONField):
    """A list of codes out of known ones, each at most once: a page that shows them need not doubt it."""

    def __init__(self, *args: Any, codes: Any = (), in_order: bool = False, **options: Any) -> None:
        self.codes, self.in_order = list(codes), in_order
        super().__init__(*args, **options)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """As JSON: which codes there are is no matter of the table."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Refuse anything but a list of known codes."""
        super().validate(value, model_instance)
        _require_known(value, [code for code, _label in self.codes])

    def value_from_object(self, obj: models.Model) -> Any:
        """What a form shows of a row, also of one written before its codes were looked at."""
        kept = super().value_from_object(obj)
        return kept if isinstance(kept, list) else []

    def formfield(self, **options: Any) -> Any:
        """Boxes to tick, or a line where the order counts; never JSON to type."""
        told = {"label": options.get("label", capfirst(self.verbose_name)), "required": not self.blank}
        if self.in_order:
            return CodesInOrder(codes=[code for code, _label in self.codes], **told)
        return forms.MultipleChoiceField(choices=self.codes, widget=forms.CheckboxSelectMultiple, **told)


def _require_known(value: Any, codes: Iterable[str]) -> None:
    known = set(codes)
    if not isinstance(value, list) or any(not isinstance(one, str) or one not in known for one in value):
        told = _("Choose among these only: %(codes)s. Nothing was changed.")
        raise ValidationError(told, params={"codes": ", ".join(sorted(known))})


class TypedJSON(forms.JSONField):
    """JSON as staff type it, as far as any database of ours keeps it and any page can show it."""

    widget = AdminTextareaWidget

    def to_python(self, value: Any) -> Any:
        """What was typed, refused before it is read where it would only fail later."""
        if isinstance(value, str) and not self.disabled and value not in self.empty_values:
            _require_keepable(value)
        return super().to_python(value)


def _require_keepable(typed: str) -> None:
    if len(typed) > LONGEST_JSON or _depth(typed) > DEEPEST_JSON:
        told = _("This is too long or too deep: at most %(length)s characters, in %(depth)s brackets.")
        raise ValidationError(told, params={"length": LONGEST_JSON, "depth": DEEPEST_JSON})
    try:
        kept = json.dumps(json.loads(typed, parse_constant=_refuse), ensure_ascii=False, allow_nan=False)
        kept.encode()
        can_be_kept = NUL not in kept and "\\u0000" not in kept
    except ValueError:
        can_be_kept = False
    if not can_be_kept:
        told = _("This is no JSON that can be kept: write quotes around words, and finite numbers only.")
        raise ValidationError(told)


def _depth(typed: str) -> int:
    """How deep the brackets go that stand outside of quotes."""
    deep = deepest = 0
    for sign in QUOTED.sub("", typed):
        deep += (sign in "[{") - (sign in "]}")
        deepest = max(deepest, deep)
    return deepest


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


# Every desk of the administration, also those that are not ours.
FORMFIELD_FOR_DBFIELD_DEFAULTS[models.JSONField] = {"form_class": TypedJSON}
