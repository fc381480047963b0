"""Where the links of menus are kept, in the order in which readers find them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, Table
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from cms.menus.models import MenuLink


class TableByMenu(Table):
    """Links under the menu and the language they show in."""

    template_name = "cms/editors/menu_links.html"


class ListOfLinks(IndexView):
    """Each menu of each language by itself."""

    table_class = TableByMenu

    def order_queryset(self, queryset: Any) -> Any:
        """As readers find them, whatever column was clicked."""
        return queryset.select_related("locale", "page").order_by("-menu", "locale", "position", "pk")


class LinksOfMenus(SnippetViewSet):
    """The links of menus and of the footer."""

    model = MenuLink
    icon = "list-ul"
    index_view_class = ListOfLinks
    list_display = [
        "__str__",
        Column("leads_to", label=_("Leads to")),
        Column("position", label=_("Position")),
    ]
    list_filter = ["menu", "locale"]
    list_per_page = 100
