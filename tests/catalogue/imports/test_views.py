from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from catalogue.actions.reference import load_families
from catalogue.imports.models import ProductList
from catalogue.imports.queries import stamp_of
from catalogue.imports.states import ImportState
from catalogue.models import Family, PriceTier, Product, ProductText
from catalogue.states import TextOrigin
from moussem.core.models import LogEntry
from tests.catalogue.imports.lists import text, workbook
from tests.factories.catalogue import ProductFactory, saffron_code, taroudant
from tests.factories.organisations import MembershipFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HEADERS = ["Réf", "Désignation", "اسم المنتوج", "Unité", "Quantité minimale", "Prix EUR", "Prix DH", "Forme"]
ROWS = [
    ["S-1", "Safran en filaments", "زعفران خيوط", "g", "500", "3,30", "35,64", "Filaments entiers"],
    ["S-2", "Safran en poudre", "زعفران مسحوق", "g", "200", "3,45", "37,26", "poudre"],
]


@pytest.fixture
def desk(client, seller):
    """A client signed in as the seller, in a world where saffron is known."""
    load_families()
    saffron_code(), taroudant()
    client.force_login(seller.user)
    return client


def page(name, *args):
    return reverse(f"imports:{name}", args=args)


def send(desk, content, name="liste.csv", family="saffron"):
    chosen = Family.objects.get(slug=family).pk if family else ""
    return desk.post(page("index"), {"file": SimpleUploadedFile(name, content), "family": chosen})


def try_out(desk, content, name="liste.csv", **changed):
    """Send a list and accept the guess of its columns, but for what is changed."""
    answer = send(desk, content, name)
    form = desk.get(answer["Location"]).context["form"]
    data = {name: form[name].initial or form.initial.get(name, "") for name in form.fields}
    desk.post(answer["Location"], {**data, **changed})
    return ProductList.objects.first()


def reasons(product_list):
    return [(row, key, reason) for row, key, _value, reason in product_list.problems]


def everything():
    models = (Product, ProductText, PriceTier)
    return [
        [
            {k: v for k, v in row.items() if k != "date_updated"}
            for row in model.objects.order_by("pk").values()
        ]
        for model in models
    ]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (text([HEADERS, *ROWS]), "liste.csv"),
        (workbook([HEADERS, *ROWS]), "liste.xlsx"),
        (text([HEADERS, *ROWS], "utf-16", "\t"), "liste.txt"),
    ],
)
def test_list_is_guessed_tried_out_and_imported(desk, seller, content, name):
    tried = try_out(desk, content, name)

    assert (tried.state, tried.problems, Product.objects.count()) == (ImportState.CHECKED, [], 0)
    assert tried.counts == {
        "rows": 2,
        "new": 2,
        "changed": 0,
        "same": 0,
        "wrong": 0,
        "problems": 0,
        "jumps": 0,
    }
    desk.post(page("write", tried.pk))

    first, second = Product.objects.of(seller.organisation).order_by("seller_code")
    assert (first.title, first.is_public, first.moq) == ("Safran en filaments", False, Decimal(500))
    assert {one.language: one.origin for one in first.texts.all()} == {
        "fr": TextOrigin.ORIGINAL,
        "ar": TextOrigin.APPROVED,
    }
    assert second.attribute_values.get().value.option == "Powder"
    assert sorted(second.tiers.values_list("currency", "unit_price")) == [
        ("EUR", Decimal("3.45")),
        ("MAD", Decimal("37.26")),
    ]


def test_list_sent_twice_changes_nothing(desk):
    desk.post(page("write", try_out(desk, text([HEADERS, *ROWS])).pk))
    before = everything()

    again = try_out(desk, text([HEADERS, *ROWS]))
    desk.post(page("write", again.pk))

    assert again.counts == {
        "rows": 2,
        "new": 0,
        "changed": 0,
        "same": 2,
        "wrong": 0,
        "problems": 0,
        "jumps": 0,
    }
    assert everything() == before
    assert desk.post(page("write", again.pk), follow=True).status_code == 200
    assert everything() == before


def test_list_changes_what_it_says_and_a_new_price_is_logged(desk, seller):
    desk.post(page("write", try_out(desk, text([HEADERS, *ROWS])).pk))
    lines = [["Réf", "Prix EUR", "Quantité minimale"], ["S-1", "3,50", "600"]]

    tried = try_out(desk, text(lines))
    desk.post(page("write", tried.pk))

    assert tried.counts["changed"] == 1
    product = Product.objects.get(seller_code="S-1")
    assert (product.moq, product.title) == (Decimal(600), "Safran en filaments")
    assert sorted(product.tiers.values_list("currency", "min_quantity", "unit_price")) == [
        ("EUR", Decimal(600), Decimal("3.5")),
        ("MAD", Decimal(600), Decimal("35.64")),
    ]
    begun = LogEntry.objects.filter(verb="started", actor=seller.user).values_list("subject_id", flat=True)
    assert set(begun) == {str(pk) for pk in Product.objects.values_list("pk", flat=True)}
    told = LogEntry.objects.get(verb="details.changed", subject_id=str(product.pk)).facts
    assert (told["before"], told["after"]) == ({"moq": "500.000"}, {"moq": "600.000"})
    told = LogEntry.objects.get(verb="price.changed", actor=seller.user, facts__currency="EUR").facts
    assert (told["before"], told["after"]) == ([["500", "3.3"]], [["600", "3.5"]])


def test_new_name_of_a_product_without_english_names_it_and_is_logged(desk, seller):
    lines = [
        ["Réf", "Désignation", "Unité", "Quantité minimale", "Prix EUR"],
        ["S-9", "Safran", "g", "500", "3,30"],
    ]
    desk.post(page("write", try_out(desk, text(lines)).pk))
    assert ProductText.objects.get().language == "fr"
    lines[1][1] = "Safran de Taliouine"

    desk.post(page("write", try_out(desk, text(lines)).pk))

    product = Product.objects.get()
    assert (product.title, product.slug) == ("Safran de Taliouine", "safran-de-taliouine")
    told = LogEntry.objects.get(verb="text.written").facts
    said = {"before": "Safran", "after": "Safran de Taliouine", "fields": ["title"]}
    assert told == {"language": "fr", **said, **stamp_of(ProductList.objects.latest("pk"))}


def test_ladder_of_six_steps_is_imported_whole(desk):
    steps = [(500, "3,30"), (1000, "3,20"), (2000, "3,10"), (3000, "3,00"), (4000, "2,90"), (5000, "2,80")]
    headers = ["Réf", "Désignation", "Unité"]
    row = ["S-6", "Safran", "g"]
    for number, (quantity, price) in enumerate(steps, start=1):
        headers += [f"Quantité {number}", f"Prix EUR {number}"]
        row += [str(quantity), price]

    desk.post(page("write", try_out(desk, text([headers, row])).pk))

    assert list(PriceTier.objects.order_by("min_quantity").values_list("min_quantity", flat=True)) == [
        Decimal(quantity) for quantity, _price in steps
    ]


def test_packaging_is_kept_in_the_language_of_the_name(desk):
    lines = [
        ["Réf", "Désignation", "Packing", "التلفيف", "Unité"],
        ["S-1", "Safran", "Boîte 5 g", "علبة", "g"],
    ]

    desk.post(page("write", try_out(desk, text(lines)).pk))

    words = Product.objects.get().texts.values_list("language", "title", "packaging")
    assert sorted(words) == [("ar", "Safran", "علبة"), ("fr", "Safran", "Boîte 5 g")]


@pytest.mark.parametrize(
    ("kept", "said", "origin"),
    [
        (None, ["", "علبة"], "machine"),
        (None, ["زعفران", "علبة"], "approved"),
        ("machine", ["", "علبة"], "machine"),
        ("machine", ["زعفران", "علبة"], "approved"),
        ("approved", ["", "علبة"], "approved"),
    ],
)
def test_translation_that_the_list_does_not_say_whole_is_not_called_approved(
    desk, seller, kept, said, origin
):
    if kept:
        desk.post(page("write", try_out(desk, text([["Réf", "Désignation"], ["S-1", "Safran"]])).pk))
        ProductText.objects.create(
            product=Product.objects.get(), language="ar", title="زعفران آلي", origin=kept
        )
    lines = [["Réf", "Désignation", "اسم المنتوج", "التلفيف", "Unité"], ["S-1", "Safran", *said, "g"]]

    desk.post(page("write", try_out(desk, text(lines)).pk))

    texts = ProductText.objects.order_by("language").values_list("language", "origin", "approved_by")
    person = seller.user.pk
    assert list(texts) == [
        ("ar", origin, None if origin == "machine" else person),
        ("fr", "original", person),
    ]


def test_one_bad_cell_keeps_the_whole_list_out(desk):
    bad = ["S-3", "Miel\u202eexe", "", "paire", "0", "-1", "1,234", "=1+1"]
    tried = try_out(desk, text([HEADERS, *ROWS, bad, ROWS[0]]))

    desk.post(page("write", tried.pk))

    assert Product.objects.count() == 0
    assert ProductList.objects.get().state == ImportState.CHECKED
    assert tried.counts == {
        "rows": 4,
        "new": 2,
        "changed": 0,
        "same": 0,
        "wrong": 2,
        "problems": 7,
        "jumps": 0,
    }
    assert reasons(tried) == [
        (4, "title:fr", "bidi"),
        (4, "unit", "unit"),
        (4, "quantity:1", "zero"),
        (4, "price:EUR:1", "negative"),
        (4, "price:MAD:1", "ambiguous"),
        (4, "question:form", "formula"),
        (5, "code", "twice"),
    ]


def test_problems_are_downloaded_in_a_file_that_never_reckons(desk):
    lines = [HEADERS, ["S-1", '=HYPERLINK("http://x")', "زعفران", "g", "5", "-3", "", ""]]
    tried = try_out(desk, text(lines))

    answer = desk.get(page("problems", tried.pk))

    content = answer.content.decode("utf-8")
    assert content.startswith("\ufeffRow,Your column,It means,Value,Reason\r\n2,Désignation,")
    assert '"\'=HYPERLINK(""http://x"")"' in content
    assert ",'-3,A negative number." in content
    assert "attachment" in answer["Content-Disposition"]


def test_problems_are_told_in_the_language_of_the_reader(desk):
    tried = try_out(desk, text([["الرمز", "الثمن بالدرهم"], ["S-1", "-3"]]))

    shown = desk.get(page("check", tried.pk)).content.decode()

    assert "A negative number." in shown
    assert "Import the list" not in shown


def test_columns_can_be_corrected(desk):
    lines = [["Machin", "Désignation", "Prix"], ["S-1", "Safran", "3"]]
    answer = send(desk, text(lines))
    columns = {"family": Family.objects.get(slug="saffron").pk, "encoding": "utf-8"}

    refused = desk.post(answer["Location"], {**columns, "column_1": "title:fr"})
    twice = desk.post(answer["Location"], {**columns, "column_0": "code", "column_1": "code"})
    good = desk.post(answer["Location"], {**columns, "column_0": "code", "column_1": "title:fr"})

    assert "Say which column holds your own code" in refused.content.decode()
    assert "Two columns are said to be the same thing" in twice.content.decode()
    assert good["Location"] == page("check", ProductList.objects.get().pk)


def test_doubtful_encoding_is_said_and_can_be_corrected(desk):
    answer = send(desk, text([["Réf", "Désignation"], ["S-1", "Safran récolté"]], "cp1252"))

    shown = desk.get(answer["Location"]).content.decode()

    assert "we took it for Windows, French and English (1252)" in shown
    assert "Safran récolté" in shown


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (workbook([["code"], ["A"]]), "liste.xlsm", "it contains macros"),
        (b"\x00\x01\x02", "liste.csv", "neither a CSV nor an XLSX"),
        (b"   ", "liste.csv", "it is empty"),
    ],
)
def test_list_that_cannot_be_read_is_refused_with_a_sentence(desk, content, name, sentence):
    answer = send(desk, content, name)

    assert sentence in answer.content.decode()
    assert (ProductList.objects.count(), LogEntry.objects.count()) == (0, 0)


def test_five_thousand_rows_are_imported_in_few_statements(desk, seller, django_assert_max_num_queries):
    rows = [[f"S-{n}", f"Safran {n}", "زعفران", "g", "500", "3,30", "35,64", "poudre"] for n in range(5_000)]
    tried = try_out(desk, text([HEADERS, *rows]))

    with django_assert_max_num_queries(525):
        desk.post(page("write", tried.pk))

    assert Product.objects.of(seller.organisation).count() == 5_000


def test_list_of_another_seller_does_not_exist(client, desk, stranger):
    tried = try_out(desk, text([HEADERS, *ROWS]))
    client.force_login(stranger.user)

    answers = [client.get(page(name, tried.pk)).status_code for name in ("columns", "check", "problems")]
    answers += [client.post(page(name, tried.pk)).status_code for name in ("columns", "again", "write")]

    assert answers == [404] * 6
    assert Product.objects.count() == 0


def test_own_code_of_another_seller_is_not_ours(desk, seller, stranger):
    ProductFactory(organisation=stranger.organisation, seller_code="S-1")

    desk.post(page("write", try_out(desk, text([HEADERS, *ROWS])).pk))

    assert Product.objects.of(seller.organisation).count() == 2
    assert Product.objects.of(stranger.organisation).get().title.startswith("Saffron")


@pytest.mark.parametrize("rows", [1, 3])
def test_page_of_lists_asks_the_same_questions(desk, rows, django_assert_num_queries):
    for _n in range(rows):
        send(desk, text([HEADERS, *ROWS]))

    with django_assert_num_queries(7):
        desk.get(page("index"))


def test_refused_word_names_those_that_are_accepted(desk):
    wrong = [HEADERS, ["S-1", "Safran", "", "boisseau", "500", "3,30", "", "en pelotes"]]

    tried = try_out(desk, text(wrong))

    shown = [reason for *_cell, reason in desk.get(page("check", tried.pk)).context["problems"]]
    assert shown[0] == "“boisseau” is not known here. Write one of: g, kg."
    assert shown[1].startswith("“en pelotes” is not known here. Write one of: ")
    assert "Write one of: g, kg." in desk.get(page("problems", tried.pk)).content.decode()


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_template_comes_back_without_a_problem(desk, seller, language, ending):
    with override(language):
        filled = desk.get(page(f"template_{ending}"))

    tried = try_out(desk, filled.content, f"liste.{ending}", family="")
    desk.post(page("write", tried.pk))

    assert (tried.problems, tried.counts["new"]) == ([], 1)
    product = Product.objects.get(organisation=seller.organisation)
    assert (product.product_class.slug, product.moq, product.unit) == ("saffron", 100, "g")
    assert list(product.texts.values_list("language", flat=True)) == [language]
    prices = product.tiers.order_by("min_quantity").values_list("unit_price", flat=True)
    assert list(prices) == [Decimal("3.5"), Decimal("3.1")]


def test_template_is_for_sellers(client):
    client.force_login(MembershipFactory(organisation__kind="buyer").user)

    assert client.get(page("template_csv")).status_code == 403


def test_imported_list_leads_to_the_drafts_that_it_made(desk):
    tried = try_out(desk, text([HEADERS, *ROWS]))
    assert "New products become drafts" in desk.get(page("check", tried.pk)).content.decode()

    desk.post(page("write", tried.pk))

    assert (
        f'href="{reverse("listing:index")}?show=drafts"' in desk.get(page("check", tried.pk)).content.decode()
    )


def test_columns_without_a_meaning_stand_apart_from_those_that_are_recognised(desk):
    answer = send(desk, text([["Réf", "Désignation", "Bruit"], ["S-1", "Safran", "x"]]))

    form = desk.get(answer["Location"]).context["form"]

    assert [(field.label, cells) for field, cells in form.unknown] == [("Bruit", ["x"])]
    assert [field.label for field, _cells in form.recognised] == ["Réf", "Désignation"]


def test_every_word_of_a_column_can_be_read_where_one_was_refused(desk):
    lines = [["Réf", "Désignation", "Famille"], ["S-1", "Safran", "Atlantide"]]

    checked = desk.get(page("check", try_out(desk, text(lines)).pk))

    names = [(name, len(labels)) for name, labels in checked.context["words"]]
    assert names == [("Family", Family.objects.count())]
