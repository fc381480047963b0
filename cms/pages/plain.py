from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput

from cms.pages.readable import OurPage, Readable


class PlainPage(Readable):
    """A page without a kind of its own: who we are, how it works, the legal notice."""

    parent_page_types = ["cms.HomePage", "cms.SectionPage", "cms.PlainPage"]
    subpage_types = ["cms.PlainPage"]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")


class SectionPage(OurPage):
    """A shelf of pages of one sort, such as the market notes, each shown by its introduction."""

    intro = models.CharField(_("introduction"), max_length=240, blank=True)

    content_panels = [*OurPage.content_panels, FieldPanel("intro", widget=AdminAutoHeightTextInput)]
    parent_page_types = ["cms.HomePage"]
    subpage_types = [
        "cms.MarketNotePage",
        "cms.RegionPage",
        "cms.ProgrammePage",
        "cms.StoryPage",
        "cms.FairPage",
        "cms.PlainPage",
        "cms.FormPage",
    ]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
