"""What every page that is read has in common: an introduction, a picture with words for it, a body."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.blocks import body_blocks
from cms.blocks.rich import shown
from cms.sources import refused_addresses

# The root of the tree is at 1, a home page below it at 2.
HOME_DEPTH = 2
# More than anybody reads, and as many as a form shows again with what was typed.
MOST_BLOCKS = 200


class OurPage(Page):
    """What holds for every kind: nothing is behind a password, and no page hides one of the marketplace."""

    # Who may read what is decided by publishing.
    private_page_options: list[str] = []

    class Meta:
        abstract = True

    def clean(self) -> None:
        """The marketplace's own addresses come first, so a page there would never be seen."""
        super().clean()
        parent = self.get_parent() if self.path else None
        if parent is not None and parent.depth == HOME_DEPTH and is_taken(self.slug):
            raise ValidationError(
                {"slug": _("The marketplace answers at this address already. Choose another one.")}
            )


def is_taken(slug: str) -> bool:
    """Whether an address right below a home page belongs to another room."""
    try:
        return resolve(f"/en/{slug}/").url_name != "wagtail_serve"
    except Resolver404:
        return False


class Readable(OurPage):
    """A page with an introduction, a leading picture and a body of blocks."""

    intro = models.CharField(
        _("introduction"),
        max_length=240,
        blank=True,
        help_text=_("Two sentences at most; lists, feeds and shared links show them."),
    )
    picture = models.ForeignKey(
        "cms.Picture",
        verbose_name=_("leading picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    picture_alt = models.CharField(
        _("what the picture shows"),
        max_length=200,
        blank=True,
        help_text=_("In words, for who cannot see it; in the language of this page."),
    )
    body = StreamField(body_blocks(), verbose_name=_("body"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("Leading picture")),
        FieldPanel("body"),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        """A picture comes with words for it, and a source leads to a page that can be reached safely."""
        super().clean()
        if len(self.body) > MOST_BLOCKS:
            said = _("A page holds %(most)s blocks at most; this one has %(count)s. Part it into two pages.")
            told = {"most": MOST_BLOCKS, "count": len(self.body)}
            raise ValidationError({"body": ValidationError(said, params=told)})
        if refused := refused_addresses(getattr(self, "sources", "")):
            said = _("These addresses of sources do not begin with https:// and a name: %(addresses)s.")
            addresses = ", ".join(shown(address) for address in refused[:5])
            raise ValidationError({"sources": ValidationError(said, params={"addresses": addresses})})
        if self.picture_id and not self.picture_alt.strip():
            raise ValidationError(
                {"picture_alt": _("Say in words what the picture shows; some readers cannot see it.")}
            )
