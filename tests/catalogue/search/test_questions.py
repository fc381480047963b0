"""What questions are read as, in seven languages: read the table as a buyer would."""

import pytest

from catalogue.search.query import read
from catalogue.search.reading import Reading
from catalogue.search.tables import reference_lexicon

pytestmark = pytest.mark.unit
QUESTIONS = {
    "organic honey under 15 euro": "organic honey ..15 EUR",
    "raw wildflower honey 200 kg": "raw multi-flower-honey 200 kg",
    "extra virgin olive oil fob casablanca": "extra-virgin olive oil fob",
    "women's cooperative argan oil": "women-led argan oil",
    "fair trade dates from Zagora": "fair-trade date ma-zag",
    "pitted medjool dates 2 tonnes": "pitted medjool date 2000 kg",
    "rhassoul clay": "ghassoul",
    "berber rug": "berber rug",
    "HS 0910 20 organic": "organic hs 091020",
    "halal olives": "halal-food olive",
    "what is the best honey please": "honey",
    "under 5 dollars": "..5 USD",
    "20 kg": "20 kg",
    "blockchain honey": "honey ?blockchain",
    "huile d'olive extra vierge moins de 8 €": "oil olive extra-virgin ..8 EUR",
    "savon noir à l'eucalyptus": "black-soap eucalyptus",
    "safran de Taliouine 5 kg": "saffron taliouine 5 kg",
    "amandes décortiquées bio": "almond shelled organic",
    "coopérative féminine eau de rose": "women-led floral-water rose",
    "figues sèches de 3 à 6 euros": "fig dried 3..6 EUR",
    "miel d'euphorbe": "honey euphorbia",
    "tapis de Taznakht en laine": "taznakht-rug wool",
    "dattes sans noyau": "date pitted",
    "زيت الأركان التجميلي": "oil argan cosmetic",
    "ماء الورد قلعة مكونة": "floral-water rose kelaat-mgouna",
    "أريد تمرا": "date",
    "نشتري عسلا طبيعيا": "honey",
    "عسل الزعتر بأقل من 15 يورو": "honey thyme ..15 EUR",
    "زعفران حر 2 كلغ": "saffron 2 kg",
    "تمور المجهول من الراشيدية": "date medjool ma-err",
    "كسكس الشعير": "couscous barley",
    "صابون بلدي": "black-soap",
    "زرابي من الصوف": "rug wool",
    "زيت زيتون عضوي": "oil olive organic",
    "aceite de argán ecológico": "oil argan organic",
    "azafrán en hebra menos de 3000 dólares": "saffron threads ..3000 USD",
    "agua de rosas 100 litros": "floral-water rose 100 l",
    "dátiles hasta 10 euros": "date ..10 EUR",
    "jabón negro": "black-soap",
    "miel de tomillo": "honey thyme",
    "higos secos": "fig dried",
    "aceitunas verdes": "olive green",
    "comino molido": "cumin powder",
    "Arganöl kaltgepresst": "argan oil cold-pressed",
    "Bio Safranfäden bis 5 Euro": "organic saffron threads ..5 EUR",
    "Rosenwasser 50 Liter": "rose floral-water 50 l",
    "Datteln unter 12 Euro": "date ..12 EUR",
    "Schwarze Seife": "black-soap",
    "Thymianhonig": "thyme honey",
    "Mandeln aus Marokko": "almond",
    "Olivenöl nativ extra": "olive oil extra-virgin",
    "olio d'oliva sotto i 9 euro": "oil olive ..9 EUR",
    "zafferano in fili": "saffron threads",
    "datteri da 5 a 10 euro": "date 5..10 EUR",
    "acqua di rose biologica": "floral-water rose organic",
    "miele di timo": "honey thyme",
    "mandorle sgusciate": "almond shelled",
    "sapone nero": "black-soap",
    "zit argan": "oil argan",
    "zit zitoun": "oil olive",
    "zaafrane beldi": "saffron beldi",
    "l3sel dial za3tar": "honey thyme",
    "tmar mejhoul": "date medjool",
    "sabon beldi": "black-soap",
    "ma ward": "floral-water rose",
    "kamoun": "cumin",
    "zitoun k7el": "olive black",
    "zerbiya dyal souf": "rug wool",
}


def told(reading: Reading) -> str:
    """A reading in one line: codes, amounts, prices as a range, and unknown words behind a question mark."""
    found = ["-" * part.is_unwanted + part.codes[0] for part in reading.parts]
    found += [f"hs {code}" for code in reading.hs]
    if quantity := reading.quantity:
        found.append(f"{quantity.amount:f} {quantity.unit}")
    if price := reading.price:
        found.append(f"{price.low or ''}..{price.high or ''} {price.currency}")
    return " ".join([*found, *(f"?{word}" for word in reading.unknown)])


@pytest.mark.parametrize(("typed", "meant"), QUESTIONS.items())
def test_question_is_understood(typed, meant):
    assert told(read(typed, reference_lexicon())) == meant
