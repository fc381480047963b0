from datetime import date
from decimal import Decimal
from typing import Any

from catalogue.models import Certificate, Lot, Product
from catalogue.queries.grades import grades_for
from catalogue.showcase.lots import AS_OF, lots_for
from catalogue.states import Proof
from moussem.core.dates import at_noon
from moussem.organisations.models import Organisation
from moussem.organisations.states import Verification

Fact = dict[str, Any]
# A certificate was looked at as far as its holder was.
PROOF_OF = {
    Verification.VERIFIED: Proof.VERIFIED,
    Verification.REVIEWED: Proof.REVIEWED,
    Verification.DECLARED: Proof.DECLARED,
}


def import_certificates(
    cooperatives: list[Fact],
    products: list[Fact],
    sellers: dict[str, Organisation],
    by_code: dict[str, Product],
) -> int:
    """The certificates of the cooperatives, bound to the products that carry them; how many."""
    Certificate.objects.bulk_create(
        [_certificate(fact, sellers[coop["id"]]) for coop in cooperatives for fact in coop["certificates"]],
        update_conflicts=True,
        unique_fields=["organisation", "type", "number"],
        update_fields=["valid_from", "valid_until", "proof", "checked_at", "covers_all"],
    )
    held = Certificate.objects.filter(organisation__in=sellers.values())
    found = {(one.organisation_id, one.type_id): one.pk for one in held}
    through = Certificate.products.through
    through.objects.bulk_create(
        [
            through(certificate_id=found[sellers[fact["coop"]].pk, code], product_id=by_code[fact["id"]].pk)
            for fact in products
            for code in fact["certificates"]
        ],
        ignore_conflicts=True,
    )
    return len(found)


def import_lots(facts: list[Fact], products: dict[str, Product]) -> int:
    """The lots of the products; one that exists already is left alone, since orders may hang on it."""
    lots = [lot for fact in facts for lot in _lots(fact, products[fact["id"]])]
    Lot.objects.bulk_create(lots, ignore_conflicts=True)
    return len(lots)


def _certificate(fact: Fact, seller: Organisation) -> Certificate:
    proof = PROOF_OF[Verification(seller.verification)]
    return Certificate(
        organisation=seller,
        type_id=fact["code"],
        number=fact["number"],
        valid_from=date.fromisoformat(fact["valid_from"]),
        valid_until=date.fromisoformat(fact["valid_until"]),
        covers_all=fact.get("covers_all", False),
        proof=proof,
        checked_at=None if proof == Proof.DECLARED else at_noon(AS_OF),
    )


def _lots(fact: Fact, product: Product) -> list[Lot]:
    lab = {code: f"{value.normalize():f}" for code, value in (fact["lab"] or {}).items()}
    chosen = product.attribute_values.filter(value_option__isnull=False).select_related("value_option")
    words = {word for value in chosen for word in value.value_option.option.lower().split()}
    grades = grades_for(lab, fields=product.product_class.lab_fields.all(), words=words) if lab else []
    best = next((grade for grade in grades if grade.is_given), None)
    planned = lots_for(
        capacity=Decimal(fact["capacity_per_year"]),
        multiple=product.order_multiple,
        moq=product.moq,
        harvest_months=fact["harvest_months"],
        shelf_life_months=product.shelf_life_months,
    )
    return [
        Lot(
            product=product,
            organisation_id=product.organisation_id,
            code=f"{fact['id'].upper()}-{lot.harvest_year}",
            harvest_year=lot.harvest_year,
            quantity=lot.quantity,
            best_before=lot.best_before,
            lab=lab,
            laboratory="Laboratoire Exemple Démo" if lab else "",
            analysed_on=lot.made_on if lab else None,
            edition=best.edition if best else "",
            grade=(best.category or "") if best else "",
        )
        for lot in planned
    ]
