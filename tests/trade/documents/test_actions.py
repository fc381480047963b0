from decimal import Decimal

import pytest
from django.db import transaction

from catalogue.models import ProductText
from moussem.core.log import history_of
from moussem.core.models import Counter
from moussem.trade.documents.actions import issue_confirmation, issue_proformas
from moussem.trade.documents.content import delivery_of
from moussem.trade.documents.models import Document
from moussem.trade.documents.sheet import sheet_of
from moussem.trade.order.models import ShippingAddress
from tests.factories.catalogue import ProductFactory
from tests.factories.trade import buyer, placed_order, seller

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def numbers():
    return list(Document.objects.order_by("pk").values_list("number", flat=True))


def test_papers_are_numbered_by_seller_and_kind(django_capture_on_commit_callbacks):
    one, other = seller(), seller()
    orders = [placed_order(seller_side=side) for side in (one, one, other)]

    for order in orders:
        issue_proformas([order])
    issue_confirmation(orders[0])

    first, second = one.organisation_id, other.organisation_id
    year = Document.objects.first().issued_at.year
    assert numbers() == [
        f"PF-{first:04d}-{year}-00001",
        f"PF-{first:04d}-{year}-00002",
        f"PF-{second:04d}-{year}-00001",
        f"OC-{first:04d}-{year}-00001",
    ]


def test_a_paper_asked_for_twice_is_the_same_paper():
    order = placed_order()

    assert issue_confirmation(order) == issue_confirmation(order)

    assert Document.objects.count() == 1
    assert [line.verb for line in history_of(order)] == ["issued.confirmation"]


def test_a_number_rolled_back_is_given_again():
    side = seller()
    kept, lost = placed_order(seller_side=side), placed_order(seller_side=side)
    issue_proformas([kept])

    with pytest.raises(RuntimeError), transaction.atomic():
        issue_proformas([lost])
        raise RuntimeError
    issue_proformas([lost])

    assert [number[-5:] for number in numbers()] == ["00001", "00002"]
    assert list(Counter.objects.values_list("value", flat=True)) == [2]


def test_a_paper_stays_as_it_was_issued():
    order = placed_order()
    document = issue_proformas([order])[0]
    before = Document.objects.get().content

    product = order.lines.get().product
    product.tiers.update(unit_price=Decimal(99))
    ProductText.objects.filter(product=product).update(title="Something else")
    type(product).objects.filter(pk=product.pk).update(title="Something else", unit="kg")
    type(order.seller).objects.update(name="Another name", iban="", address="Elsewhere")
    order.lines.update(title="Something else", line_price_excl_tax=1)

    document.refresh_from_db()
    assert document.content == before
    assert before["seller"]["name"] != "Another name"


@pytest.mark.parametrize("currency", ["EUR", "USD", "MAD"])
@pytest.mark.parametrize("full", [False, True])
def test_amounts_agree_with_the_order_to_the_cent(currency, full):
    side = seller()
    wanted = [
        (ProductFactory(organisation=side.organisation, ladder=[("100", price)]), Decimal(700))
        for price in ("0.3333", "1.1117", "9.9999")
    ]
    order = placed_order(seller_side=side, wanted=wanted, currency=currency, full=full)

    content = issue_proformas([order])[0].content

    lines = sum(Decimal(line["total"]) for line in content["lines"])
    instalments = sum(Decimal(one["amount"]) for one in content["instalments"])
    assert lines == Decimal(content["goods"])
    assert lines + Decimal(content["freight"]) == Decimal(content["total"]) == order.total_excl_tax
    assert instalments == order.total_excl_tax


def test_a_paper_names_the_goods_in_its_own_language():
    document = issue_proformas([placed_order()])[0]
    titles = dict(ProductText.objects.values_list("language", "title"))

    named = {language: sheet_of(document, language)["lines"][0]["title"] for language in ("en", "fr")}

    assert named == {"en": titles["en"], "fr": titles["fr"]}
    assert titles["en"] != titles["fr"]


def test_paper_names_the_firms_with_address_and_tax_number():
    told = {"address": "12 rue Mercière\n69002 Lyon", "tax_number": "FR 12 345678901"}
    order = placed_order(
        buyer_side=buyer(name="Lumière SA", city="Lyon", **told),
        seller_side=seller(name="Coopérative Tizi", city="Taroudant", tax_number="ICE 001"),
    )
    issue_proformas([order])

    sheet = sheet_of(Document.objects.get(), "en")

    assert sheet["buyer"]["lines"][:3] == ["Lumière SA", "12 rue Mercière", "69002 Lyon"]
    assert "Tax no. FR 12 345678901" in sheet["buyer"]["lines"]
    assert "Tax no. ICE 001" in sheet["seller"]["lines"] and "Taroudant" in sheet["seller"]["lines"]


def test_address_of_before_is_printed_in_latin_digits():
    order = placed_order()
    ShippingAddress.objects.filter(pk=order.shipping_address_id).update(line1="١٢ rue X", postcode="٦٩٠٠١")
    order.shipping_address.refresh_from_db()

    lines = delivery_of(order)["lines"]

    assert lines[2:4] == ["12 rue X", "69001 Lyon"]


def test_delivery_begins_with_the_firm():
    order = placed_order(buyer_side=buyer(name="Lumière SA", city="Lyon"))
    issue_proformas([order])

    lines = sheet_of(Document.objects.get(), "en")["delivery"]["lines"]

    assert lines[:4] == ["Lumière SA", "Léa Martin", "12 rue de la République", "69002 Lyon"]
