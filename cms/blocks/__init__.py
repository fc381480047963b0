"""What the body of a page is made of, each block with the template that shows it.

A block holds what an editor typed or chose; whatever is live (prices, exhibitors, days to a fair) is asked
for when the page is shown, by the tags of `cms/templatetags/editors.py`.
"""

from typing import Any

from cms.blocks.data import FiguresBlock, TimelineBlock
from cms.blocks.films import VideoBlock
from cms.blocks.shelves import ActionBlock, CountdownBlock, DocumentsBlock, ExhibitorsBlock, ProductsBlock
from cms.blocks.words import GalleryBlock, PictureBlock, QuotationBlock, TextBlock


def body_blocks() -> list[tuple[str, Any]]:
    """The blocks of a body, in the order an editor is offered them."""
    return [
        ("text", TextBlock()),
        ("picture", PictureBlock()),
        ("gallery", GalleryBlock()),
        ("quotation", QuotationBlock()),
        ("figures", FiguresBlock()),
        ("timeline", TimelineBlock()),
        ("products", ProductsBlock()),
        ("exhibitors", ExhibitorsBlock()),
        ("countdown", CountdownBlock()),
        ("action", ActionBlock()),
        ("documents", DocumentsBlock()),
        ("video", VideoBlock()),
    ]
