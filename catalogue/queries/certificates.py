from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from catalogue.models import Certificate, Lot, NewTitle, Product

# What a page tells of a certificate.
TOLD = (
    "number",
    "valid_until",
    "proof",
    "checked_at",
    "type__kind",
    "type__name_en",
    "type__name_fr",
    "type__name_ar",
    "checked_by__first_name",
    "checked_by__last_name",
)

# The types that prove what buyers ask for in a word.
ORGANIC = ("EU-ORG", "NOP", "JAS", "BIO-MA", "COSMOS", "GOTS")
FAIR = ("FT", "FFL", "FW")


def stands_behind(certificates: QuerySet[Certificate]) -> Q:
    """The products that one of these certificates stands behind: it names them, or all of their seller."""
    named = certificates.filter(products=OuterRef("pk"))
    whole = certificates.filter(covers_all=True, organisation=OuterRef("organisation"))
    return Q(Exists(named)) | Q(Exists(whole))


def goods_of(certificate: Certificate) -> list[Product]:
    """Every product that a certificate covers or is to cover, also those named only through a lot."""
    lots = [*certificate.lots.all(), *certificate.asked_lots.all()]
    named = {*certificate.products.all(), *certificate.asked_products.all(), *(lot.product for lot in lots)}
    return sorted(named, key=lambda product: product.pk)


def asks_for_more() -> Q:
    """The certificates that wait for an officer, to cover more than was looked at: products, lots, or all."""
    products, lots = Certificate.asked_products.through.objects, Certificate.asked_lots.through.objects
    of_this = {"certificate": OuterRef("pk")}
    return Q(asks_all=True) | Q(Exists(products.filter(**of_this))) | Q(Exists(lots.filter(**of_this)))


def has_new_titles() -> Q:
    """The certificates under which a product was given another title since an officer looked."""
    return Q(Exists(NewTitle.objects.filter(certificate=OuterRef("pk"))))


def types_behind(products: Sequence[int], certificates: QuerySet[Certificate]) -> dict[int, set[str]]:
    """The types of the certificates that stand behind each of these products, as `stands_behind` says."""
    held: dict[int, set[str]] = defaultdict(set)
    for product, code in certificates.filter(products__in=products).values_list("products", "type_id"):
        held[product].add(code)
    of_seller: dict[int, list[int]] = defaultdict(list)
    for product, seller in Product.objects.filter(pk__in=products).values_list("pk", "organisation_id"):
        of_seller[seller].append(product)
    whole = certificates.filter(organisation__in=of_seller, covers_all=True)
    for seller, code in whole.values_list("organisation_id", "type_id"):
        for product in of_seller[seller]:
            held[product].add(code)
    return held


def certificates_on(product: Product, lot: Lot | None = None) -> QuerySet[Certificate]:
    """What stands behind a product today: its own certificates, its lot's, and those of the whole seller."""
    for_products, for_lots = Certificate.products.through.objects, Certificate.lots.through.objects
    # Asked by key: a join would walk every product of every certificate.
    covers = Q(pk__in=for_products.filter(product=product).values("certificate"))
    if lot is not None:
        covers |= Q(pk__in=for_lots.filter(lot=lot).values("certificate"))
    covers |= Q(covers_all=True, organisation=product.organisation_id)
    return (
        Certificate.objects.valid()
        .filter(covers)
        .select_related("type", "checked_by")
        .only(*TOLD)
        .order_by("type__kind", "type_id", "-valid_until")
    )
