"""What goods are said to be free of is told where no offer is, in any language; export is said of all."""

import pytest

from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.marketplace import answer_to
from tests.catalogue.search.test_questions import told

pytestmark = pytest.mark.unit
TOLD = {
    "rose water without preservatives": "preservative-free",
    "rose water, no preservatives": "preservative-free",
    "eau de rose sans conservateur": "preservative-free",
    "agua de rosas sin conservantes": "preservative-free",
    "Rosenwasser ohne Konservierungsstoffe": "preservative-free",
    "acqua di rose senza conservanti": "preservative-free",
    "ماء الورد بدون مواد حافظة": "preservative-free",
    "alcohol free cosmetics": "alcohol-free",
    "cosmétiques sans alcool": "alcohol-free",
    "Kosmetik ohne Alkohol": "alcohol-free",
    "مستحضرات تجميل بدون كحول": "alcohol-free",
    "cumin sans pesticides": "pesticide-free",
    "pesticide free cumin": "pesticide-free",
    "comino sin pesticidas": "pesticide-free",
    "كمون بدون مبيدات": "pesticide-free",
    "shampoo without parabens": "paraben-free",
    "couscous sans OGM": "gmo-free",
    "تمر بدون نواة": "pitted",
    "تمر منزوع النواة": "pitted",
    "تمور خالية من النوى": "pitted",
    "تمور بدون نوى": "pitted",
    "entkernte Datteln": "pitted",
}
TO_EXPORT = {
    "زيت أركان للتصدير إلى فرنسا": "oil argan destination-فرنسا",
    "تمور للتصدير إلى ألمانيا": "date destination-المانيا",
    "dattes pour exportation": "date",
    "dátiles para exportar": "date",
    "Datteln für Ausfuhr": "date",
    "datteri da esportare": "date",
}


@pytest.mark.parametrize(("typed", "claim"), TOLD.items())
def test_a_claim_that_no_offer_has_is_told(typed, claim):
    found, relaxed = answer_to(typed)

    assert found
    assert relaxed == (f"word:{claim}",)


@pytest.mark.parametrize(("typed", "meant"), TO_EXPORT.items())
def test_export_is_passed_over_in_every_language(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant
