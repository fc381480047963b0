from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail_localize.fields import SynchronizedField

from cms.pages.fields import SourcesField
from cms.pages.readable import OurPage, Readable
from cms.pages.widgets import SourceRows


class Subject(models.TextChoices):
    """What an article is about: each has a list and a feed of its own."""

    HARVEST = "harvest", _("Harvest")
    QUALITY = "quality", _("Quality")
    MARKETS = "markets", _("Markets")
    FAIRS = "fairs", _("Fairs")
    COOPERATIVES = "cooperatives", _("Cooperatives")


class NewsIndexPage(OurPage):
    """The list of articles in one language, newest first, wherever in the tree they were written."""

    intro = models.CharField(_("introduction"), max_length=240, blank=True)

    content_panels = [*OurPage.content_panels, FieldPanel("intro", widget=AdminAutoHeightTextInput)]
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.ArticlePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")


class ArticlePage(Readable):
    """A news article: of the country under the news, of one region under its page."""

    subject = models.CharField(
        pgettext_lazy("of an article", "subject"), max_length=16, choices=Subject.choices, db_index=True
    )
    date = models.DateField(
        _("date"), default=timezone.localdate, db_index=True, help_text=_("As readers see it.")
    )
    sources = SourcesField(
        _("sources"), blank=True, help_text=_("Where the facts come from; readers find it below the page.")
    )

    content_panels = [
        *OurPage.content_panels,
        FieldPanel("subject"),
        FieldPanel("date"),
        *Readable.told_panels,
        FieldPanel("sources", widget=SourceRows),
    ]
    override_translatable_fields = [
        *Readable.override_translatable_fields,
        SynchronizedField("subject", overridable=False),
        SynchronizedField("date", overridable=False),
    ]
    parent_page_types = ["cms.NewsIndexPage", "cms.RegionPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
