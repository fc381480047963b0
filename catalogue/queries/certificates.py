from collections.abc import Iterable

from django.db.models import Q, QuerySet

from catalogue.models import Certificate, Lot, Product


def valid_certificates_of(products: Iterable[Product]) -> QuerySet[Certificate]:
    """The certificates in force today that cover any of these products, with their types."""
    return (
        Certificate.objects.valid()
        .filter(products__in=products)
        .select_related("type")
        .order_by("type_id", "-valid_until")
        .distinct()
    )


def certificates_on(product: Product, lot: Lot | None = None) -> QuerySet[Certificate]:
    """What stands behind a product today: its own certificates, its lot's, and those of the whole seller."""
    covers = Q(products=product)
    if lot is not None:
        covers |= Q(lots=lot)
    covers |= Q(organisation=product.organisation_id, products=None, lots=None)
    return (
        Certificate.objects.valid()
        .filter(covers)
        .select_related("type", "checked_by")
        .order_by("type__kind", "type_id", "-valid_until")
        .distinct()
    )
