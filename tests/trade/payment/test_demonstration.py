import pytest
from stdnum import bic

from moussem.organisations.bank import account_from
from moussem.trade.payment.demonstration import give_sellers_an_account, invented_rib
from tests.factories.organisations import OrganisationFactory
from tests.factories.payment import IBAN

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_sellers_of_the_demonstration_get_a_valid_account_that_stays():
    first, second = (OrganisationFactory(is_demonstration=True, code=code) for code in ("c01", "c02"))
    other = OrganisationFactory()
    kept = OrganisationFactory(is_demonstration=True, iban=IBAN)

    for _again in range(2):
        give_sellers_an_account()

    for one in (first, second, other, kept):
        one.refresh_from_db()
    assert first.iban == account_from(invented_rib(1)) != second.iban
    assert bic.is_valid(first.bic)
    assert (other.iban, kept.iban) == ("", IBAN)
