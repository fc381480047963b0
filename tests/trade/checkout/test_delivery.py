"""Where goods go to, as carriers and customs abroad can read it."""

import pytest
from django.urls import reverse

from moussem.trade.checkout.models import CheckoutDraft
from tests.factories.basket import filled_basket
from tests.factories.catalogue import ProductFactory
from tests.factories.checkout import buying_member
from tests.factories.regions import CountryFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.mark.parametrize(
    ("twelve", "code", "phone"),
    [
        ("١٢", "٦٩٠٠٢", "+٣٣ ٤ ٧٨ ٠٠ ٠٠ ٠٠"),
        ("۱۲", "۶۹۰۰۲", "+۳۳ ۴ ۷۸ ۰۰ ۰۰ ۰۰"),
        ("１２", "６９００２", "+３３４７８００００００"),
    ],
)
def test_address_is_kept_in_latin_digits_whichever_were_typed(client, twelve, code, phone):
    member = buying_member()
    client.force_login(member.user)
    CountryFactory(code="FR")
    filled_basket(ProductFactory(), owner=member.user)
    typed = {"contact": "Claire", "line1": f"{twelve} quai de Saône", "line2": f"B{twelve}", "city": "Lyon"}

    client.post(reverse("checkout:delivery"), {**typed, "postcode": code, "country": "FR", "phone": phone})

    kept = CheckoutDraft.objects.get().answers["delivery"]
    assert [kept[name] for name in ("line1", "line2", "postcode", "phone")] == [
        "12 quai de Saône",
        "B12",
        "69002",
        "+33478000000",
    ]
