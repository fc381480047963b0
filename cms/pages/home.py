from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.fields import StreamField

from catalogue.views.home import front_of
from cms.blocks import body_blocks
from cms.pages.readable import OurPage


class HomePage(OurPage):
    """The front of the site in one language: the marketplace, the next fair and the news."""

    lead = models.CharField(_("lead"), max_length=240, blank=True)
    body = StreamField(body_blocks(), verbose_name=_("between the products and the regions"), blank=True)

    content_panels = [
        *OurPage.content_panels,
        FieldPanel("lead", widget=AdminAutoHeightTextInput),
        FieldPanel("body"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.NewsIndexPage", "cms.SectionPage", "cms.PlainPage", "cms.FormPage"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the marketplace shows on its front, around the editor's words."""
        return {**front_of(request), **super().get_context(request, *args, **kwargs)}
