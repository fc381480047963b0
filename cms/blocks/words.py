from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import RichText

from cms.blocks.rich import TidyText, shown

# What rich text may hold; whatever else is pasted is dropped when the page is saved.
FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]

# Nothing is missing where a text was kept without a link.
TAKEN_OUT = "taken_out"


class TextBlock(blocks.RichTextBlock):
    """Paragraphs, headings, lists and links."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"features": FEATURES, **options})

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "cms/blocks/text.html"

    def to_python(self, value: Any) -> TidyText:
        """What is stored, made safe before anybody sees it."""
        return TidyText(value)

    def normalize(self, value: Any) -> TidyText:
        """What a program writes, made safe as well."""
        if isinstance(value, TidyText):
            return value
        return TidyText(value.source if isinstance(value, RichText) else value)

    def value_from_form(self, value: Any) -> TidyText:
        """What is posted, made safe before it is kept."""
        return TidyText(value)

    def get_prep_value(self, value: Any) -> str:
        """What is kept, through whatever door it came."""
        return str(self.normalize(value).source)

    def clean(self, value: Any) -> Any:
        """Say which links were taken out: the next save goes through without them."""
        read = self.normalize(value)
        cleaned = super().clean(read)
        if read.is_cut:
            raise ValidationError(_("This text is too long; part it in several blocks."))
        if read.dropped:
            said = _(
                "These links were taken out: %(addresses)s. A link leads to a page or a document of this "
                "site, or to an address that begins with https://, mailto: or tel:."
            )
            told = {"addresses": ", ".join(shown(one) for one in read.dropped[:5])}
            raise ValidationError(said, params=told, code=TAKEN_OUT)
        return cleaned


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
