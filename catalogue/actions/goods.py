"""What becomes of a checked certificate when a product that it names turns into other goods."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import F, Q

from catalogue.models import Certificate, NewTitle, Product
from catalogue.states import Proof
from moussem.core.locks import lock_all
from moussem.core.log import record, record_each

# A list changes tens of thousands: so many are asked about in one statement.
AT_ONCE = 1000


def _checked(products: Collection[int]) -> Any:
    """The checked certificates that name one of these products or of their lots.

    One for everything that its seller sells names no goods: it stands behind whatever that is.
    """
    of_products, of_lots = Certificate.products.through.objects, Certificate.lots.through.objects
    named = Q(pk__in=of_products.filter(product__in=products).values("certificate"))
    named |= Q(pk__in=of_lots.filter(lot__product__in=products).values("certificate"))
    return Certificate.objects.exclude(proof=Proof.DECLARED).filter(named, covers_all=False)


def ask_for_another_look(products: Sequence[int], *, actor: Any) -> None:
    """These products have another customs code: what was checked for them waits for an officer's next look.

    The family of a product never changes; if it ever may, it belongs here too. The caller holds the
    transaction.
    """
    for keys in _chunks(products):
        for certificate in lock_all(_checked(keys)):
            _doubt(certificate, keys, actor)


def _doubt(certificate: Certificate, products: Collection[int], actor: Any) -> None:
    record("goods.changed", certificate, actor=actor, **take_out(certificate, products))


def take_out(certificate: Certificate, products: Collection[int]) -> dict[str, list[Any]]:
    """These products and their lots wait for another look, and are covered by no claim until then; which."""
    goods = list(certificate.products.filter(pk__in=products))
    lots = list(certificate.lots.filter(product__in=products))
    certificate.products.remove(*goods)
    certificate.asked_products.add(*goods)
    certificate.lots.remove(*lots)
    certificate.asked_lots.add(*lots)
    return {"products": [product.pk for product in goods], "lots": [lot.code for lot in lots]}


def tell_of_new_titles(told: Iterable[tuple[Product, str, str, str]], *, actor: Any) -> None:
    """Products, each with a language and its title before and after, told to who checked what names them.

    A title alone takes nothing back: sellers correct words every day. It waits for an officer, who keeps it
    or asks for another look at the product.
    """
    changed = [one for one in told if one[2] != one[3]]
    certificates = _checked_by_product([product.pk for product, *_title in changed])
    found = [(one, certificate) for one in changed for certificate in certificates[one[0].pk]]
    _let_wait(found)
    lines = [
        (certificate, {"product": product.pk, "language": language, "before": before, "after": after})
        for (product, language, before, after), certificate in found
    ]
    record_each("goods.retitled", lines, actor=actor)


def _let_wait(found: Sequence[tuple[tuple[Product, str, str, str], Certificate]]) -> None:
    # The title that was checked stays, however often it is changed before an officer looks.
    NewTitle.objects.bulk_create(
        [
            NewTitle(certificate=certificate, product=product, language=language, before=before, after=after)
            for (product, language, before, after), certificate in found
        ],
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["certificate", "product", "language"],
        update_fields=["after"],
    )
    # Whoever takes a new title back leaves nothing to look at.
    told = {certificate.pk for _title, certificate in found}
    NewTitle.objects.filter(certificate__in=told, before=F("after")).delete()


def forget_titles(certificate: Certificate) -> None:
    """No titles wait of products that the certificate neither covers nor is asked to cover any more."""
    for_products = (Certificate.products, Certificate.asked_products)
    for_lots = (Certificate.lots, Certificate.asked_lots)
    left = certificate.new_titles.all()
    for relation in for_products:
        named = relation.through.objects.filter(certificate=certificate)
        left = left.exclude(product__in=named.values("product"))
    for relation in for_lots:
        named = relation.through.objects.filter(certificate=certificate)
        left = left.exclude(product__in=named.values("lot__product"))
    left.delete()


def _checked_by_product(products: Sequence[int]) -> dict[int, list[Certificate]]:
    named: dict[int, dict[int, Certificate]] = defaultdict(dict)
    for keys in _chunks(products):
        checked = {certificate.pk: certificate for certificate in _checked(keys)}
        of_products = Certificate.products.through.objects.filter(product__in=keys, certificate__in=checked)
        of_lots = Certificate.lots.through.objects.filter(lot__product__in=keys, certificate__in=checked)
        pairs = [*of_products.values_list("product", "certificate")]
        pairs += of_lots.values_list("lot__product", "certificate")
        for product, certificate in pairs:
            named[product][certificate] = checked[certificate]
    return defaultdict(list, {product: list(found.values()) for product, found in named.items()})


def _chunks(products: Sequence[int]) -> Iterator[Sequence[int]]:
    return (products[at : at + AT_ONCE] for at in range(0, len(products), AT_ONCE))
