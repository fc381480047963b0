from collections.abc import Sequence

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from catalogue.models import Family, Product, ProtectedName
from moussem.organisations.models import Organisation
from moussem.organisations.states import CHECKED
from moussem.regions.models import Region

SHOWN = 3
LISTED = Q(products__is_public=True, products__organisation__isnull=False)


def regions_with_products() -> QuerySet[Region]:
    """The twelve regions, each with the number of products that come from it."""
    return Region.objects.annotate(product_count=Count("products", filter=LISTED)).order_by("code")


def regions_with_families() -> list[Region]:
    """The twelve regions with their ``product_count`` and the ``families`` most offered from each."""
    regions = list(regions_with_products())
    counts = (
        Product.objects.listed()
        .filter(origin_region__isnull=False)
        .order_by()
        .values_list("origin_region", "product_class")
        .annotate(count=Count("pk"))
    )
    rows = sorted(counts, key=lambda row: (-row[2], row[1]))
    families = Family.objects.in_bulk({family for _region, family, _count in rows})
    for region in regions:
        region.families = [families[family] for code, family, _count in rows if code == region.code][:SHOWN]
    return regions


def region_of(code: str) -> Region | None:
    """One region by its ISO code."""
    return Region.objects.filter(code=code).first()


def protected_names_in(region: Region) -> QuerySet[ProtectedName]:
    """The protected names whose area touches a region, with the provinces concerned."""
    return (
        ProtectedName.objects.filter(provinces__region=region)
        .prefetch_related("provinces")
        .order_by("name")
        .distinct()
    )


def producers_of(region: Region) -> QuerySet[Organisation]:
    """The sellers of a region that list something, with ``product_count``."""
    return _sellers().filter(region=region).order_by("-product_count", "name", "pk")


def sellers_to_feature() -> QuerySet[Organisation]:
    """Checked sellers that list something: led by women first, then in remote areas, then the fullest."""
    return (
        _sellers()
        .filter(verification__in=CHECKED)
        .order_by(F("women_led").desc(), F("remote_area").desc(), "-product_count", "name")
    )


def sellers_of(keys: Sequence[int]) -> QuerySet[Organisation]:
    """Those of these organisations that list something, with ``product_count``."""
    return _sellers().filter(pk__in=keys)


def _sellers() -> QuerySet[Organisation]:
    theirs = Product.objects.listed().filter(organisation=OuterRef("pk")).order_by().values("organisation")
    return (
        Organisation.objects.sellers()
        .annotate(product_count=Coalesce(Subquery(theirs.annotate(n=Count("pk")).values("n")), 0))
        .filter(product_count__gt=0)
        .select_related("region", "province")
    )
