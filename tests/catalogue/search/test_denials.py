"""All the ways in which buyers say what they do not want, in the languages they write."""

import pytest

from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.test_questions import told

pytestmark = pytest.mark.unit
QUESTIONS = {
    # In front of the goods, which are wanted.
    "no powder saffron": "-powder saffron",
    "fresh not frozen octopus": "fresh -frozen octopus",
    "not canned sardines": "-canned sardine",
    "no wool rugs": "-wool rug",
    "not wool rugs cotton": "-wool rug cotton",
    "non-leather babouches": "-leather babouche",
    "pas en conserve sardines": "-canned sardine",
    "non en cuir sac": "-leather bag",
    "nicht aus Leder Tasche": "-leather bag",
    "kein Pulver Safran": "-powder saffron",
    "sin polvo azafrán": "-powder saffron",
    "senza polvere zafferano": "-powder saffron",
    "بدون مسحوق زعفران": "-powder saffron",
    "bla poudre za3fran": "-powder saffron",
    "without palm oil soap": "-palm-oil soap",
    "ohne Palmöl Seife": "-palm-oil soap",
    "savon sans huile d'olive": "soap -oil -olive",
    "sans huile d'olive savon": "-oil -olive soap",
    "صابون بدون زيت الزيتون": "soap -oil -olive",
    "argan oil not olive oil": "argan oil -olive",
    # How the only goods are not to be.
    "not sweet paprika": "-sweet paprika",
    "not too spicy harissa": "-hot harissa",
    "not prickly pear": "-prickly-pear",
    # Lists.
    "honey except thyme and euphorbia": "honey -thyme -euphorbia",
    "honey without thyme or euphorbia": "honey -thyme -euphorbia",
    "miel sauf thym et euphorbe": "honey -thyme -euphorbia",
    "miel excepto tomillo y euforbia": "honey -thyme -euphorbia",
    "miele tranne timo e euforbia": "honey -thyme -euphorbia",
    "Honig außer Thymian und Euphorbie": "honey -thyme -euphorbia",
    "عسل بدون زعتر أو دغموس": "honey -thyme -euphorbia",
    "عسل بدون زعتر ودغموس": "honey -thyme -euphorbia",
    "saffron NOT powder OR ground": "saffron -powder",
    "sardines not frozen or canned": "sardine -frozen -canned",
    "saffron without powder and honey": "saffron -powder honey",
    "olives pas vertes et câpres": "olive -green caper",
    "honey without thyme and argan oil": "honey -thyme argan oil",
    "argan without parabens or sulfates": "argan",
    # Neither, nor.
    "neither thyme nor euphorbia honey": "-thyme -euphorbia honey",
    "miel, ni thym ni euphorbe": "honey -thyme -euphorbia",
    "miel ni tomillo ni euforbia": "honey -thyme -euphorbia",
    "miele né timo né euforbia": "honey -thyme -euphorbia",
    "Honig weder Thymian noch Euphorbie": "honey -thyme -euphorbia",
    "عسل لا زعتر ولا دغموس": "honey -thyme -euphorbia",
    # Other words for it.
    "miel hors thym": "honey -thyme",
    "miel à l'exception du thym et de l'euphorbe": "honey -thyme -euphorbia",
    "miel excepté thym": "honey -thyme",
    "miel salvo tomillo": "honey -thyme",
    "miele diverso dal timo": "honey -thyme",
    "honey with the exception of thyme": "honey -thyme",
    "honey apart from thyme": "honey -thyme",
    "Honig mit Ausnahme von Thymian": "honey -thyme",
    "عسل ما عدا الزعتر": "honey -thyme",
    "عسل إلا الزعتر": "honey -thyme",
    "عسل باستثناء الزعتر": "honey -thyme",
    "never frozen octopus": "-frozen octopus",
    "jamais congelé poulpe": "-frozen octopus",
    "honey, I don't want thyme": "honey -thyme",
    "saffron, don't send powder": "saffron -powder",
    "je ne veux pas de poudre, safran": "-powder saffron",
    "زعفران ما بغيتش مسحوق": "saffron -powder",
    "za3fran mabghitch mt7oun": "saffron -powder",
    "عسل غير عسل الزعتر": "honey -thyme",
    "honey but not thyme honey": "honey -thyme",
    "miel hors taxes": "honey",
    # At the end of a word, or behind it.
    "palmölfreie Seife": "-palm-oil soap",
    "zuckerfreie Marmelade": "sugar-free jam",
    "glutenfreier Couscous": "gluten-free couscous",
    "kernlose Oliven": "pitted olive",
    "steinlose Datteln": "pitted date",
    "alkoholfreies Parfum": "perfume",
    "portofrei Mandeln": "almond",
    "caramelos de miel": "honey ?caramelos",
    "alcohol free rose water": "rose floral-water",
    "alcohol free perfume": "perfume",
    "pesticide free mint": "mint",
    "GMO free couscous": "couscous",
    "paraben-free argan cream": "argan cream",
    "palm-oil-free soap": "-palm-oil soap",
    "salt-free butter": "unsalted spread",
    "lead-free tagine": "foodcontact tajine-dish",
    "صابون خالي من زيت النخيل": "soap -palm-oil",
    "كسكس خالية من الغلوتين": "couscous gluten-free",
    "صابون خال من العطر": "soap -perfume",
}


@pytest.mark.parametrize(("typed", "meant"), QUESTIONS.items())
def test_what_is_not_wanted_is_understood(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant
