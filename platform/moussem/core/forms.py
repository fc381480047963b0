from typing import Any

from django import forms

from moussem.core.text import one_line


class LineField(forms.CharField):
    """One line of text: what would break it, or turn the text around it, is taken out."""

    def to_python(self, value: Any) -> Any:
        """The line as it can stand in a heading, in a subject of a mail and on a paper."""
        text = super().to_python(value)
        return one_line(text) if isinstance(text, str) else text
