"""How an editor picks what lives in lower rooms: products on sale, editions that visitors may see."""

import re
from collections.abc import Iterable
from functools import reduce
from itertools import islice
from operator import and_, or_
from typing import Any

from django import forms
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Case, Model, Q, QuerySet, Value, When
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

from catalogue.concepts.words_now import current_lexicon
from catalogue.models import Product
from catalogue.search.folding import fold
from catalogue.search.lexicon import Concept
from catalogue.search.query import read
from fairs.editions.models import Edition
from fairs.editions.queries import public_editions
from moussem.regions.models import HsCode

CODE_MARKS = re.compile(r"[.\s]+")
LABELS = ("label_en", "label_fr", "label_ar", "moroccan_examples")
SEARCHED = (*LABELS, "official_en")
# What the lexicon knows as goods; whatever else it knows is said of goods.
GOODS = ("thing", "form")
MOST_WORDS = 6
# French articles that lean on the word behind them, little words, and the letters of a word in Arabic below
# which its first two are no article.
ELISION = re.compile(r"\b[dlDL][\'’]")
BETWEEN = {"de", "du", "des", "la", "le", "les", "en", "of", "the", "à", "من"}
MOST_ARTICLE = 4
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


def words_in(said: str) -> list[str]:
    """What is looked for in the names of products: without articles and the little words between nouns."""
    words = ELISION.sub(" ", said).split()
    told = [word.removeprefix("ال") if len(word) > MOST_ARTICLE else word for word in words]
    return [word for word in told if word.lower() not in BETWEEN] or told


def without_qualities(said: str) -> list[str]:
    """The same without what goods of any code may be: organic, of a place, of a season."""
    parts = read(said, current_lexicon()).parts
    left_out = {word for part in parts if part.kind not in GOODS for word in part.typed.split()}
    return [word for word in words_in(said) if fold(word) not in left_out]


def goods_meant(said: str) -> list[Concept]:
    """What goods somebody speaks of, whose labels do not name all of them."""
    lexicon = current_lexicon()
    codes = [part.codes[0] for part in read(said, lexicon).of(*GOODS)]
    return [lexicon.concepts[code] for code in codes if code in lexicon.concepts]


def kind_above(good: Concept) -> Concept:
    """What this is a kind of; what is a kind of nothing stays."""
    return current_lexicon().concepts.get(good.parents[0], good) if good.parents else good


def _named(goods: list[Concept]) -> list[str]:
    """The words of their English names."""
    return " ".join(one.names.get("en", "") for one in goods).lower().split()


def _hold(words: list[str], *, at_start: bool = False, among: tuple[str, ...] = SEARCHED) -> Q:
    """Products that hold every word in one of our languages; without a word, none."""
    look, of = ("iregex", _start_of) if at_start else ("icontains", str)
    found = (reduce(or_, (Q(**{f"{name}__{look}": of(word)}) for name in among)) for word in words)
    return reduce(and_, islice(found, MOST_WORDS), Q(pk__in=()) if not words else Q())


def _start_of(word: str) -> str:
    """A word that begins with these letters, in Arabic also behind its article."""
    return rf"(^|\W)(و?ال)?{re.escape(word)}"


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
        if not said.strip():
            return objects
        goods = goods_meant(said)
        found = _named_so(objects, said, goods)
        if found.exists():
            return found
        known = [objects.filter(_hold(_named([one]), at_start=True)).exists() for one in goods]
        told = [one if is_known else kind_above(one) for one, is_known in zip(goods, known, strict=True)]
        return _named_so(objects, said, told)


def _named_so(objects: QuerySet[HsCode], said: str, goods: list[Concept]) -> QuerySet[HsCode]:
    """Products that hold what was typed or meant, those whose label begins a word with it first."""
    typed, plain, meant = words_in(said), without_qualities(said), _named(goods)
    # Of one good alone the lexicon may know the code.
    known = Q(code__in=goods[0].hs6 if len(goods) == 1 else ())
    told = known | _hold(typed, at_start=True, among=LABELS)
    labelled = _hold(plain, among=LABELS) | _hold(meant, at_start=True, among=LABELS)
    place = Case(When(told, then=Value(0)), When(labelled, then=Value(1)), default=Value(2))
    found = objects.filter(known | _hold(typed) | _hold(plain) | _hold(meant, at_start=True))
    return found.order_by(place, "code")


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
