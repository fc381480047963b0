"""Every field for a number reads it as it is written in any of the three languages."""

from decimal import Decimal

import pytest
from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from catalogue.listing.forms.details import DetailsForm
from catalogue.listing.forms.proofs import LotForm
from cms.answers.forms import AskingFormBuilder
from fairs.badges.forms import DoorForm
from fairs.editions.forms import DaysForm
from fairs.floor.forms import BoothForm, TableForm
from fairs.guests.forms import HostingForm, RegisterForm
from fairs.sessions.forms import SessionForm
from matchmaking.requests.forms import GoodsForm
from matchmaking.requests.goods import Goods
from matchmaking.timetables.forms import RepairForm
from moussem.core.number_fields import WholeNumberField
from moussem.organisations.forms import LimitsForm, PageForm
from moussem.trade.basket.forms import QuantityForm

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

FIELDS = {
    "limit of a purchaser": lambda: LimitsForm().fields["EUR"],
    "quantity in the basket": lambda: QuantityForm().fields["quantity"],
    "width of an aisle": lambda: TableForm().fields["aisle"],
    "size of a booth": lambda: BoothForm.base_fields["area"],
    "volume that a guest needs": lambda: RegisterForm(guest=None, buyer=None).fields["volume-0"],
    "quantity to speak about": lambda: GoodsForm(goods=Goods([], [])).fields["quantity-0"],
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


WHOLE = {
    "days to readiness": DetailsForm.base_fields["lead_time_days"],
    "year of harvest": LotForm.base_fields["harvest_year"],
    "members of a cooperative": PageForm.base_fields["member_count"],
    "length of a meeting": DaysForm.base_fields["meeting_minutes"],
    "minutes before a door opens": DoorForm.base_fields["early_minutes"],
    "rows of booths": TableForm.base_fields["rows"],
    "seats of a session": SessionForm.base_fields["capacity"],
    "places for hosted buyers": HostingForm.base_fields["places"],
    "meetings that may move": RepairForm.base_fields["most_moves"],
}


@pytest.mark.parametrize("whole", WHOLE.values(), ids=WHOLE)
@pytest.mark.parametrize("typed", ["1.000", "1,000", "12.5"])
def test_whole_number_with_a_mark_is_never_cut(whole, typed):
    with pytest.raises(ValidationError) as refused:
        whole.clean(typed)

    assert {error.code for error in refused.value.error_list} <= {"ambiguous", "invalid"}
    assert whole.widget.input_type == "text"


def test_administration_asks_for_no_number_in_a_field_that_drops_its_marks(rf, admin_user):
    request = rf.get("/")
    request.user = admin_user
    desks = [desk for desk in admin.site._registry.values() if desk.has_change_permission(request)]
    kinds = [desk.get_form(request) for desk in desks]
    for desk in desks:
        kinds += [inline.get_formset(request).form for inline in desk.get_inline_instances(request)]

    fields = [field for kind in kinds for field in kind.base_fields.values() if not field.widget.is_hidden]

    assert any(type(field) is WholeNumberField for field in fields)
    assert [field for field in fields if type(field) in (forms.IntegerField, forms.DecimalField)] == []
