"""Every field for a number with decimals reads it as it is written in any of the three languages."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from cms.answers.forms import AskingFormBuilder
from fairs.floor.forms import BoothForm, TableForm
from fairs.guests.forms import RegisterForm
from matchmaking.requests.forms import GoodsForm
from moussem.organisations.forms import LimitsForm
from moussem.trade.basket.forms import QuantityForm

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

FIELDS = {
    "limit of a purchaser": lambda: LimitsForm().fields["EUR"],
    "quantity in the basket": lambda: QuantityForm().fields["quantity"],
    "width of an aisle": lambda: TableForm().fields["aisle"],
    "size of a booth": lambda: BoothForm.base_fields["area"],
    "volume that a guest needs": lambda: RegisterForm(guest=None, buyer=None).fields["volume-0"],
    "quantity to speak about": lambda: GoodsForm(goods=SimpleNamespace(choices=[], known={})).fields[
        "quantity-0"
    ],
    "number on a form of an editor": lambda: AskingFormBuilder([]).create_number_field(None, {}),
}


@pytest.fixture(params=FIELDS, ids=str)
def field(request):
    return FIELDS[request.param]()


@pytest.mark.parametrize("typed", ["12,5", "12.5", "12.50", "١٢٫٥"])
def test_decimals_are_read_in_any_of_three_languages(field, typed):
    assert field.clean(typed) == Decimal("12.5")


@pytest.mark.parametrize("typed", ["1,500", "1.500", "12,5,0", "twelve", "1e1", "NaN"])
def test_what_could_be_two_numbers_or_none_is_refused(field, typed):
    with pytest.raises(ValidationError):
        field.clean(typed)


def test_browser_is_given_a_field_that_keeps_the_comma(field):
    assert field.widget.input_type == "text"
    assert field.widget.attrs["inputmode"] == "decimal"
