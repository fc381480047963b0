"""Buyers with their answers at checkout."""

from uuid import uuid4

from moussem.organisations.states import Role
from moussem.trade.basket.queries import view_of
from moussem.trade.checkout.actions import place_purchase
from moussem.trade.checkout.queries import reckoning_of
from tests.factories.organisations import MembershipFactory
from tests.factories.regions import CountryFactory
from tests.factories.shipping import incoterm


def buying_member(role=Role.OWNER, **organisation):
    """Somebody who orders for a buyer of Lyon."""
    fields = {f"organisation__{name}": value for name, value in organisation.items()}
    return MembershipFactory(role=role, organisation__buyer=True, **fields)


def answers_for(basket, buyer, *, plan="deposit", term="EXW||Taroudant", mode="road", place="Taroudant"):
    """Goods to Lyon, the same rule from every seller of the basket."""
    incoterm("EXW")
    CountryFactory(code="FR")
    sellers = {group.seller.pk for group in view_of(basket).groups}
    return {
        "buyer": buyer.pk,
        "delivery": {
            "contact": "Claire Lumière",
            "line1": "12 quai de Saône",
            "city": "Lyon",
            "postcode": "69002",
            "country": "FR",
            "phone": "+33478000000",
            "reference": "PO-77",
            "note": "Please call before sending.",
        },
        "terms": {str(pk): {"term": term, "mode": mode, "place": place} for pk in sellers},
        "payment": {"plan": plan},
    }


def placed(basket, membership, **answers):
    """What placing this basket gives: a purchase, or a request for approval."""
    given = answers_for(basket, membership.organisation, **answers)
    seen = seen_of(basket, given)
    return place_purchase(basket, answers=given, seen=seen, actor=membership.user, key=uuid4())


def seen_of(basket, answers):
    """What the review of this basket shows now."""
    return reckoning_of(view_of(basket), answers).seen
