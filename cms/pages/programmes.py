from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from cms.blocks.addresses import is_elsewhere
from cms.pages.fields import SourcesField
from cms.pages.readable import OurPage, Readable
from cms.pages.widgets import SourceRows


class ProgrammePage(Readable):
    """A programme that helps a cooperative to export: who runs it, and until when it takes applications."""

    run_by = models.CharField(_("run by"), max_length=120, blank=True)
    for_whom = models.CharField(_("for whom"), max_length=160, blank=True)
    site = models.CharField(
        _("its own site"),
        max_length=200,
        blank=True,
        help_text=_("Where one applies or asks, with https://. Empty: readers are led to our contact."),
    )
    apply_until = models.DateField(
        _("applications until"), null=True, blank=True, help_text=_("Empty: no call is open.")
    )
    sources = SourcesField(
        _("sources"), blank=True, help_text=_("Where the facts come from; readers find it below the page.")
    )

    content_panels = [
        *OurPage.content_panels,
        FieldPanel("run_by"),
        FieldPanel("for_whom"),
        FieldPanel("site"),
        FieldPanel("apply_until"),
        *Readable.told_panels,
        FieldPanel("sources", widget=SourceRows),
    ]
    override_translatable_fields = [
        *Readable.override_translatable_fields,
        SynchronizedField("apply_until", overridable=False),
        SynchronizedField("site"),
    ]
    parent_page_types = ["cms.SectionPage"]
    subpage_types: list[str] = []

    def clean(self) -> None:
        """Readers are led to a place that can be reached safely."""
        super().clean()
        if self.site and not is_elsewhere(self.site):
            said = _("This address does not begin with https:// and a name. Write the programme’s own.")
            raise ValidationError({"site": said})

    class Meta:
        verbose_name = _("page of a programme")
        verbose_name_plural = _("pages of programmes")
