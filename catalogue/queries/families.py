from collections.abc import Iterable

from django.db.models import Count, Prefetch, Q, QuerySet

from catalogue.models import Category, Family, LabField, LabLimit, Product
from moussem.organisations.models import Organisation

LISTED = Q(products__is_public=True, products__organisation__isnull=False)


def departments_with_families() -> QuerySet[Category]:
    """The departments in their order, each with its families and their ``product_count``."""
    counted = Family.objects.annotate(product_count=Count("products", filter=LISTED))
    return (
        Category.objects.browsable().order_by("path").prefetch_related(Prefetch("families", queryset=counted))
    )


def department_of(pk: int) -> Category | None:
    """One department with its families and their ``product_count``."""
    return departments_with_families().filter(pk=pk).first()


def family_of(slug: str) -> Family | None:
    """One family with its department, lab fields, suggested HS codes and questions."""
    return (
        Family.objects.filter(slug=slug)
        .select_related("department")
        .prefetch_related("lab_fields", "hs_codes")
        .first()
    )


def lab_limits_for(fields: list[LabField]) -> QuerySet[LabLimit]:
    """The limits of the standards that these lab fields name, with their editions and sources."""
    standards = {field.standard for field in fields if field.standard}
    return LabLimit.objects.filter(standard__in=standards)


def families_made_by(sellers: Iterable[Organisation]) -> dict[int, list[tuple[Family, int]]]:
    """The families in which each seller offers products, by key, with how many; the most first."""
    listed = Product.objects.listed().filter(organisation__in=[seller.pk for seller in sellers])
    counts = listed.order_by().values_list("organisation", "product_class").annotate(count=Count("pk"))
    rows = sorted(counts, key=lambda row: (-row[2], row[1]))
    families = Family.objects.in_bulk({family for _seller, family, _count in rows})
    made: dict[int, list[tuple[Family, int]]] = {}
    for seller, family, count in rows:
        made.setdefault(seller, []).append((families[family], count))
    return made
