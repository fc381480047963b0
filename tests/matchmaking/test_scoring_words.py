from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.utils import translation
from django.utils.html import strip_tags

from catalogue.models import CertificateType
from matchmaking.gap_words import why_no_answer
from matchmaking.scoring.gaps import gap
from matchmaking.scoring.pairs import affinity
from matchmaking.scoring.profiles import Buyer, Certificate, Exporter, Lot, Need, Product
from matchmaking.scoring.reasons import Code, Standing
from matchmaking.scoring_words import Reader, balance_of, told_of
from matchmaking.wording import Names, current_names, joined, value_text
from moussem.regions.models import Country
from tests.matchmaking.affinities import FAIR, demonstration

pytestmark = pytest.mark.unit

NAMES = Names(certificates={"EU-ORG": "EU organic"}, countries={"SN": "Senegal"}, lab={"crocin": "Crocin"})
SAFFRON = Product(
    code="p1",
    hs="091020",
    unit="kg",
    capacity=18,
    moq=0.5,
    certificates=(Certificate("EU-ORG", None, date(2027, 1, 31)),),
    lots=(Lot({"crocin": 238.0}, date(2026, 10, 12), has_report=True),),
)
SELLER = Exporter(
    code="e1",
    products=(SAFFRON,),
    languages=frozenset({"fr", "ar"}),
    incoterms=frozenset({"FCA"}),
    preferences={"SN": "AFCFTA"},
    serves=frozenset({"SN"}),
    readiness="A",
)
BUYER = Buyer(
    code="b1",
    needs=(
        Need(
            hs="0910.20",
            volume=6,
            unit="kg",
            certificates=frozenset({"EU-ORG"}),
            lab=("crocin>=200",),
        ),
    ),
    country="SN",
    languages=frozenset({"fr"}),
    incoterm="CFR",
)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def plain(text):
    return unescape(strip_tags(text)).replace("\N{NO-BREAK SPACE}", " ")


def told(buyer=BUYER, seller=SELLER, reader=Reader.BUYER):
    found = told_of(affinity(buyer, seller, on=FAIR).reasons, NAMES, reader)
    return [(one.standing, plain(one.text)) for one in found]


def speaking(*told):
    return joined(one.text for one in balance_of(*told).met)


def test_what_speaks_for_a_pair_is_told_from_the_goods_to_the_house():
    line = speaking(affinity(BUYER, SELLER, on=FAIR).reasons, NAMES)

    assert plain(line) == (
        "HS 0910.20, EU organic valid to January 2027, "
        "Crocin 238 (analysed on 12 October 2026), 18 kg a year covers your 6 kg, "
        "sells from 0.5 kg, speaks French, AfCFTA market, ready to export (category A), "
        "sells to Senegal"
    )


def test_codes_and_amounts_keep_their_direction():
    line = speaking(affinity(BUYER, SELLER, on=FAIR).reasons, NAMES)

    assert '<bdi class="code" dir="ltr" translate="no">0910.20</bdi>' in line
    assert '<bdi class="amount">18\N{NO-BREAK SPACE}kg</bdi>' in line


def test_exporter_reads_the_same_from_its_side():
    line = speaking(affinity(BUYER, SELLER, on=FAIR).reasons, NAMES, Reader.EXPORTER)

    assert plain(line) == (
        "HS 0910.20, EU organic valid to January 2027, "
        "Crocin 238 (analysed on 12 October 2026), your 18 kg a year covers the 6 kg asked, "
        "reaches your smallest order of 0.5 kg, speaks French, AfCFTA market, ready to export (category A), "
        "buys in Senegal, where you sell"
    )


@pytest.mark.parametrize("capacity", [18_000, 18_000.0, Decimal("18000.000"), Decimal("1.8E+4")])
def test_quantities_have_no_decimals_but_their_own(capacity):
    seller = replace(SELLER, products=(replace(SAFFRON, capacity=capacity, moq=None),))

    line = speaking(affinity(BUYER, seller, on=FAIR).reasons, NAMES)

    assert "18,000 kg a year covers your 6 kg" in plain(line)


def test_what_speaks_against_a_pair_is_told_too():
    small = replace(SAFFRON, capacity=2, moq=7)

    assert [
        text for standing, text in told(seller=replace(SELLER, products=(small,))) if standing == "short"
    ] == [
        "2 kg a year is 33% of your 6 kg",
        "sells 7 kg at least, more than your 6 kg a year",
        "delivers FCA, not CFR",
    ]


def test_next_to_nothing_is_told_to_be_less_than_a_hundredth():
    little = replace(SELLER, products=(replace(SAFFRON, capacity=Decimal("0.02"), moq=None),))

    assert ("short", "0.02 kg a year is less than 1% of your 6 kg") in told(seller=little)


def test_the_first_reasons_say_more_than_the_kind_and_nothing_is_lost_or_told_twice():
    small = replace(SAFFRON, capacity=2, lead_days=None)
    seller = replace(SELLER, products=(small,), languages=None)

    told = balance_of(affinity(BUYER, seller, on=FAIR).reasons * 2, NAMES)

    assert [plain(one.text) for one in told.first] == [
        "EU organic valid to January 2027",
        "Crocin 238 (analysed on 12 October 2026)",
        "sells from 0.5 kg",
    ]
    assert plain(told.met[0].text) == "HS 0910.20"
    assert [plain(one.text) for one in told.against] == [
        "2 kg a year is 33% of your 6 kg",
        "delivers FCA, not CFR",
    ]
    assert [plain(one.text) for one in told.unknown] == ["languages not told"]
    assert told.count == len(told.met) + 3


def test_what_is_not_known_is_told_as_not_known():
    silent = Exporter(code="e1", products=(Product(code="p1"),))

    assert told(seller=silent) == [
        (Standing.UNKNOWN, "not known whether it is HS 0910.20"),
        (Standing.UNKNOWN, "certificates not told, asked: EU organic"),
        (Standing.UNKNOWN, "laboratory values not known, asked: Crocin ≥ 200"),
        (Standing.UNKNOWN, "yearly capacity not told"),
        (Standing.UNKNOWN, "languages not told"),
        (Standing.UNKNOWN, "readiness to export not assessed yet"),
        (Standing.UNKNOWN, "Incoterms not told"),
    ]


def test_buyer_reads_who_leads_a_seller_and_how_far_away_it_is():
    seller = replace(SELLER, women_led=True, remote=True)

    assert [text for _standing, text in told(seller=seller)[-2:]] == ["led by women", "from a remote area"]
    assert told(seller=seller, reader=Reader.EXPORTER) == told(reader=Reader.EXPORTER)


@pytest.mark.parametrize(
    ("language", "reader", "said"),
    [
        ("en", Reader.BUYER, "does not offer: Rose oil"),
        ("en", Reader.EXPORTER, "not in your offer: Rose oil"),
        ("fr", Reader.BUYER, "ne propose pas : Rose oil"),
        ("ar", Reader.BUYER, "لا يعرض: Rose oil"),
    ],
)
def test_what_is_not_offered_is_named_as_it_was_asked_for(language, reader, said):
    names = replace(NAMES, families={"rose-oil": "Rose oil"})
    buyer = Buyer(code="b1", needs=(Need(family="rose-oil", volume=6, unit="kg"),))
    seller = Exporter(code="e1", products=(replace(SAFFRON, family="saffron"),))

    with translation.override(language):
        found = told_of(affinity(buyer, seller, on=FAIR).reasons, names, reader)

    assert [plain(one.text) for one in found if one.code == Code.KIND] == [said]


@pytest.mark.parametrize("agreement", ["EFTA-1999", "AE-FTA-2003", "BILATERAL-WA"])
def test_a_duty_preference_is_told_in_the_words_of_each_reader(agreement):
    seller = replace(SELLER, preferences={"SN": agreement})
    reasons = affinity(BUYER, seller, on=FAIR).reasons
    found = []
    for language in ("en", "fr", "ar"):
        with translation.override(language):
            found += [plain(one.text) for one in told_of(reasons, NAMES) if one.code == Code.PREFERENCE]

    assert len(set(found)) == 3 and agreement not in "".join(found)


def test_who_refused_whom_is_told_to_nobody():
    buyer = replace(BUYER, refuses=frozenset({"e1"}))

    assert [told(buyer, reader=reader) for reader in Reader] == [[], []]


def test_ended_certificate_is_told_with_its_month():
    ended = replace(SAFFRON, certificates=(Certificate("EU-ORG", None, date(2026, 3, 31)),))

    found = told(seller=replace(SELLER, products=(ended,)))

    assert (Standing.RULED_OUT, "EU organic ended in March 2026") in found


CATEGORIES = replace(
    NAMES,
    units={("saffron", "crocin"): "% mass"},
    categories={"iso3632": ("I", "II", "III")},
)
GRADED = replace(SAFFRON, family="saffron", lots=(Lot({"crocin": 238.0, "ISO3632": 2}, FAIR, True),))


@pytest.mark.parametrize(
    ("limits", "lot", "words"),
    [
        (("crocin>=200",), {}, "Crocin 238 % mass (analysed on 22 November 2026)"),
        (("crocin>=200",), {"analysed_on": None, "has_report": False}, "(declared by the producer)"),
        (("ISO3632<=2",), {}, "category II of ISO 3632 (analysed on 22 November 2026)"),
        (("ISO3632<=1",), {}, "category II of ISO 3632 where category I of ISO 3632 is asked"),
        (("crocin>=250",), {}, "measured 238 where Crocin ≥ 250 is asked"),
        (("ISO3632<=1",), {"lab": {}}, "laboratory values not known, asked: category I of ISO 3632"),
    ],
)
def test_laboratories_are_told_with_unit_day_and_source(limits, lot, words):
    need = replace(BUYER.needs[0], lab=limits)
    product = replace(GRADED, lots=(replace(GRADED.lots[0], **lot),))
    pair = affinity(replace(BUYER, needs=(need,)), replace(SELLER, products=(product,)), on=FAIR)

    (told,) = [plain(one.text) for one in told_of(pair.reasons, CATEGORIES) if one.code == Code.LAB]

    assert told.endswith(words)


@pytest.mark.parametrize(
    ("unit", "markup"),
    [
        ("", '<bdi class="amount">238</bdi>'),
        ("% mass", '<bdi class="amount">238 % mass</bdi>'),
        ("E1% 440 nm, dry basis", '<bdi class="amount">238 E1% 440 nm</bdi>, dry basis'),
        ("E1% 440 nm، على المادة الجافة", '<bdi class="amount">238 E1% 440 nm</bdi>، على المادة الجافة'),
        ("% من الكتلة", '<bdi class="amount">238 %</bdi> من الكتلة'),
        ("وحدات شاد", '<bdi class="amount">238</bdi> وحدات شاد'),
    ],
)
def test_only_the_signs_of_a_unit_stay_with_the_number(unit, markup):
    names = replace(CATEGORIES, units={("saffron", "crocin"): unit})

    assert value_text("crocin", 238.0, "saffron", names) == f"Crocin {markup}"


@pytest.mark.parametrize(
    ("what", "buyer_reads", "exporter_reads"),
    [
        ("ordered", "you ordered from them in March 2026", "ordered from you in March 2026"),
        ("agreed", *["you met in March 2026 and agreed on a next step"] * 2),
        ("met", *["you met in March 2026"] * 2),
        ("missed", *["your meeting in March 2026 was not held"] * 2),
    ],
)
def test_past_is_told_with_its_month(what, buyer_reads, exporter_reads):
    pair = affinity(BUYER, replace(SELLER, **{what: {"b1": date(2026, 3, 9)}}), on=FAIR)

    told = [
        [plain(one.text) for one in told_of(pair.reasons, NAMES, reader) if one.code == Code.HISTORY]
        for reader in Reader
    ]

    assert told == [[buyer_reads], [exporter_reads]]


def test_names_are_escaped():
    names = replace(NAMES, certificates={"EU-ORG": "<b>bio</b>"})

    found = told_of(affinity(BUYER, SELLER, on=FAIR).reasons, names)

    assert [str(one.text) for one in found if one.code == Code.CERTIFICATE] == [
        "&lt;b&gt;bio&lt;/b&gt; valid to January 2027"
    ]


def test_gaps_of_the_demonstration_are_told_in_a_sentence():
    exporters, asked = demonstration()
    gaps = [(one.need, gap(one.need, exporters, on=FAIR)) for one in asked]

    assert [plain(why_no_answer(need, why, NAMES)) for need, why in gaps if why] == [
        "1 offer of HS 0910.99, but without EU organic in force.",
        "Nobody here offers HS 0904.22.",
        "4 offers of HS 0910.20, none with NOP in force.",
        "2 offers of HS 1404.90, all from sellers who are not ready to export yet.",
    ]


@pytest.mark.integration
@pytest.mark.django_db
def test_names_come_from_the_reference_data(django_assert_num_queries):
    CertificateType.objects.create(
        code="EU-ORG", name_en="EU organic (Regulation (EU) 2018/848)", kind="organic"
    )
    Country.objects.create(
        code="SN",
        iso3="SEN",
        name_en="Senegal",
        name_fr="Sénégal",
        name_ar="السنغال",
        group="Africa",
        currency="XOF",
    )

    with django_assert_num_queries(6):
        names = current_names()

    assert names == Names(certificates={"EU-ORG": "EU organic"}, countries={"SN": "Senegal"})
