from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.search.amounts import Quantity
from catalogue.search.matching import titles
from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from tests.catalogue.search.words import LEXICON

pytestmark = pytest.mark.unit


def codes(text, **how):
    return [part.codes[0] for part in read(text, LEXICON, **how).parts]


@pytest.mark.parametrize(
    "typed", ["safran", "saffron", "زعفران", "الزعفران", "zaafrane", "Safran", "SAFFRON", "safron"]
)
def test_saffron_is_read_in_every_writing(typed):
    assert codes(typed) == ["saffron"]


@pytest.mark.parametrize(
    "typed",
    ["rose water", "eau de rose", "ماء الورد", "ma el ward", "Rosenwasser", "rosewater", "rose wtaer"],
)
def test_what_is_made_of_something_is_read_in_its_parts(typed):
    assert set(codes(typed)) == {"rose", "water"}


def test_the_longest_meaning_wins():
    assert codes("eau de fleur d'oranger") == ["water", "orange-blossom"]


def test_words_of_one_meaning_may_stand_apart():
    assert set(codes("fleur eau oranger")) == {"orange-blossom", "water"}


@pytest.mark.parametrize(
    ("typed", "hs"),
    [
        ("HS 0910 20", "091020"),
        ("0910.20.00", "091020"),
        ("sh:0910", "0910"),
        ("091020", "091020"),
        ("0910200000", "091020"),
        ("0910-20", "091020"),
        ("0910/20/00", "091020"),
        ("0910·20", "091020"),
        ("HS 0910-20", "091020"),
        ("HS6 0910.20", "091020"),
        ("HTSUS 0910.20", "091020"),
        # Nothing is traded under it: that finds nothing.
        ("HS 9999", "9999"),
    ],
)
def test_tariff_codes_are_read_in_any_writing(typed, hs):
    reading = read(typed, LEXICON)

    assert (reading.hs, reading.rest) == ((hs,), ())


@pytest.mark.parametrize("typed", ["990000", "2025-26", "saffron 2025/26"])
def test_a_number_that_no_chapter_begins_with_is_a_word(typed):
    assert read(typed, LEXICON).hs == ()


@pytest.mark.parametrize(
    ("typed", "amount", "unit"),
    [
        ("500 kg", "500", "kg"),
        ("1,5 t", "1500", "kg"),
        ("1 200 kg", "1200", "kg"),
        ("250g", "0.25", "kg"),
        ("10 l", "10", "l"),
        ("٥٠٠ كيلو", "500", "kg"),
    ],
)
def test_quantities_are_read_with_their_units(typed, amount, unit):
    quantity = read(f"saffron {typed}", LEXICON).quantity

    assert (quantity.amount, quantity.unit) == (Decimal(amount), unit)


def test_a_need_is_read_whole():
    reading = read("organic rose water women's cooperative 500 kg", LEXICON)

    assert [part.codes[0] for part in reading.parts] == ["organic", "rose", "water", "women-led"]
    assert reading.quantity == Quantity(Decimal("5E+2"), "kg", "500 kg")
    assert reading.rest == ()


def test_what_is_not_meant_is_taken_as_words():
    reading = read("organic saffron", LEXICON, without=["organic"])

    assert ([part.codes[0] for part in reading.parts], reading.rest) == (["saffron"], ("organic",))


def test_what_nobody_knows_is_kept_as_words():
    assert read("Souktana saffron", LEXICON).rest == ("souktan",)


def test_guesses_are_marked_and_their_words_kept():
    reading = read("pwoder", LEXICON)

    assert ([part.is_guess for part in reading.parts], reading.echoes) == ([True], ("pwoder",))


def test_titles_are_taken_at_their_word():
    assert titles("hydrolat de rose de Taliouine", LEXICON) == {
        "form": {"water"},
        "thing": {"rose"},
        "place": {"taliouine"},
    }
    assert titles("rose pwoder", LEXICON) == {"thing": {"rose"}}


@given(st.text(max_size=300))
def test_anything_can_be_read(text):
    reading = read(text, LEXICON)

    assert len(reading.rest) <= 24


def test_ten_kilobytes_are_read_in_part():
    assert len(read("saffron " * 1500, LEXICON).text) <= 200


@pytest.mark.parametrize(
    ("typed", "amount", "unit"),
    [
        ("rugs 50 pieces", "50", "piece"),
        ("babouches 20 paires", "20", "pair"),
        ("300 unidades de jabón", "300", "piece"),
        ("tapis 12 m2", "12", "m2"),
        ("زربية 12 m²", "12", "m2"),
    ],
)
def test_units_are_read_in_their_plurals_and_with_their_signs(typed, amount, unit):
    quantity = read(typed, reference_lexicon()).quantity

    assert (quantity.amount, quantity.unit) == (Decimal(amount), unit)


def asked_for(typed):
    """The kinds and codes that the words of the product read in a question, refused ones with a minus."""
    reading = read(typed, reference_lexicon())
    return {f"-{part.codes[0]}" if part.is_unwanted else part.codes[0] for part in reading.parts}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("safran avec son certificat", {"saffron"}),
        ("son de blé", {"bran", "wheat"}),
        ("miel pour ma fille", {"honey"}),
        ("ma lward", {"floral-water", "rose"}),
        ("safran mais pas en poudre", {"saffron", "-powder"}),
        ("huile de mais sans ogm", {"oil", "maize", "gmo-free"}),
        ("maïs bio", {"maize", "organic"}),
        ("some more saffron", {"saffron"}),
        ("marmellata di more", {"jam", "blackberry"}),
        ("make-up", {"makeup"}),
        ("safran et leur fiche", {"saffron"}),
        ("saffron, its expiry date", {"saffron"}),
        ("miel avec date limite de consommation", {"honey"}),
        ("dates with production date", {"date"}),
        ("saffron by sea freight", {"saffron"}),
    ],
)
def test_everyday_words_are_goods_only_where_goods_are_meant(typed, found):
    assert asked_for(typed) == found


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ("safran États-Unis", "usa"),
        ("safran vers les Etats Unis", "usa"),
        ("saffron to the United States", "usa"),
        ("Safran Vereinigte Staaten", "usa"),
        ("safran Royaume-Uni", "uk"),
        ("saffron United Arab Emirates", "uae"),
        ("safran Émirats arabes unis", "uae"),
        ("safran Pays-Bas", "holland"),
        ("safran Côte d'Ivoire", "abidjan"),
        ("saffron Hong Kong", "hongkong"),
        ("زعفران إلى الولايات المتحدة الأمريكية", "امريكا"),
        ("زعفران للمملكة المتحدة", "بريطانيا"),
    ],
)
def test_countries_of_two_words_are_where_the_goods_go(typed, where):
    assert asked_for(typed) == {"saffron", f"destination-{where}"}


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("½ kg saffron", "0.5"),
        ("1/2 kg saffron", "0.5"),
        ("2½ kg saffron", "2.5"),
        ("2 1/2 kg saffron", "2.5"),
        (".5 kg saffron", "0.5"),
        ("1'000 kg Safran", "1000"),
        ("1,000.5 kg saffron", "1000.5"),
        ("10.000,5 kg Safran", "10000.5"),
        ("زعفران ٢٫٥ كلغ", "2.5"),
        ("زعفران ١٬٠٠٠ كلغ", "1000"),
        ("saffron ５００ kg", "500"),
    ],
)
def test_amounts_are_read_in_any_writing_of_numbers(typed, amount):
    reading = read(typed, reference_lexicon())

    assert (reading.quantity.amount, reading.quantity.unit) == (Decimal(amount), "kg")
    assert reading.rest == ()


def test_no_amount_begins_in_the_middle_of_a_number():
    assert read("saffron 24/25 kg", reference_lexicon()).quantity is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("olive oil in glass bottles", {"olive", "oil"}),
        ("زيت الزيتون في قنينات زجاجية", {"olive", "oil"}),
        ("Olivenöl in Glasflaschen", {"olive", "oil"}),
        ("miel en pot de verre", {"honey"}),
        ("dates in wooden crates", {"date"}),
        ("dattes en boîte carton", {"date"}),
        ("sardines en boîte", {"sardine", "canned"}),
        # By themselves they are the goods.
        ("leather bag", {"leather", "bag"}),
        ("sac en cuir", {"leather", "bag"}),
        ("wooden box", {"box"}),
    ],
)
def test_what_a_pack_is_made_of_is_not_asked_of_the_goods_in_it(typed, found):
    assert asked_for(typed) == found
