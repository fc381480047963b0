from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from cms.pages.readable import OurPage, Readable


class FairPage(Readable):
    """An edition told by an editor; its days, its deadline and its exhibitors are the edition's own, live."""

    edition = models.ForeignKey(
        "fairs.Edition", verbose_name=_("edition"), on_delete=models.PROTECT, related_name="+"
    )

    content_panels = [*OurPage.content_panels, FieldPanel("edition"), *Readable.told_panels]
    override_translatable_fields = [
        *Readable.override_translatable_fields,
        SynchronizedField("edition", overridable=False),
    ]
    parent_page_types = ["cms.SectionPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("page of a fair")
        verbose_name_plural = _("pages of fairs")
