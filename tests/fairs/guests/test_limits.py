"""What a buyer asks of laboratories: typed in any language, kept by codes, read again in words."""

import pytest
from django.urls import reverse
from django.utils import translation

from catalogue.models import LabField
from fairs.guests.limits import Unreadable, limits_to_type, limits_typed
from fairs.guests.models import Need
from tests.factories.catalogue import FamilyFactory, LotFactory, limit_of_crocin
from tests.factories.fairs import EditionFactory
from tests.factories.guests import buyer, buyer_member

FIELDS = [
    LabField(code="crocin", name_en="Crocin (colouring strength)", name_fr="Crocine", name_ar="الكروسين"),
    LabField(code="lead_mg_l", name_en="Lead", name_fr="Plomb", name_ar="الرصاص"),
    LabField(
        code="acidity", name_en="Free acidity, as oleic acid", name_fr="Acidité libre, en acide oléique"
    ),
]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("crocin>=200", ["crocin>=200"]),
        ("Crocine ≥ 200 ; plomb <= 0,5 %", ["crocin>=200", "lead_mg_l<=0.5"]),
        ("Crocin (colouring strength) > 190.50, Lead mg l < 1", ["crocin>190.5", "lead_mg_l<1"]),
        ("الكروسين ≥ ٢٠٠، الرصاص ≤ ٠٫٥", ["crocin>=200", "lead_mg_l<=0.5"]),
        ("Free acidity, as oleic acid <= 0.8, crocin > 3", ["acidity<=0.8", "crocin>3"]),
        ("Plomb < 1, Acidité libre, en acide oléique ≤ 0,8", ["lead_mg_l<1", "acidity<=0.8"]),
        (" ; ", []),
    ],
)
def test_limits_are_read_however_they_are_written(typed, kept):
    assert limits_typed(typed, FIELDS) == kept


@pytest.mark.unit
@pytest.mark.parametrize("typed", ["colour >= 3", "crocin 200", "crocin >= much", "crocin >= 1,234", ">= 2"])
def test_what_is_no_limit_is_named(typed):
    with pytest.raises(Unreadable) as refused:
        limits_typed(f"crocin>=200; {typed}", FIELDS)

    assert refused.value.part == typed


@pytest.mark.unit
def test_kept_limits_are_typed_again_in_the_language_of_the_reader():
    with translation.override("fr"):
        again = limits_to_type(["crocin>=200", "gone<=3", "lead_mg_l<=0.5"], FIELDS)

    assert again == "Crocine ≥ 200; Plomb ≤ 0.5"
    assert limits_typed(again, FIELDS) == ["crocin>=200", "lead_mg_l<=0.5"]


@pytest.mark.unit
@pytest.mark.parametrize("kept", ["acidity<=0.8", "lead_mg_l<=1.234", "crocin>=1234"])
def test_what_is_shown_is_read_as_what_is_kept(kept):
    assert limits_typed(limits_to_type([kept], FIELDS), FIELDS) == [kept]


@pytest.fixture
def registers(db, client):
    """A buyer sends the form of registration with this first need."""
    edition, member, family = EditionFactory(announced=True), buyer_member(), FamilyFactory()
    limit_of_crocin(LotFactory(), edition="ISO 3632-1:2011", category="I", value=200)
    client.force_login(member.user)
    address = reverse("fairs:register", args=[edition.slug])

    def run(**need):
        told = {"tier": "buyer", "languages": ["fr"], "family-0": family.pk}
        return client.post(address, told | {f"{name}-0": value for name, value in need.items()})

    return run


@pytest.mark.integration
def test_registration_keeps_what_is_asked_of_laboratories(client, registers):
    answer = registers(limits="Crocin ≥ 200", category="ISO3632:I")

    need = Need.objects.get()
    assert (need.limits, need.category) == (["crocin>=200"], "ISO3632:I")
    page = client.get(answer.url).content.decode()
    assert 'Crocin <bdi dir="ltr" class="amount">≥ 200</bdi>' in page
    assert 'category <bdi>I</bdi> of <bdi dir="ltr">ISO\N{NO-BREAK SPACE}3632</bdi> at least' in page


@pytest.mark.integration
def test_registration_says_which_values_there_are(registers):
    answer = registers(limits="colour >= 3")

    assert answer.context["form"].errors == {
        "limits-0": ["Not read: “colour >= 3”. Write one of these, a sign and a number: Crocin."]
    }
    assert Need.objects.count() == 0


@pytest.mark.integration
def test_category_of_another_product_is_refused(registers, db):
    rug = FamilyFactory(slug="rug", name="Rug")
    rug.lab_fields.all().delete()

    answer = registers(family=rug.pk, category="ISO3632:I")

    assert list(answer.context["form"].errors) == ["category-0"]


@pytest.mark.integration
def test_buyer_who_came_before_finds_their_needs_filled_in(db, client):
    member, other = buyer_member(), buyer_member()
    earlier = buyer(EditionFactory(announced=True), member)
    client.force_login(member.user)
    address = reverse("fairs:register", args=[EditionFactory(announced=True).slug])

    form = client.get(address).context["form"]
    client.force_login(other.user)
    empty = client.get(address).context["form"]

    need = earlier.needs.get()
    shown = [form[name].value() for name in ("tier", "family-0", "unit-0", "family-1")]
    assert shown == ["buyer", need.family_id, need.unit, None]
    assert empty["family-0"].value() is None
