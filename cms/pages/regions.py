from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from cms.pages.forms import FormOfARegion
from cms.pages.readable import OurPage, Readable


class RegionPage(Readable):
    """The showcase of one region: its goods and nothing else; its correspondent writes below it."""

    base_form_class = FormOfARegion

    region = models.ForeignKey(
        "regions.Region", verbose_name=_("region"), on_delete=models.PROTECT, related_name="+"
    )

    content_panels = [*OurPage.content_panels, FieldPanel("region"), *Readable.told_panels]
    override_translatable_fields = [
        *Readable.override_translatable_fields,
        SynchronizedField("region", overridable=False),
    ]
    parent_page_types = ["cms.SectionPage"]
    subpage_types = ["cms.ArticlePage", "cms.StoryPage"]

    class Meta:
        verbose_name = _("region showcase")
        verbose_name_plural = _("region showcases")
