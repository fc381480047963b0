"""The forms by which files come into the house, the same for every way in."""

from typing import Any

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from cms.files.fields import PaperField, PictureField


class PictureForm(BaseImageForm):
    """A picture, judged and made bare before anything of it is kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if stock := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=stock.label, required=stock.required, widget=stock.widget, initial=stock.initial
            )


class PaperForm(BaseDocumentForm):
    """A document, judged before anything of it is kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if stock := self.fields.get("file"):
            self.fields["file"] = PaperField(
                label=stock.label, required=stock.required, widget=stock.widget, initial=stock.initial
            )
