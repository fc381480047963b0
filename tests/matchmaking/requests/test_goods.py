"""What a request can be about, and in which units it is counted."""

import pytest
from django.urls import reverse

from matchmaking.models import Request
from tests.factories.catalogue import ProductFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def ask_page(fair, exporter):
    return reverse("matchmaking:ask", args=[fair.edition.slug, exporter.pk])


def test_goods_are_counted_in_what_their_unit_measures_its_own_first(client, fair):
    oil = ProductFactory(organisation=fair.exporter.organisation, unit="L")
    page = f"{ask_page(fair, fair.exporter)}?product={oil.pk}"
    client.force_login(fair.buys)

    units = client.get(page).context["form"].fields["unit-0"]

    assert ([key for key, _label in units.choices], units.initial) == (["", "L", "g", "kg"], "L")
    sent = {"what-0": f"p{oil.pk}", "quantity-0": "20", "unit-0": "kg", "priority": "must"}
    answer = client.post(page, sent)
    assert answer.context["form"].errors["unit-0"] == [
        "This is not counted in that unit. Choose one of these: L."
    ]
    assert not Request.objects.exists()
    assert client.post(page, {**sent, "unit-0": "L"}).status_code == 302


def test_a_family_that_the_exporter_does_not_sell_is_not_offered(client, suited):
    sells = suited.exporter
    client.force_login(suited.buys)

    for exporter, family in ((sells, suited.product.product_class), (suited.exporters[0], suited.family)):
        form = client.get(ask_page(suited, exporter)).context["form"]
        assert [key for key in form.goods.known if key.startswith("f")] == [f"f{family.pk}"]
