"""How an editor picks what lives in lower rooms: products on sale, editions that visitors may see."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, Q, QuerySet
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic.chooser import (
    ChooseResultsView,
    ChooseView,
    ChosenMultipleView,
    ChosenView,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser

from catalogue.models import Product
from fairs.editions.models import Edition
from fairs.editions.queries import public_editions
from moussem.regions.models import HsCode

CODE_MARKS = re.compile(r"[.\s]+")
SEARCHED = ("label_en", "label_fr", "label_ar", "official_en", "moroccan_examples")
MOST_WORDS = 6
NUMBER = re.compile(r"[0-9]{1,18}", re.ASCII)


class Offered:
    """An answer for what the list offers, and for no other number."""

    offered: Any = None

    def get_object(self, pk: str) -> Model:
        found: Model = self.offered().get(pk__in=[one for one in [pk] if NUMBER.fullmatch(one)])
        return found

    def get_objects(self, pks: list[str]) -> QuerySet[Any]:
        found: QuerySet[Any] = self.offered().filter(pk__in=[one for one in pks if NUMBER.fullmatch(one)])
        return found


class ChosenOne(Offered, ChosenView):
    """What is chosen."""


class ChosenSeveral(Offered, ChosenMultipleView):
    """Several of it."""


class Chooser(ChooserViewSet):
    """A choice among what is offered: nothing is made here."""

    chosen_view_class, chosen_multiple_view_class = ChosenOne, ChosenSeveral

    @property
    def chosen_view(self) -> Any:
        return self.construct_view(self.chosen_view_class, offered=self.get_object_list)

    @property
    def chosen_multiple_view(self) -> Any:
        return self.construct_view(self.chosen_multiple_view_class, offered=self.get_object_list)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [one for one in super().get_urlpatterns() if one.name != "create"]


class InWords:
    """Products under their titles in the editor's language."""

    def get_display_title(self, instance: Product) -> str:
        return instance.label


class ListedInWords:
    """A list of products under their titles in the editor's language."""

    @property
    def title_column(self) -> Any:
        column = super().title_column  # type: ignore[misc]
        column.accessor = "label"
        return column


class ProductWidget(BaseChooser):
    """The product that is chosen; of one that readers do not see, not even its title."""

    def get_display_title(self, instance: Product) -> str:
        is_offered = Product.objects.listed().filter(pk=instance.pk).exists()
        return instance.label if is_offered else str(_("A product that is not on sale now"))


class EditionWidget(BaseChooser):
    """The edition that is chosen; of one that readers do not see, not even its name."""

    def get_display_title(self, instance: Edition) -> str:
        return str(instance if instance.is_public else _("An edition that is not announced"))


class ChosenProduct(InWords, ChosenOne):
    """A product, once chosen."""


class ChosenProducts(InWords, ChosenSeveral):
    """Several of them."""


class ListOfProducts(ListedInWords, ChooseView):
    """What may be chosen."""


class PageOfProducts(ListedInWords, ChooseResultsView):
    """More of it."""


class ProductChooser(Chooser):
    """Products that are listed now; one taken off sale later leaves its shelf by itself."""

    model = Product
    base_widget_class = ProductWidget
    choose_view_class, choose_results_view_class = ListOfProducts, PageOfProducts
    chosen_view_class, chosen_multiple_view_class = ChosenProduct, ChosenProducts
    icon = "tag"
    choose_one_text = _("Choose a product")
    choose_another_text = _("Choose another product")
    edit_item_text = _("Look at this product")

    def get_object_list(self) -> QuerySet[Product]:
        return Product.objects.listed().prefetch_related("texts").order_by("title", "pk")


class EditionChooser(Chooser):
    """Editions that visitors may see."""

    model = Edition
    base_widget_class = EditionWidget
    icon = "calendar"
    choose_one_text = _("Choose an edition")
    choose_another_text = _("Choose another edition")
    edit_item_text = _("Look at this edition")

    def get_object_list(self) -> QuerySet[Edition]:
        return public_editions()


class CodeOrWords(BaseFilterForm):
    """What a product of the Harmonized System is searched by; dots and spaces of a code count for nothing."""

    q = forms.CharField(
        label=_("Code or words"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"placeholder": _("0910.20 or saffron")}),
    )

    def filter(self, objects: QuerySet[HsCode]) -> QuerySet[HsCode]:
        """Those that begin with the code, or hold every word in one of our languages."""
        said = self.cleaned_data["q"]
        self.search_query, self.is_searching = said, bool(said)
        code = CODE_MARKS.sub("", said)
        if NUMBER.fullmatch(code):
            return objects.filter(code__startswith=code)
        for word in said.split()[:MOST_WORDS]:
            found = Q()
            for name in SEARCHED:
                found |= Q(**{f"{name}__icontains": word})
            objects = objects.filter(found)
        return objects


class ListOfCodes(ChooseView):
    """The first products, and a field to search in."""

    filter_form_class = CodeOrWords


class PageOfCodes(ChooseResultsView):
    """What was found, and more of it."""

    filter_form_class = CodeOrWords


class HsChooser(Chooser):
    """Products of the Harmonized System, thousands of them: searched by code or by words."""

    model = HsCode
    choose_view_class, choose_results_view_class = ListOfCodes, PageOfCodes
    icon = "tag"
    choose_one_text = _("Search by HS code or words")
    choose_another_text = _("Choose another product")
    edit_item_text = _("Look at this product")
    page_title = _("Choose a product")

    def get_object_list(self) -> QuerySet[HsCode]:
        return HsCode.objects.order_by("code")


product_chooser = ProductChooser("product_chooser", url_prefix="choose/product")
edition_chooser = EditionChooser("edition_chooser", url_prefix="choose/edition")
hs_chooser = HsChooser("hs_chooser", url_prefix="choose/hs")

_ChooserOfProducts = product_chooser.get_block_class(
    name="ProductChooserBlock", module_path="cms.blocks.choosers"
)


class ProductChooserBlock(_ChooserOfProducts):
    """A product by its key: a shelf asks for its card of now, and for nothing else before."""

    def bulk_to_python(self, values: Iterable[int | None]) -> list[Product | None]:
        """Products of which nothing is known but their keys, until somebody asks for more."""
        return [Product.from_db(DEFAULT_DB_ALIAS, ["id"], [key]) if key else None for key in values]

    def get_form_state(self, value: Product | None) -> Any:
        """The product as an editor sees it; nothing where it is gone."""
        return super().get_form_state(Product.objects.filter(pk=value.pk).first() if value else None)


EditionChooserBlock = edition_chooser.get_block_class(
    name="EditionChooserBlock", module_path="cms.blocks.choosers"
)
