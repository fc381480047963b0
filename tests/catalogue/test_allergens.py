"""Allergens are declared of what is eaten or put on the skin, and of nothing else."""

import pytest

from catalogue.actions.reference import load_families
from catalogue.imports.forms import column_names
from catalogue.listing.forms.details import DetailsForm
from catalogue.models import Family
from tests.catalogue.imports.lists import text
from tests.catalogue.imports.test_views import desk, reasons, try_out
from tests.factories.catalogue import FamilyFactory, ProductFactory

__all__ = ["desk"]
pytestmark = [pytest.mark.integration, pytest.mark.django_db]
CRAFTS = ("textiles-leather", "crafts")


@pytest.mark.parametrize("declared", [True, False])
def test_page_and_form_speak_of_allergens_where_the_family_declares_them(client, declared):
    family = FamilyFactory(declares_allergens=declared)
    product = ProductFactory(product_class=family, shelf_life_months=24)

    page = client.get(product.get_absolute_url()).content.decode()

    told = ["Allergens" in page, "none declared" in page, "Shelf life" in page]
    assert told == [declared, declared, True]
    assert ("allergens" in DetailsForm(product=product).fields) == declared
    assert ("allergens" in column_names(family)) == declared


def test_crafts_of_the_reference_declare_none_and_everything_else_does():
    load_families()

    undeclared = Family.objects.filter(declares_allergens=False).values_list("pk", flat=True)

    crafts = Family.objects.filter(department__slug__in=CRAFTS).values_list("pk", flat=True)
    assert sorted(undeclared) == sorted(crafts)


def test_allergens_of_a_craft_in_a_list_are_refused_with_the_reason(desk):
    lines = [["Réf", "Désignation", "Famille", "Allergènes"], ["T-1", "Tapis", "Tapis", "sulfites"]]

    tried = try_out(desk, text(lines))

    assert reasons(tried) == [(2, "allergens", "question")]
