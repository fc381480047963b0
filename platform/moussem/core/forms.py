from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator

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
