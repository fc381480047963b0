"""Several goods in one question, though they share a plant or a word."""

import pytest

from tests.catalogue.search.demonstration import answer_to

pytestmark = pytest.mark.unit
ROSE = {"Rose water, first distillation, organic", "Rose water, bulk", "Rose oil (Rosa damascena), organic"}
SAFFRON = {
    "Whole saffron threads, AOP Taliouine, organic",
    "Saffron threads, AOP Taliouine area",
    "Saffron threads of Azilal, Bio Maroc",
    "Saffron powder, organic",
}
OLIVE = {
    "Green olives with preserved lemon",
    "Extra virgin olive oil of the Haouz",
    "Extra virgin olive oil of Ouezzane, organic",
}
# What each of the goods is, and nothing else.
ALL_OF = {
    "rose water and rose oil": ROSE,
    "rose water or rose oil": ROSE,
    "rose water, rose oil": ROSE,
    "rose water & rose oil": ROSE,
    "eau de rose et huile de rose": ROSE,
    "ماء الورد وزيت الورد": ROSE,
    "agua de rosas y aceite de rosa": ROSE,
    "Rosenwasser und Rosenöl": ROSE,
    "acqua di rose e olio di rosa": ROSE,
    "ma ward w zit lward": ROSE,
    "saffron threads and saffron powder": SAFFRON,
    "filaments de safran et poudre de safran": SAFFRON,
    "خيوط الزعفران ومسحوق الزعفران": SAFFRON,
    "henna leaves and henna powder": {"Henna leaves, Aït Ouabelli", "Henna powder of Zagora"},
    "rosemary leaves and rosemary oil": {
        "Dried rosemary leaves, organic",
        "Rosemary essential oil, wild, organic",
    },
    "prickly pear vinegar and prickly pear jam": {"Prickly pear vinegar", "Prickly pear jam"},
    "rose petals and rose buds": {"Dried rose petals", "Dried rose buds, food grade, organic"},
    "rose petals and buds": {"Dried rose petals", "Dried rose buds, food grade, organic"},
    "olives and olive oil": OLIVE,
    "زيتون وزيت الزيتون": OLIVE,
    "Oliven und Olivenöl": OLIVE,
    "medjool and bouffegous dates": {"Majhoul dates, jumbo and large", "Bouffegous dates"},
    # One kind of goods, or goods of both.
    "medjool, dates": {"Majhoul dates, jumbo and large"},
    "fig and aniseed jam": {"Fig and aniseed jam"},
    "black soap with argan and eucalyptus": {"Black soap with argan and eucalyptus"},
}
# What stands first; what is made of them and what holds them comes behind.
GOODS_FIRST = {
    "dates and date syrup": {"Date syrup", "Bouffegous dates", "Mixed dates of the Draa"},
    "honey and almonds": {"Euphorbia honey, Tadla-Azilal", "Shelled almonds of the Siroua"},
    "almonds, honey": {"Euphorbia honey, Tadla-Azilal", "Shelled almonds of the Siroua"},
    "honey and jam": {"Euphorbia honey, Tadla-Azilal", "Prickly pear jam"},
    "rosemary and thyme": {"Dried mountain thyme", "Dried rosemary leaves, organic"},
    "olive oil and honey": {"Extra virgin olive oil of the Haouz", "Euphorbia honey, Tadla-Azilal"},
    "olive oil and argan oil": {
        "Extra virgin olive oil of the Haouz",
        "Extra virgin olive oil of Ouezzane, organic",
        "Virgin argan oil, culinary, organic",
    },
    "clay": {"Rhassoul clay, washed and dried"},
    "argile": {"Rhassoul clay, washed and dried"},
    "طين": {"Rhassoul clay, washed and dried"},
    "savon noir et ghassoul": {
        "Rhassoul clay, washed and dried",
        "Black soap with argan and eucalyptus",
    },
    "argan oil, rose water, ghassoul": {
        "Virgin argan oil, culinary, organic",
        "Rose water, bulk",
        "Rhassoul clay, washed and dried",
    },
}
MADE_OF_THEM = {
    "Amlou spread with almond and honey",
    "Argan and rhassoul shampoo",
    "Sardines in olive oil",
    "Gazelle horns and almond biscuits",
}


@pytest.mark.parametrize(("typed", "found"), ALL_OF.items())
def test_goods_that_share_a_plant_are_all_found(typed, found):
    assert set(answer_to(typed)[0]) == found


@pytest.mark.parametrize(("typed", "first"), GOODS_FIRST.items())
def test_each_of_the_goods_stands_before_what_is_made_of_them(typed, first):
    titles = answer_to(typed)[0]
    places = [place for place, title in enumerate(titles) if title in MADE_OF_THEM]

    assert first <= set(titles[: min(places, default=len(titles))])


def test_thyme_and_rosemary_stand_before_their_honey_and_oil():
    first, second, *_more = answer_to("rosemary and thyme")[0]

    assert {first, second} == {"Dried mountain thyme", "Dried rosemary leaves, organic"}
