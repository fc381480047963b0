"""Menus and footer as data: each link belongs to one menu of one language."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Locale, Page

from cms.blocks.addresses import is_ours


class Menu(models.TextChoices):
    MAIN = "main", _("main menu, after the marketplace’s own links")
    FOOTER = "footer", _("footer")


class MenuLink(models.Model):
    """One link of a menu: to a page of ours, or to an address of the site."""

    menu = models.CharField(_("menu"), max_length=8, choices=Menu.choices)
    locale = models.ForeignKey(Locale, verbose_name=_("language"), on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(_("position"), default=10)
    label = models.CharField(
        _("label"), max_length=60, blank=True, help_text=_("Empty: the title of the page.")
    )
    page = models.ForeignKey(
        Page, verbose_name=_("page"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    address = models.CharField(
        _("address"), max_length=200, blank=True, help_text=_("Of this site, as /en/products/.")
    )

    panels = [
        FieldPanel("menu"),
        FieldPanel("locale"),
        FieldPanel("position"),
        FieldPanel("label"),
        PageChooserPanel("page"),
        FieldPanel("address"),
    ]

    class Meta:
        verbose_name = _("link of a menu")
        verbose_name_plural = _("links of menus")
        ordering = ["menu", "locale", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(page__isnull=False) ^ ~models.Q(address=""),
                name="menu_link_leads_somewhere",
            )
        ]

    def __str__(self) -> str:
        return self.label or (self.page.title if self.page else self.address)

    @property
    def leads_to(self) -> str:
        """Its page by its title, or its address."""
        return self.page.get_admin_display_title() if self.page else self.address

    def clean(self) -> None:
        """A link leads to one place, and to none outside the site."""
        if bool(self.page_id) == bool(self.address):
            # Below a field of the constraint, which then says nothing of its own.
            raise ValidationError(
                {"page": _("Choose a page or write an address: a link leads to one place.")}
            )
        if self.address and not is_ours(self.address):
            raise ValidationError({"address": _("Begin with a slash: a menu leads to this site only.")})
        if self.address and not self.label:
            raise ValidationError(
                {"label": _("An address has no title of its own; write what the link says.")}
            )
