from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from moussem.core.locks import lock
from moussem.core.text import one_line, reading_order, several_lines


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
        return several_lines(text) if isinstance(text, str) else text


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


class FormAsShown(forms.ModelForm):
    """The form of a row that others change too: it carries what it showed, and changes only what differs.

    A page that stayed open writes nothing back, and whoever types over what they have not seen is told.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            return
        shown = [one for one in self if not isinstance(one.field, forms.FileField)]
        for one in shown:
            one.field.show_hidden_initial = True
        if self.is_bound:
            # A list that was shown empty sends nothing: shown again it must not take what was typed for it.
            self.data = self.data.copy()
            for one in shown:
                self.data.setlistdefault(one.html_initial_name, [])

    def clean(self) -> dict[str, Any]:
        """What was typed, unless it stands in the place of what was never shown."""
        cleaned = super().clean()
        told = _(
            "This was changed meanwhile. Nothing was saved; open the page again, look at what stands there "
            "now, then change it."
        )
        changed = [name for name in self.changed_data if self.fields[name].show_hidden_initial]
        # Looked at under a lock, so that nothing slips in between this and the writing.
        kept = forms.model_to_dict(lock(self.instance), changed) if changed else {}
        for name in changed:
            if self._is_unseen(self[name], _with_plain_ends(kept[name])):
                self.add_error(name, forms.ValidationError(told, code="changed_meanwhile"))
        return cleaned

    def _is_unseen(self, one: forms.BoundField, now: Any) -> bool:
        shown = self._widget_data_value(one.field.hidden_widget(), one.html_initial_name)
        return all(one.field.has_changed(now, _with_plain_ends(told)) for told in (shown, one.data))


def _with_plain_ends(value: Any) -> Any:
    """A text with the ends of lines that are kept, whatever a browser sends."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value
