from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class FigureRow(blocks.StructBlock):
    label = blocks.CharBlock(max_length=60, label=_("Label"))
    value = blocks.DecimalBlock(
        required=False,
        max_digits=14,
        decimal_places=4,
        label=_("Figure"),
        help_text=_("Empty: it is told as not known."),
    )
    stands_out = blocks.BooleanBlock(
        required=False, default=False, label=_("Stands out"), help_text=_("The one that the page is about.")
    )


class FiguresBlock(blocks.StructBlock):
    """Figures that are compared: drawn as bars, with a table for who reads rather than looks."""

    title = blocks.CharBlock(max_length=120, label=_("What is counted"))
    unit = blocks.CharBlock(max_length=30, label=_("Unit"))
    rows = blocks.ListBlock(FigureRow(), min_num=2, max_num=16, label=_("Figures"))
    source = blocks.CharBlock(max_length=240, label=_("Source"))
    date = blocks.DateBlock(required=False, label=_("As of"))

    class Meta:
        icon = "table"
        label = _("Figures")
        template = "cms/blocks/figures.html"


class TimelineStep(blocks.StructBlock):
    when = blocks.CharBlock(max_length=60, label=_("When"))
    title = blocks.CharBlock(max_length=120, label=_("What happens"))
    text = blocks.TextBlock(required=False, default="", max_length=400, label=_("In more words"))


class TimelineBlock(blocks.ListBlock):
    """Steps in their order, each with its time."""

    def __init__(self, child_block: Any = None, **options: Any) -> None:
        super().__init__(child_block or TimelineStep(), **{"min_num": 2, "max_num": 20, **options})

    class Meta:
        icon = "history"
        label = _("Timeline")
        template = "cms/blocks/timeline.html"
