"""How goods are not to be, what they are not to hold and what they are not for, as buyers say it."""

import pytest

from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.test_questions import told

pytestmark = pytest.mark.unit
NOT_MADE_OF = {
    "bag made without leather": "bag -leather",
    "rugs made of wool": "rug wool",
    "borse senza pelle": "bag -leather",
    "pesce senza pelle": "fish skinless",
    "bags without leather 50 kg": "bag -leather 50 kg",
    "Teppiche weder aus Wolle noch aus Baumwolle": "rug -wool -cotton",
    "rugs not made of wool": "rug -wool",
    "babouches not made from leather": "babouche -leather",
    "tapis pas fait en laine": "rug -wool",
    "tapis qui ne sont pas en laine": "rug -wool",
    "alfombra no hecha de lana": "rug -wool",
    "bolsos que no estén hechos de cuero": "bag -leather",
    "tappeto non fatto di lana": "rug -wool",
    "borse che non sono fatte di pelle": "bag -leather",
    "زربية غير مصنوعة من الصوف": "rug -wool",
    "حقائب لا تكون من الجلد": "bag -leather",
    "Taschen nicht aus echtem Leder": "bag -leather",
    "Teppiche, die nicht aus Wolle gemacht sind": "rug -wool",
    "pouf not leather": "pouf -leather",
    "zerbia machi dyal souf": "rug -wool",
}
NOT_HOLDING = {
    "miel sans aucun thym": "honey -thyme",
    "honey with zero thyme": "honey -thyme",
    "honey lacking thyme": "honey -thyme",
    "harissa menos ajo": "harissa -garlic",
    "fichi non secchi": "fig -dried",
    "jabón que no contenga argán": "soap -argan",
    "cuscús que no contenga cebada": "couscous -barley",
    "amlou que no lleve cacahuetes": "amlou -peanut",
    "miel que no sea de tomillo": "honey -thyme",
    "miel que no contenga azúcar": "honey sugar-free",
    "couscous che non contenga orzo": "couscous -barley",
    "miele che non sia di timo": "honey -thyme",
    "datteri che non siano medjool": "date -medjool",
    "tappeti che non siano di lana": "rug -wool",
    "pane che non contenga glutine": "bread gluten-free",
    "savon qui ne contienne pas d'argan": "soap -argan",
    "savon qui ne soit pas à l'argan": "soap -argan",
    "confiture exempte de sucre": "jam sugar-free",
    "savon exempte d'huile d'olive": "soap -oil -olive",
    "amlou privo di arachidi": "amlou -peanut",
    "Marmelade, die keinen Zucker enthält": "jam sugar-free",
    "Seife, die kein Arganöl enthält": "soap -argan -oil",
    "عسل لا يكون زعتر": "honey -thyme",
    "saboun ma ykounch fih zit zitoun": "soap -oil -olive",
    "jam that contains no sugar": "jam sugar-free",
}
ALL_BUT = {
    "all honey but thyme": "honey -thyme",
    "all dates but majhoul": "date -medjool",
    "every oil but argan": "oil -argan",
    "spices excl. saffron": "spice -saffron",
    "everything but saffron": "-saffron",
    "all dates but only organic": "date organic",
    "spezie tranne lo zafferano": "spice -saffron",
    "spezie eccetto lo zafferano": "spice -saffron",
    "spezie senza l'anice": "spice -aniseed",
    "miele escluso il timo": "honey -thyme",
    "spezie, zafferano escluso": "spice -saffron",
    "Honig ausgenommen Thymian": "honey -thyme",
    "Gewürze bis auf Safran": "spice -saffron",
    "Tee außer schwarzem Tee": "tea -black",
    "especias, azafrán excluido": "spice -saffron",
    "épices, safran exclu": "spice -saffron",
    "عسل ليس عضويا": "honey -organic",
    "تمر ليس من نوع المجهول": "date -medjool",
    "3sel mn ghir za3tar": "honey -thyme",
    "za3fran machi mn taliouine": "saffron -taliouine",
    "azafrán sin moler": "saffron -powder",
}
NOT_LOOKED_FOR = {
    "no estoy buscando dátiles sino higos": "-date fig",
    "ich bin nicht auf der Suche nach Datteln, sondern Feigen": "-date fig",
    "argan oil no additives, cold pressed": "argan oil cold-pressed",
    # What a sentence parts is no tea of mint.
    "not mint but tea": "-mint tea",
    "no quiero menta, quiero té": "-mint tea",
    "tea free from mint": "tea -mint",
    "لا أريد المجهول بل تمر": "-medjool date",
    "I am not looking for dates, but for figs": "-date fig",
    "not interested in honey, only saffron": "-honey saffron",
    "no busco dátiles, busco higos": "-date fig",
    "no buscamos miel sino azafrán": "-honey saffron",
    "on ne cherche pas de miel mais du safran": "-honey saffron",
    "ich suche keine Datteln, sondern Feigen": "-date fig",
    "لا أبحث عن التمر بل عن التين": "-date fig",
    "ma kan9llebch 3la l3sel bghit za3fran": "-honey saffron",
}
NOT_FOR = {
    "huile d'argan pas pour la cosmétique": "oil argan -cosmetic",
    "huile d'argan non destinée à la cosmétique": "oil argan -cosmetic",
    "henné pas pour les cheveux": "henna -hair",
    "Arganöl nicht für Kosmetik": "argan oil -cosmetic",
    "Arganöl nicht zum Kochen": "argan oil -cooking",
    "aceite de argán no para uso cosmético": "oil argan -cosmetic",
    "olio di argan non per cosmetica": "oil argan -cosmetic",
    "argan oil not for cosmetics": "argan oil -cosmetic",
    "زيت أركان ليس للتجميل": "oil argan -cosmetic",
    "zit argan machi l ch3er": "oil argan -hair",
}
INGREDIENTS = {
    "amlou without peanuts": "amlou -peanut",
    "amlou sans arachides": "amlou -peanut",
    "Amlou ohne Erdnüsse": "amlou -peanut",
    "amlou sin cacahuetes": "amlou -peanut",
    "amlou senza arachidi": "amlou -peanut",
    "أملو بدون فول سوداني": "amlou -peanut",
    "sans arachides": "nut-free",
    "biscuits sans noix": "pastry nut-free",
    "sardines without tomato sauce": "sardine -tomato-sauce",
    "sardines sans sauce tomate": "sardine -tomato-sauce",
    "tonno non sott'olio": "tuna -oil",
    "olive oil free soap": "-olive -oil soap",
    "thé, pas de thé noir": "tea -black-tea",
    "green tea without mint": "green-tea -mint",
}
FOREIGN = {
    "zit zitoun machi mn sbania": "oil olive",
    "saffron not from Iran": "saffron",
    "dates not from Algeria": "date",
    "safran qui ne vient pas d'Iran": "saffron",
    "Safran nicht aus dem Iran": "saffron",
    "azafrán que no sea de Irán": "saffron",
    "zafferano non dall'Iran": "saffron",
    "زعفران ليس من إيران": "saffron",
    "za3fran machi mn iran": "saffron",
    "dates not from Tunisia or Algeria": "date",
    "saffron not from Iran to Germany": "saffron destination-germany",
    "no minimum to Germany, dates": "date destination-germany",
}


@pytest.mark.parametrize(("typed", "meant"), NOT_MADE_OF.items())
def test_what_goods_are_not_made_of_is_refused(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant


@pytest.mark.parametrize(("typed", "meant"), NOT_HOLDING.items())
def test_what_goods_are_not_to_hold_or_to_be_is_refused(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant


@pytest.mark.parametrize(("typed", "meant"), ALL_BUT.items())
def test_all_but_some_of_it_refuses_that(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant


@pytest.mark.parametrize(("typed", "meant"), NOT_LOOKED_FOR.items())
def test_what_nobody_is_looking_for_is_refused(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant


@pytest.mark.parametrize(("typed", "meant"), NOT_FOR.items())
def test_a_use_that_goods_are_not_for_is_refused(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant


@pytest.mark.parametrize(("typed", "meant"), INGREDIENTS.items())
def test_an_ingredient_is_refused_by_its_name(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant


@pytest.mark.parametrize(("typed", "meant"), FOREIGN.items())
def test_a_refused_foreign_origin_is_no_destination(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant
