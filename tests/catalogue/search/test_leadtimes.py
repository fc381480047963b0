"""Lead times that questions say in words."""

import pytest

from catalogue.search.leadtimes import take_lead
from catalogue.search.query import read
from catalogue.search.ranking import LEAD, plan_of
from catalogue.search.tables import reference_lexicon
from catalogue.search.ways import Bound

pytestmark = pytest.mark.unit
QUESTIONS = {
    "lentils within 3 weeks": ("lentil", 21),
    "lentils, lead time under 20 days": ("lentil", 20),
    "rugs no later than 14 days": ("rug", 14),
    "not more than 14 days rugs": ("rug", 14),
    "tapis au plus tard dans 3 semaines": ("rug", 21),
    "Teppiche spätestens in 3 Wochen": ("rug", 21),
    "alfombras a más tardar en 3 semanas": ("rug", 21),
    "tappeti al più tardi entro 3 settimane": ("rug", 21),
    "زرابي في أجل أقصاه 14 يوما": ("rug", 14),
    "figs delivered in 5 working days": ("fig", 7),
    "figues sous 12 jours": ("fig", 12),
    "livraison d'ici une semaine lentilles": ("lentil", 7),
    "délai de 8 à 12 jours figues": ("fig", 12),
    "higos, plazo de entrega 15 días": ("fig", 15),
    "Feigen binnen 10 Tagen": ("fig", 10),
    "Linsen 3 Wochen Lieferzeit": ("lentil", 21),
    "fichi entro due settimane": ("fig", 14),
    "تين خلال ١٢ يوما": ("fig", 12),
    "تين خلال أسبوعين": ("fig", 14),
    "miel plazo máximo 10 días": ("honey", 10),
    "miel 10 días máximo": ("honey", 10),
    "higos, plazo de entrega inferior a 10 días": ("fig", 10),
    "higos, entrega en menos de dos semanas": ("fig", 14),
    "dattes livraison pas plus de 10 jours": ("date", 10),
    "dattes délai inférieur à une semaine": ("date", 7),
    "dattes délai ne dépassant pas 10 jours": ("date", 10),
    "dattes 10 jours maximum": ("date", 10),
    "datteri consegna massimo 10 giorni": ("date", 10),
    "datteri tempi di consegna inferiori a 10 giorni": ("date", 10),
    "datteri consegna entro e non oltre 10 giorni": ("date", 10),
    "Datteln Lieferung in weniger als 2 Wochen": ("date", 14),
    "Datteln nicht länger als eine Woche": ("date", 7),
    "Datteln maximal 10 Tage Lieferzeit": ("date", 10),
    "تمر مدة التسليم لا تزيد عن 10 أيام": ("date", 10),
    "تمر مدة التسليم لا تزيد عن أسبوعين": ("date", 14),
    "تمر تسليم خلال 10 أيام كحد أقصى": ("date", 10),
    "dates lead time not over 3 weeks": ("date", 21),
    "dates delivery no longer than 10 days": ("date", 10),
    "tmer tawsil f 9al mn simana": ("date", 7),
    "تمر خلال مدة لا تتجاوز أسبوعا": ("date", 7),
    "dates delivery under a fortnight": ("date", 14),
    "dattes sous quinzaine": ("date", 15),
    "dates 10 days at most": ("date", 10),
    "tmer ma yfoutch 10 iyam": ("date", 10),
}


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_lead_time_in_words_is_read(text):
    reading = read(text, reference_lexicon())

    assert ([part.codes[0] for part in reading.parts], reading.lead.days) == (
        [QUESTIONS[text][0]],
        QUESTIONS[text][1],
    )
    assert reading.unknown == ()


@pytest.mark.parametrize(
    "text", ["figs shelf life under 12 months", "dried for 3 days", "harvested in may", "figs in 10 tins"]
)
def test_a_time_that_nobody_waits_is_none(text):
    assert take_lead(text) == (text, None)


def test_a_lead_time_narrows_by_its_days():
    lexicon = reference_lexicon()

    plan = plan_of(read("figs within 2 weeks", lexicon), lexicon)

    assert plan.narrows == ((LEAD, Bound("lead_days", high=14.0)),)


def test_a_lead_time_can_be_put_aside():
    assert read("figs within 2 weeks", reference_lexicon(), without=("lead",)).lead is None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("sous marque distributeur", ["private-label"]),
        ("savon sous 4 euros", ["soap"]),
        ("figues du Sous", ["fig", "ma-09"]),
        ("Sous-Massa figs", ["ma-09", "fig"]),
    ],
)
def test_under_is_a_region_only_with_its_article(text, codes):
    assert [part.codes[0] for part in read(text, reference_lexicon()).parts] == codes
