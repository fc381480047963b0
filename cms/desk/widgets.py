"""What an editor types in, where Wagtail's own takes more than we do."""

from typing import Any

from django.core.exceptions import BadRequest
from wagtail.admin.rich_text import DraftailRichTextArea

# What a text that no editor of ours wrote makes of the reader of such texts.
UNREADABLE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class TextArea(DraftailRichTextArea):
    """Wagtail's editor of texts, refusing what it never posts."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        try:
            return super().value_from_datadict(data, files, name)
        except UNREADABLE as error:
            raise BadRequest("A text is not written as the editor writes it.") from error
