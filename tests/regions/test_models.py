import pytest
from django.utils import translation

from moussem.regions.models import Country, HsCode, Province, Region, TradeAgreement

pytestmark = pytest.mark.unit

REGION = Region(code="MA-09", name_en="Souss-Massa", name_fr="Souss-Massa (fr)", name_ar="سوس-ماسة")
PROVINCE = Province(code="MA-TAR", name_fr="Taroudant", name_ar="تارودانت")
COUNTRY = Country(code="JP", name_en="Japan", name_fr="Japon", name_ar="اليابان")
SAFFRON = HsCode(code="091020", level=6, official_en="Spices; saffron", label_fr="Safran", label_ar="زعفران")
ENGINE = HsCode(code="860110", level=6, official_en="Rail locomotives")


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("en", ["Souss-Massa", "Taroudant", "Japan", "Safran", "Rail locomotives"]),
        ("fr", ["Souss-Massa (fr)", "Taroudant", "Japon", "Safran", "Rail locomotives"]),
        ("ar", ["سوس-ماسة", "تارودانت", "اليابان", "زعفران", "Rail locomotives"]),
    ],
)
def test_label_follows_the_language_and_falls_back(language, labels):
    with translation.override(language):
        assert [thing.label for thing in (REGION, PROVINCE, COUNTRY, SAFFRON, ENGINE)] == labels


def test_names_are_printed():
    agreement = TradeAgreement(code="AE-FTA-2003", name="UAE–Morocco Free Trade Area")

    with translation.override("fr"):
        shown = [str(thing) for thing in (REGION, PROVINCE, COUNTRY, SAFFRON, agreement)]

    assert shown == [
        "Souss-Massa (fr)",
        "Taroudant",
        "Japon",
        "0910.20 Safran",
        "UAE–Morocco Free Trade Area",
    ]


def test_capital_falls_back_to_french():
    with translation.override("en"):
        assert Region(capital_fr="Agadir", capital_ar="أكادير").capital == "Agadir"
