from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from cms.blocks.choosers import hs_chooser
from cms.pages.fields import SourcesField
from cms.pages.readable import OurPage, Readable
from cms.pages.widgets import SourceRows

EXPLAINED = _("By its HS code: six digits of the Harmonized System, by which customs everywhere name goods.")


class MarketNotePage(Readable):
    """What somebody who sells one product must know of one country, with dated sources."""

    product = models.ForeignKey(
        "regions.HsCode", verbose_name=_("product"), on_delete=models.PROTECT, related_name="+"
    )
    market = models.ForeignKey(
        "regions.Country", verbose_name=_("market"), on_delete=models.PROTECT, related_name="+"
    )
    duty = models.CharField(
        _("duty at the border"),
        max_length=160,
        blank=True,
        help_text=_("With what it depends on: “0 % with a proof of origin”. Empty: it is not shown."),
    )
    proof = models.CharField(
        _("proof of origin"),
        max_length=160,
        blank=True,
        help_text=_("In short: “EUR.1 or a declaration on the invoice”. Empty: it is not shown."),
    )
    as_of = models.DateField(_("facts as of"))
    sources = SourcesField(
        _("sources"), help_text=_("Where the facts come from; readers find it below the page.")
    )

    content_panels = [
        *OurPage.content_panels,
        FieldPanel("product", widget=hs_chooser.widget_class, help_text=EXPLAINED),
        FieldPanel("market"),
        FieldPanel("duty"),
        FieldPanel("proof"),
        FieldPanel("as_of"),
        *Readable.told_panels,
        FieldPanel("sources", widget=SourceRows),
    ]
    override_translatable_fields = [
        *Readable.override_translatable_fields,
        SynchronizedField("product", overridable=False),
        SynchronizedField("market", overridable=False),
        SynchronizedField("as_of", overridable=False),
    ]
    parent_page_types = ["cms.SectionPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("market note")
        verbose_name_plural = _("market notes")
