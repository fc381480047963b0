"""Lists that sellers sent, and the products they speak of already."""

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from catalogue.imports.models import ProductList
from catalogue.imports.states import ImportState
from catalogue.models import Product
from moussem.core.log import history_of
from moussem.core.models import LogEntry
from moussem.organisations.models import Organisation
from moussem.organisations.queries import selling_organisations_of

# The line that tells what a list found of a product before it changed it.
LISTED_CHANGE = "list.changed"
# What stands beside the facts that a list may change, so that these can still be put back.
LOTS = ("lot.added", "lot.changed")
ASIDE = ("withdrawn", "photo.added", "photo.leads", "photo.removed", "photos.added", "photos.removed")


def lists_of(organisation: Organisation) -> QuerySet[ProductList]:
    """The lists that a seller sent, the last one first."""
    lists = ProductList.objects.filter(organisation=organisation).select_related("sent_by")
    return lists.defer("problems", "jumps", "changes")


def lists_kept_by(user: Any) -> QuerySet[ProductList]:
    """The lists that a person may try out and import."""
    return ProductList.objects.filter(organisation__in=selling_organisations_of(user)).select_related(
        "organisation", "family"
    )


def came_back(product_list: ProductList) -> bool:
    """Whether the list was to be imported and was tried out instead: what it speaks of had changed."""
    if product_list.state != ImportState.CHECKED:
        return False
    last = history_of(product_list).filter(verb__startswith="moved.").last()
    return last is not None and last.facts.get("was") == ImportState.WRITING


def known_products(organisation: Organisation, codes: Iterable[str]) -> dict[str, Product]:
    """The seller's products by its own codes, with all that a list may change."""
    found = (
        Product.objects.of(organisation)
        .filter(seller_code__in=list(codes))
        .select_related("product_class")
        .prefetch_related(
            "texts",
            "tiers",
            "lots",
            "attribute_values__attribute",
            "attribute_values__value_option",
            "attribute_values__value_multi_option",
        )
    )
    return {product.seller_code: product for product in found}


def codes_of(organisation: Organisation) -> list[str]:
    """The seller's own codes of all its products."""
    codes = Product.objects.of(organisation).exclude(seller_code="").order_by("pk")
    return list(codes.values_list("seller_code", flat=True))


def drafts_of(product_list: ProductList) -> QuerySet[Product]:
    """The products that the import of this list began and that are still drafts."""
    began = _lines().filter(verb="started", facts__list=product_list.pk)
    drafts = Product.objects.of(product_list.organisation).filter(is_public=False)
    return drafts.exclude(seller_code="").filter(Exists(began))


def untouched_drafts_of(product_list: ProductList) -> QuerySet[Product]:
    """Those that are as the list left them: never listed, never changed, covered by no certificate."""
    return drafts_of(product_list).filter(
        ~Exists(_lasting(_lines().exclude(verb="started"))),
        listed_at=None,
        certificates=None,
        certificates_asked=None,
    )


def stamp_of(product_list: ProductList) -> dict[str, Any]:
    """What the log knows one import of a list by: undone and imported again, the list makes another."""
    asked = product_list.asked_at.isoformat() if product_list.asked_at else ""
    return {"list": product_list.pk, "asked": asked}


def changed_by(product_list: ProductList) -> QuerySet[LogEntry]:
    """The lines on known products that the last import of this list changed, with what it found."""
    stamp = {f"facts__{name}": value for name, value in stamp_of(product_list).items()}
    own = Product.objects.of(product_list.organisation).annotate(number=Cast("pk", CharField(max_length=40)))
    lines = LogEntry.objects.filter(verb=LISTED_CHANGE, subject_type="catalogue.product", **stamp)
    return lines.filter(subject_id__in=own.values("number")).order_by("pk")


def unchanged_since(lines: QuerySet[LogEntry]) -> QuerySet[LogEntry]:
    """Those of these lines whose products nobody went on with."""
    return lines.filter(~Exists(_gone_on()), ~_counted_since())


def changed_since(lines: QuerySet[LogEntry]) -> QuerySet[LogEntry]:
    """Those of these lines whose products somebody went on with: nothing is put back there."""
    return lines.filter(Exists(_gone_on()) | _counted_since())


def products_of(lines: Iterable[LogEntry]) -> dict[str, Product]:
    """The products that lines of the log are about, by the keys that these have there."""
    keys = [int(line.subject_id) for line in lines]
    found = (
        Product.objects.filter(pk__in=keys).select_related("product_class").prefetch_related("texts", "tiers")
    )
    return {str(product.pk): product for product in found}


def _gone_on() -> QuerySet[LogEntry]:
    return _lasting(_since().exclude(verb__in=(*LOTS, *ASIDE)))


def _lasting(lines: QuerySet[LogEntry]) -> QuerySet[LogEntry]:
    """Those of these lines that still say something: of an import and what undid it nothing is left."""
    undone = LogEntry.objects.annotate(which=KT("facts__undone"), when=KT("facts__undone_asked")).filter(
        subject_type=OuterRef("subject_type"),
        subject_id=OuterRef("subject_id"),
        pk__gt=OuterRef("pk"),
        which=OuterRef("which_list"),
        when=OuterRef("when_asked"),
    )
    told = lines.annotate(which_list=KT("facts__list"), when_asked=KT("facts__asked"))
    return told.exclude(facts__has_key="undone").filter(~Exists(undone))


def _counted_since() -> Q:
    # Lots count in the unit that a list gave.
    return Q(facts__before__details__has_key="unit") & Exists(_since().filter(verb__in=LOTS))


def _since() -> QuerySet[LogEntry]:
    return LogEntry.objects.filter(
        subject_type=OuterRef("subject_type"), subject_id=OuterRef("subject_id"), pk__gt=OuterRef("pk")
    )


def _lines() -> QuerySet[LogEntry]:
    """What the log tells of a product: every write has its line."""
    number = Cast(OuterRef("pk"), CharField(max_length=40))
    return LogEntry.objects.filter(subject_type="catalogue.product", subject_id=number)
