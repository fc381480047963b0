from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

# What rich text may hold; whatever else is pasted is dropped when the page is saved.
FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class TextBlock(blocks.RichTextBlock):
    """Paragraphs, headings, lists and links."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"features": FEATURES, **options})

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "cms/blocks/text.html"


class PictureBlock(blocks.StructBlock):
    """A picture with words for who cannot see it; its credit is the picture's own."""

    picture = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(max_length=200, label=_("What the picture shows"))
    caption = blocks.CharBlock(required=False, default="", max_length=240, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "cms/blocks/picture.html"


class GalleryBlock(blocks.ListBlock):
    """Several pictures side by side."""

    def __init__(self, child_block: Any = None, **options: Any) -> None:
        super().__init__(child_block or PictureBlock(), **{"min_num": 2, "max_num": 12, **options})

    class Meta:
        icon = "grip"
        label = _("Gallery")
        template = "cms/blocks/gallery.html"


class QuotationBlock(blocks.StructBlock):
    """Words of somebody else, and where they were published."""

    text = blocks.TextBlock(max_length=600, label=_("Words"))
    source = blocks.CharBlock(max_length=200, label=_("Who said it, and where it was published"))

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "cms/blocks/quotation.html"
