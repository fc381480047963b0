from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from cms.pages.fields import SourcesField
from cms.pages.readable import OurPage, Readable
from cms.pages.widgets import SourceRows


class StoryKind(models.TextChoices):
    ORIGIN = "origin", _("origin: a place and its protected name")
    BRAND = "brand", _("brand: a house and what it makes")


class StoryPage(Readable):
    """The story of an origin or of a brand, with what is sold under it."""

    kind = models.CharField(_("kind"), max_length=8, choices=StoryKind.choices)
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Whose brand it is; a story of an origin has none."),
    )
    protected_name = models.ForeignKey(
        "catalogue.ProtectedName",
        verbose_name=_("protected name"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("What a story of an origin is about; the goods that bear it are shown below."),
    )
    sources = SourcesField(
        _("sources"), blank=True, help_text=_("Where the facts come from; readers find it below the page.")
    )

    content_panels = [
        *OurPage.content_panels,
        FieldPanel("kind"),
        FieldPanel("organisation"),
        FieldPanel("protected_name"),
        *Readable.told_panels,
        FieldPanel("sources", widget=SourceRows),
    ]
    override_translatable_fields = [
        *Readable.override_translatable_fields,
        SynchronizedField("kind", overridable=False),
        SynchronizedField("organisation", overridable=False),
    ]
    parent_page_types = ["cms.SectionPage", "cms.RegionPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
