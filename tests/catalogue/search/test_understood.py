"""What a question is told to mean: the most specific name for its words together."""

import pytest
from django.utils.translation import override

from catalogue.choices import chips_of
from catalogue.search import indexing
from catalogue.search.asked import Asked
from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from catalogue.understood import told_of
from tests.factories.catalogue import ProductFactory, SellerFactory

pytestmark = pytest.mark.unit
FAMILIES = {
    "en": {
        "rose-water": "Rose water",
        "rose-oil": "Rose oil",
        "figs": "Dried figs",
        "argan-oil": "Argan oil",
    },
    "fr": {"rose-water": "Eau de rose", "argan-oil": "Huile d’argane"},
    "ar": {"rose-water": "ماء الورد"},
}


def labels(typed, language):
    lexicon = reference_lexicon()
    with override(language):
        return [told.label for told in told_of(read(typed, lexicon), FAMILIES[language], lexicon)]


@pytest.mark.parametrize(
    ("typed", "language", "told"),
    [
        ("rose water", "en", ["Rose water"]),
        ("organic rosewater from Taliouine", "en", ["Organic", "Rose water", "Taliouine"]),
        ("eau de rose", "en", ["Rose water"]),
        ("Rosenwasser", "fr", ["Eau de rose"]),
        ("rose water", "ar", ["ماء الورد"]),
        ("argan oil", "en", ["Argan oil"]),
        ("argan oil United States", "en", ["Argan oil", "To USA"]),
        ("dried figs", "en", ["Dried figs"]),
        ("saffron threads", "en", ["Saffron", "Thread"]),
        ("filaments de safran bio", "fr", ["Filament", "Safran", "Bio"]),
        ("saffron threads", "fr", ["Safran", "Filament"]),
        ("saffrn threads", "en", ["Saffron", "Thread"]),
        ("huile de graines de nigelle", "fr", ["Huile", "Nigelle"]),
        ("date", "en", ["Date"]),
        ("couscous", "en", ["Couscous"]),
        ("berkoukes", "en", ["Berkoukes"]),
        ("raisin", "en", ["Raisin"]),
        ("raisin", "fr", ["Raisin"]),
        ("saffron threads powder", "en", ["Saffron", "Thread", "Powder"]),
        ("wool rug", "en", ["Wool", "Rug"]),
        ("honey and saffron", "en", ["Honey", "Saffron"]),
        # Of a list each by its own name.
        ("rose water and rose oil", "en", ["Rose water", "Rose oil"]),
        ("Rosenwasser und Rosenöl", "en", ["Rose water", "Rose oil"]),
        # No family here has the name of the second.
        ("eau de rose et huile de rose", "fr", ["Eau de rose", "Huile (rose)"]),
        ("ماء الورد وزيت الورد", "ar", ["ماء الورد", "زيت (ورد)"]),
        ("argan and argan oil", "en", ["Argan oil", "Argan"]),
    ],
)
def test_words_are_told_by_the_most_specific_thing_they_mean_together(typed, language, told):
    assert labels(typed, language) == told


def test_goods_keep_their_chip_where_none_is_as_it_was_to_be():
    lexicon, typed = reference_lexicon(), "dried figs"

    chips = chips_of(
        Asked(text=typed), read(typed, lexicon), lexicon, {"family": FAMILIES["en"]}, "EUR", {"word:dried"}
    )

    assert [chip.label for chip in chips] == ["Fig"]


def test_one_press_takes_back_all_that_one_name_stands_for():
    lexicon = reference_lexicon()

    told = told_of(read("rose water", lexicon), FAMILIES["en"], lexicon)

    assert [one.codes for one in told] == [("rose", "floral-water")]
    assert read("rose water", lexicon, without=told[0].codes).parts == ()


def test_taking_back_one_of_a_list_leaves_what_the_others_are_named_by():
    lexicon, typed = reference_lexicon(), "rose water and rose oil"

    water, oil = told_of(read(typed, lexicon), FAMILIES["en"], lexicon)
    left = read(typed, lexicon, without=oil.codes)

    assert (water.codes, oil.codes) == (("floral-water",), ("oil",))
    assert [one.label for one in told_of(left, FAMILIES["en"], lexicon)] == ["Rose water"]


@pytest.mark.parametrize(("taken", "left"), [("Argan oil", "argan"), ("Argan", "argan oil")])
def test_goods_beside_their_oil_are_taken_back_by_themselves(taken, left):
    lexicon, typed = reference_lexicon(), "argan and argan oil"

    told = {one.label: one for one in told_of(read(typed, lexicon), FAMILIES["en"], lexicon)}

    kept = read(typed, lexicon, without=told[taken].codes)
    assert [(one.kind, one.codes) for one in kept.parts] == [
        (one.kind, one.codes) for one in read(left, lexicon).parts
    ]
    assert kept.items == ()


@pytest.mark.parametrize(
    ("typed", "language", "told"),
    [
        ("saffron 500 kg", "en", "500 kg"),
        ("saffron 500 kg", "ar", "500 كلغ"),
        ("saffron 1,5 t", "fr", "1 500 kg"),
        ("oil 20 litres", "fr", "20 L"),
    ],
)
def test_quantity_is_told_in_the_words_of_the_reader(typed, language, told):
    lexicon = reference_lexicon()
    with override(language):
        chips = chips_of(Asked(text=typed), read(typed, lexicon), lexicon, {}, "EUR")

    assert " ".join(chips[-1].label.replace("\u202f", " ").split()) == told


@pytest.mark.integration
@pytest.mark.django_db
def test_only_words_that_stand_in_no_offer_are_told_as_not_understood(shelf, client):
    ProductFactory(organisation=SellerFactory(name="Souktana"))
    indexing.rebuild()

    page = client.get("/en/products/", {"q": "saffron souktana zxqwv"})

    assert page.context["results"].unknown == ("zxqwv",)
    assert "<bdi>zxqwv</bdi>" in page.content.decode()
