import pytest

from moussem.trade.shipping.demonstration import bring_in_the_freight_rates, load_reference_of_shipping
from moussem.trade.shipping.models import FreightRate, Incoterm
from moussem.trade.shipping.states import Mode
from tests.factories.organisations import OrganisationFactory
from tests.factories.regions import CountryFactory
from tests.factories.shipping import terms_offered

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def world():
    """Two demonstration cooperatives, one of them silent about carriage, and the countries of the rates."""
    for code in ("FR", "ES", "PT", "BE", "NL", "DE", "IT", "GB"):
        CountryFactory(code=code)
    load_reference_of_shipping()
    fields = {"is_demonstration": True, "city": "Taliouine"}
    return OrganisationFactory(code="c01", **fields), OrganisationFactory(code="c11", **fields)


def test_demonstration_rates_can_be_brought_in_twice(world):
    bring_in_the_freight_rates()
    first = FreightRate.objects.count()
    bring_in_the_freight_rates()

    assert FreightRate.objects.count() == first > 0
    assert Incoterm.objects.count() == 11


def test_a_cooperative_without_rates_is_asked(world):
    speaking, silent = world
    bring_in_the_freight_rates()

    def chosen(seller):
        terms = terms_offered(seller, CountryFactory(code="FR"), "MAD", None)
        return {term.incoterm.code for term in terms if term.reason_not_offered is None}

    assert chosen(silent) == chosen(speaking) == {"EXW"}
    assert {rate.seller for rate in FreightRate.objects.all()} == {speaking}


def test_no_demonstration_rate_breaks_a_rule(world):
    bring_in_the_freight_rates()

    by_sea = FreightRate.objects.filter(incoterm__sea_only=True).values_list("mode", flat=True)
    assert set(by_sea) == {Mode.SEA}
    assert not FreightRate.objects.filter(per_consignment=0).exists()
