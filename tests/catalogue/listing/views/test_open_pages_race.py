"""A change that a colleague writes while a page is being sent is seen by it, on a database with row locks."""

import pytest
from django.urls import reverse

from catalogue.models import Product
from tests.races import on_postgresql, while_it_waits
from tests.sent_forms import as_shown

pytestmark = on_postgresql


@pytest.mark.parametrize("name", ["details", "terms"])
def test_page_that_waits_for_a_colleagues_change_does_not_write_over_it(desk, product, name):
    address = reverse(f"listing:{name}", args=[product.pk])
    form = as_shown(desk.get(address), lead_time_days="9")

    with while_it_waits(product, lambda: desk.post(address, form)) as answer:
        Product.objects.filter(pk=product.pk).update(national_code="0910200000")

    back = answer.result()
    assert (back.status_code, [*back.context["form"].otherwise]) == (200, ["national_code"])
    kept = Product.objects.values_list("national_code", "lead_time_days").get(pk=product.pk)
    assert kept == ("0910200000", product.lead_time_days)
