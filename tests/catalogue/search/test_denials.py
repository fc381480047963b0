"""What questions refuse, however they say it; a minus stands before what is not wanted."""

import pytest

from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.test_questions import told

pytestmark = pytest.mark.unit
LISTS = {
    "herbs except mint, sage and thyme": "herb -mint -sage -thyme",
    "épices sauf curcuma, gingembre ou poivre": "spice -turmeric -ginger -black-pepper",
    "épices, sauf : cumin, paprika, safran": "spice -cumin -paprika -saffron",
    "Honig ohne Thymian, Euphorbie oder Orangenblüte": "honey -thyme -euphorbia -orange-blossom",
    "especias salvo canela, jengibre y cúrcuma": "spice -cinnamon -ginger -turmeric",
    "spezie tranne cannella, zenzero e curcuma": "spice -cinnamon -ginger -turmeric",
    "عسل بدون زعتر، دغموس أو زهر البرتقال": "honey -thyme -euphorbia -orange-blossom",
    "توابل إلا الكمون والقرفة والزنجبيل": "spice -cumin -cinnamon -ginger",
    "tisanes sauf menthe, sauge & verveine": "infusion -mint -sage -verbena",
    "spices except cumin/saffron": "spice -cumin -saffron",
    "rugs except wool, cotton and silk": "rug -wool -cotton -silk",
    "harissa without salt, sugar or vinegar": "harissa unsalted sugar-free -vinegar",
    "dates without sugar, organic and cheap": "date sugar-free organic",
    "no minimum, saffron and cumin": "saffron cumin",
    "pas cher, dattes et figues": "date fig",
    "no black olives, figs and dates": "-black olive fig date",
    "jam without fig, orange or apricot to Germany": "jam -fig -orange -apricot destination-germany",
}
COMPOUNDS = {
    # Right behind a refusal it is maize, and a bound refuses nothing.
    "Couscous ohne Mais": "couscous -maize",
    "spezie tranne mais, cumino e paprica": "spice -maize -cumin -paprika",
    "miel sans sel mais bio": "honey unsalted organic",
    "dates not more than 200 kg": "date 200 kg",
    "Honig nicht mehr als 20 kg": "honey 20 kg",
    "Honig aber kein Thymianhonig": "honey -thyme",
    "Couscous aber kein Gerstencouscous": "couscous -barley",
    "Öl aber kein Arganöl": "oil -argan",
    "Amlou ohne Arganöl": "amlou -argan -oil",
    "Tee ohne Rosenblüten": "tea -rose -flower",
    "Tasche aber keine Ledertasche": "bag -leather",
    "keine Lederbabouchen": "-leather babouche",
    "kein Safranpulver, nur Fäden": "saffron -powder threads",
}
HOW = {
    "pas d'olives noires": "olive -black",
    "no quiero almendras tostadas": "almond -roasted",
    "senza mandorle tostate": "almond -roasted",
    "لا أريد لوز محمص": "almond -roasted",
    "ma bghitch zitoun k7el": "olive -black",
    "pas de dattes mejhoul": "date -medjool",
    "pas de couscous d'orge": "couscous -barley",
    "no quiero miel de tomillo": "honey -thyme",
    "لا أريد عسل الزعتر": "honey -thyme",
    "pas de safran moulu": "saffron -powder",
    "pas de tapis en laine": "rug -wool",
    "no saffron from Taliouine": "saffron -taliouine",
    "pas d'huile d'argan cosmétique": "oil argan -cosmetic",
    "pas de dattes, figues": "-date fig",
    "amlou sans miel de thym": "amlou -honey -thyme",
    "ليس عسل الزعتر بل عسل الدغموس": "honey -thyme euphorbia",
}
SAID = {
    "honey that isn't thyme": "honey -thyme",
    "rugs which don't contain wool": "rug -wool",
    "soap must not contain palm oil": "soap -palm-oil",
    "honey w/o thyme": "honey -thyme",
    "خبز مش قمح": "bread -wheat",
    "زيت ليست من الزيتون": "oil -olive",
    "زعفران وليس مسحوق": "saffron -powder",
    "زربية ماشي ديال الصوف": "rug -wool",
    "صابون لا يحتوي على زيت النخيل": "soap -palm-oil",
    "saboun ma fihch zit zitoun": "soap -oil -olive",
    "todo menos comino": "-cumin",
    "más o menos 50 kg de comino": "cumin 50 kg",
    "spices minus cumin": "spice -cumin",
    "miel mais pas celui de thym": "honey -thyme",
    "olive ma non quelle nere": "olive -black",
    "olives, not the black ones": "olive -black",
    "other oils than olive": "oil -olive",
    "autre chose que du safran": "-saffron",
    "niente polvere, zafferano": "-powder saffron",
    "zafferano, mai in polvere": "saffron -powder",
    "figs instead of dates": "fig -date",
    "fichi al posto dei datteri": "fig -date",
    "تين بدل التمر": "fig -date",
    "pas de blé mais de l'orge": "-wheat barley",
    "no dátiles sino higos": "-date fig",
    "nicht Datteln sondern Feigen": "-date fig",
    "farine de mais sans sel": "flour maize unsalted",
    "cuero no, alfombras de lana": "-leather rug wool",
    "couscous, wheat excluded": "couscous -wheat",
    "tapis pas chers": "rug",
    "vous n'avez pas de safran ?": "saffron",
    "haben Sie keinen Safran?": "saffron",
    "salz- und zuckerfreie Oliven": "unsalted sugar-free olive",
    "zuckerlose Marmelade": "sugar-free jam",
    "pas d'huile d'argan torréfiée": "oil argan -roasted",
    "why not saffron": "saffron",
    "nichts außer Safran": "saffron",
    "لا شيء غير الزعفران": "saffron",
    "sans faute 50 kg de safran": "saffron 50 kg",
}


@pytest.mark.parametrize(("typed", "meant"), (LISTS | COMPOUNDS | HOW | SAID).items())
def test_refusal_is_understood(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant
