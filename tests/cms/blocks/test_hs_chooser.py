"""The product of a market note is searched by its code or by words, and never listed whole."""

import pytest
from django.urls import reverse

from catalogue.concepts.actions import load_reference_concepts
from cms.models import SectionPage
from moussem.regions.models import HsCode
from moussem.regions.states import HsLevel
from tests.factories.people import UserFactory
from tests.factories.roles import browser_of, member_of

pytestmark = pytest.mark.integration


@pytest.fixture
def codes(house):
    """A heading and two of its products."""
    told = {"section": "II", "source": "test"}
    above = HsCode.objects.create(code="0910", level=HsLevel.HEADING, official_en="Ginger, saffron", **told)
    below = {"level": HsLevel.SUBHEADING, "parent": above, **told}
    HsCode.objects.create(
        code="091020", official_en="Saffron", label_fr="Safran en filaments", label_ar="زعفران", **below
    )
    HsCode.objects.create(code="091030", official_en="Turmeric (curcuma)", **below)


@pytest.fixture
def oils(codes):
    """Two oils as the country's own list names them, and the goods that people speak of."""
    load_reference_concepts()
    told = {"section": "III", "source": "test", "level": HsLevel.SUBHEADING}
    olive = {"label_en": "Olive oil, virgin", "label_fr": "Huile d’olive vierge", "label_ar": "زيت زيتون بكر"}
    HsCode.objects.create(code="150920", official_en="Olive oil", **olive, **told)
    HsCode.objects.create(
        code="151590", official_en="Vegetable fats", moroccan_examples="argan oil, nigella oil", **told
    )


def found(text, address="hs_chooser:choose_results"):
    """The codes that are found, in their order."""
    answer = browser_of(member_of("Editors")).get(reverse(address), {"q": text})
    return [one.code for one in answer.context["results"]]


@pytest.mark.parametrize(
    ("text", "codes_found"),
    [
        ("0910.20", ["091020"]),
        ("0910 3", ["091030"]),
        ("saffron", ["091020", "0910"]),
        ("filaments safran", ["091020"]),
        ("زعفران", ["091020", "0910"]),
        ("neither", []),
        ("x" * 81, ["0910", "091020", "091030"]),
    ],
)
def test_product_is_found_by_its_code_or_by_words_of_any_language(codes, text, codes_found):
    assert found(text) == codes_found


@pytest.mark.parametrize(
    ("text", "codes_found"),
    [
        ("زيت الزيتون", ["150920"]),
        ("huile d'olive", ["150920"]),
        ("huile d’argan", ["151590"]),
        ("زيت أركان", ["151590"]),
        ("أركان", ["151590"]),
        ("d'", []),
    ],
)
def test_goods_are_found_by_what_people_call_them(oils, text, codes_found):
    assert found(text) == codes_found


@pytest.fixture
def misleading(oils):
    """Codes whose official descriptions hold the letters of other goods."""
    told = {"section": "V", "source": "test", "level": HsLevel.SUBHEADING}
    HsCode.objects.create(code="030632", official_en="Lobsters, boiled or in water", **told)
    HsCode.objects.create(code="260200", official_en="Manganese ores, ferruginous", **told)
    HsCode.objects.create(code="340111", official_en="Soap and organic products, with argan oil", **told)
    HsCode.objects.create(
        code="570110", official_en="Carpets, knotted", label_en="Knotted rugs", label_fr="Tapis noués", **told
    )
    HsCode.objects.create(
        code="080410",
        official_en="Fruit, fresh",
        label_en="Dates",
        label_fr="Dattes",
        label_ar="تمور",
        **told,
    )


@pytest.mark.parametrize(
    ("text", "codes_found"),
    [
        ("سجاد", ["570110"]),
        ("huile", ["150920", "151590", "340111"]),
        ("زيت", ["150920", "151590", "340111"]),
        ("huile d'argan bio", ["151590", "340111"]),
        ("organic argan oil", ["151590", "340111"]),
        ("تمر المجهول", ["080410"]),
        ("dattes medjool bio", ["080410"]),
    ],
)
def test_goods_are_found_by_whole_words_under_their_labels_first(misleading, text, codes_found):
    assert found(text) == codes_found


def test_form_of_a_market_note_searches_and_lists_no_code(codes):
    section = SectionPage.objects.get(slug="markets", locale__language_code="en")
    address = reverse("wagtailadmin_pages:add", args=["cms", "marketnotepage", section.pk])
    text = browser_of(member_of("Editors")).get(address).text

    assert "Search by HS code or words" in text
    assert ("Turmeric" in text, "/editors/choose/hs/" in text) == (False, True)


def test_chosen_product_is_told_with_its_code(codes):
    editor = browser_of(member_of("Editors", language="fr"))
    told = editor.get(reverse("hs_chooser:chosen", args=["091020"])).json()["result"]
    assert (told["id"], told["title"]) == ("091020", "0910.20 Safran en filaments")


@pytest.mark.parametrize("number", ["999999", "0", "x"])
def test_what_is_no_code_is_not_chosen(codes, number):
    editor = browser_of(member_of("Editors"))
    assert editor.get(reverse("hs_chooser:chosen", args=[number])).status_code == 404


def test_who_does_not_work_in_the_house_searches_nothing(codes, client):
    assert client.get(reverse("hs_chooser:choose")).status_code == 302
    assert browser_of(UserFactory()).get(reverse("hs_chooser:choose")).status_code == 403
