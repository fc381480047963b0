from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock

from cms.blocks.addresses import is_ours
from cms.blocks.choosers import EditionChooserBlock, ProductChooserBlock
from cms.blocks.languages import SameInEveryLanguage

MOST = 12


def is_one(block: blocks.Block, *ways: Any) -> bool:
    """Whether something is filled in one of its ways; while it is a draft, it may wait for that."""
    filled = sum(map(bool, ways))
    return filled == 1 or (filled == 0 and block.is_deferred_validation)


class ProductsBlock(blocks.StructBlock):
    """Products with their prices of now: what a search finds, or those chosen by hand."""

    title = blocks.CharBlock(required=False, default="", max_length=120, label=_("Title"))
    query = SameInEveryLanguage(
        required=False,
        default="",
        max_length=120,
        label=_("What to search for"),
        help_text=_("As a buyer types it."),
    )
    chosen = blocks.ListBlock(
        ProductChooserBlock(),
        required=False,
        default=[],
        min_num=0,
        max_num=MOST,
        label=_("Or chosen by hand"),
    )
    count = blocks.IntegerBlock(default=4, min_value=1, max_value=MOST, label=_("How many at most"))

    class Meta:
        icon = "tag"
        label = _("Products")
        template = "cms/blocks/products.html"

    def clean(self, value: Any) -> Any:
        """A shelf is filled in one way."""
        cleaned = super().clean(value)
        if not is_one(self, cleaned["query"], len(cleaned["chosen"])):
            said = _("Write what to search for, or choose products by hand: one of both fills the shelf.")
            raise StructBlockValidationError(block_errors={"query": ValidationError(said)})
        return cleaned


class ExhibitorsBlock(blocks.StructBlock):
    """Exhibitors of an edition, as its visitors find them."""

    edition = EditionChooserBlock(label=_("Edition"))
    count = blocks.IntegerBlock(default=6, min_value=1, max_value=MOST, label=_("How many at most"))

    class Meta:
        icon = "group"
        label = _("Exhibitors")
        template = "cms/blocks/exhibitors.html"


class CountdownBlock(blocks.StructBlock):
    """The days until an edition opens."""

    edition = EditionChooserBlock(label=_("Edition"))

    class Meta:
        icon = "time"
        label = _("Countdown to a fair")
        template = "cms/blocks/countdown.html"


class ActionBlock(blocks.StructBlock):
    """What the reader can do next: one sentence, one button."""

    text = blocks.CharBlock(max_length=240, label=_("Sentence"))
    label = blocks.CharBlock(max_length=60, label=_("Button"))
    page = blocks.PageChooserBlock(required=False, label=_("Page it opens"))
    address = SameInEveryLanguage(
        required=False,
        default="",
        max_length=200,
        label=_("Or an address of this site"),
        help_text=_("Without the language: /products/?q=saffron"),
    )

    class Meta:
        icon = "arrow-right"
        label = _("Call to action")
        template = "cms/blocks/action.html"

    def clean(self, value: Any) -> Any:
        """A button opens one place of this site."""
        cleaned = super().clean(value)
        address = cleaned["address"]
        if not is_one(self, cleaned["page"], address):
            said = _("Choose a page or write an address: a button opens one place.")
            raise StructBlockValidationError(block_errors={"page": ValidationError(said)})
        if address and not is_ours(address):
            said = _("Begin with a slash: a button leads to this site only.")
            raise StructBlockValidationError(block_errors={"address": ValidationError(said)})
        return cleaned


class DocumentsBlock(blocks.ListBlock):
    """Files to take along, each with its kind and size."""

    def __init__(self, child_block: Any = None, **options: Any) -> None:
        super().__init__(child_block or DocumentChooserBlock(), **{"min_num": 1, "max_num": 20, **options})

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        template = "cms/blocks/documents.html"
