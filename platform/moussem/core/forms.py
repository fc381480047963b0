from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.choices import flatten_choices
from django.utils.datastructures import MultiValueDict
from django.utils.formats import localize
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from moussem.core.locks import lock
from moussem.core.text import isolated, one_line, reading_order, several_lines


class LineField(forms.CharField):
    """One line of text: what would break it, or turn the text around it, is taken out."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A street in Lyon reads from the left on an Arabic page too."""
        return {**super().widget_attrs(widget), "dir": "auto"}

    def to_python(self, value: Any) -> Any:
        """The line as it can stand in a heading, in a subject of a mail and on a paper."""
        text = super().to_python(value)
        return one_line(text) if isinstance(text, str) else text


class TextField(forms.CharField):
    """Several lines of text: what would turn the text around it is taken out."""

    def to_python(self, value: Any) -> Any:
        """The text as it can stand beside others."""
        text = super().to_python(value)
        if not isinstance(text, str):
            return text
        kept = several_lines(text)
        # What was taken out may have stood beside a space.
        return kept.strip() if self.strip else kept


class ChoicesByName(ModelChoiceIterator):
    """The choices in the order of the names that the reader sees."""

    def __iter__(self) -> Iterator[Any]:
        empty = [("", self.field.empty_label)] if self.field.empty_label is not None else []
        yield from empty
        rows = [self.choice(row) for row in self.queryset]
        yield from sorted(rows, key=lambda choice: reading_order(str(choice[1])))


class ByLabel(forms.ModelChoiceField):
    """A row by its label in the reader's language."""

    def label_from_instance(self, row: Any) -> str:
        return str(row.label)


class ManyByLabel(forms.ModelMultipleChoiceField):
    """Several rows by their labels in the reader's language."""

    def label_from_instance(self, row: Any) -> str:
        return str(row.label)


class AsShown:
    """A form of what others change too: it carries what it showed, and changes only what differs.

    What was left as it was shown becomes what stands now. Whoever types over what they have not seen is told
    what stands there, keeps what they typed, and may send it again. What stands is read when the form is
    made, so its caller holds the lock.
    """

    # Of the form it is mixed into.
    data: Any
    fields: dict[str, forms.Field]
    is_bound: bool

    def carry_what_is_shown(self) -> None:
        """Each field carries what it showed; called once the form has all its fields."""
        carried = [
            name
            for name, field in self.fields.items()
            if not field.disabled and not isinstance(field, forms.FileField)
        ]
        for name in carried:
            self.fields[name].show_hidden_initial = True
        if self.is_bound or self.data:
            # A list that was shown empty sends nothing: shown again it must not take what was typed for it.
            self.data = self.data.copy()
            for name in carried:
                self.data.setlistdefault(self.add_initial_prefix(name), [])

    def what_stands(self) -> dict[str, Any]:
        """What is kept now, by field."""
        return {name: self.get_initial_for_field(field, name) for name, field in self.fields.items()}

    def full_clean(self) -> None:
        """Looks at what was typed, beside what was shown for it and what stands there now."""
        self.typed_over: dict[str, str] = {}
        carried = [name for name, field in self.fields.items() if field.show_hidden_initial]
        if self.is_bound and carried:
            now = self.what_stands()
            for name in carried:
                self._compare(self[name], now.get(name))
        super().full_clean()

    def clean(self) -> Any:
        """What was typed, unless it stands in the place of what was never shown."""
        cleaned = super().clean()
        for name, words in self.typed_over.items():
            self.add_error(name, forms.ValidationError(_told(words), code="changed_meanwhile"))
        return cleaned

    def _compare(self, one: forms.BoundField, kept: Any) -> None:
        field, name, shown_name = one.field, one.html_name, one.html_initial_name
        told = field.hidden_widget()
        kept = field.prepare_value(kept)
        in_place, stands = _as_sent(field.widget, name, kept), _as_sent(told, shown_name, kept)
        shown, now = self._widget_data_value(told, shown_name), _read(told, stands, shown_name)
        if not _differ(field, shown, one.data):
            self._put(in_place)
        elif _differ(field, shown, now) and _differ(field, now, one.data):
            self.typed_over[one.name] = in_words(field, kept)
        # From here on it has been shown.
        self._put(stands)

    def _put(self, sent: dict[str, list[str]]) -> None:
        for name, values in sent.items():
            self.data.setlist(name, values)


class FormAsShown(AsShown, forms.ModelForm):
    """The form of a row that others change too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.carry_what_is_shown()

    def what_stands(self) -> dict[str, Any]:
        """What the row holds, under a lock: nothing slips in between this and the writing."""
        return forms.model_to_dict(lock(self.instance), self.fields)


def in_words(field: forms.Field, kept: Any) -> str:
    """What a field holds, as its reader knows it; empty where it holds nothing."""
    if isinstance(field, forms.BooleanField):
        return pgettext("answer", "Yes") if kept else pgettext("answer", "No")
    several = kept if isinstance(kept, (list, tuple)) else [kept]
    if isinstance(field, forms.ModelChoiceField):
        key = field.to_field_name or "pk"
        rows = field.queryset.filter(**{f"{key}__in": [one for one in several if one not in (None, "")]})
        words = [strip_tags(str(field.label_from_instance(row))) for row in rows]
    elif isinstance(field, forms.ChoiceField):
        labels = {str(value): label for value, label in flatten_choices(field.choices)}
        words = [str(labels.get(str(one), one)) for one in several if one not in (None, "")]
    else:
        words = [str(localize(one)) for one in several if one is not None]
    return pgettext("between items of a list", ", ").join(words)


def _told(words: str) -> str:
    if not words:
        return _("This was emptied meanwhile. Nothing was saved; send again to put what you typed there.")
    told = _(
        "This was changed meanwhile. Nothing was saved; send again to put what you typed in the place of "
        "what stands there now: %(now)s"
    )
    return told % {"now": isolated(words)}


def _differ(field: forms.Field, one: Any, other: Any) -> bool:
    """Whether two things that the field could have sent mean something else."""
    one, other = _with_plain_ends(one), _with_plain_ends(other)
    if one == other:
        return False
    # The keys of rows are compared as they are.
    if not isinstance(field, forms.ModelChoiceField):
        try:
            one = field.to_python(one)
        except forms.ValidationError:
            return True
    return field.has_changed(one, other)


def _as_sent(widget: forms.Widget, name: str, value: Any) -> dict[str, list[str]]:
    """What a browser would send for this value."""
    widget = getattr(widget, "widget", widget)
    if isinstance(widget, forms.MultiWidget):
        parts = zip(widget.widgets, widget.widgets_names, widget.decompress(value), strict=True)
        return {
            key: sent
            for inner, ending, part in parts
            for key, sent in _as_sent(inner, name + ending, part).items()
        }
    if isinstance(widget, forms.CheckboxInput):
        return {name: ["on"] if widget.check_test(value) else []}
    sent = widget.format_value(value)
    several = sent if isinstance(sent, (list, tuple)) else [sent]
    return {name: ["" if one is None else str(one) for one in several]}


def _read(widget: forms.Widget, sent: dict[str, list[str]], name: str) -> Any:
    return widget.value_from_datadict(MultiValueDict(sent), MultiValueDict(), name)


def _with_plain_ends(value: Any) -> Any:
    """A text with the ends of lines that are kept, whatever a browser sends."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value
