import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.imports.headers import guess_columns, plain
from catalogue.imports.template import headers_in, keys_in

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("Code produit", "code"),
        ("Réf.", "code"),
        ("SKU", "code"),
        ("الرمز", "code"),
        ("Désignation", "title:fr"),
        ("Product name", "title:en"),
        ("اسم المنتوج", "title:ar"),
        ("Titre (AR)", "title:ar"),
        ("Nom en anglais", "title:en"),
        ("الاسم بالفرنسية", "title:fr"),
        ("description_en", "description:en"),
        ("الوصف", "description:ar"),
        ("Prix €", "price:EUR:1"),
        ("Prix unitaire (EUR)", "price:EUR:1"),
        ("Price USD 2", "price:USD:2"),
        ("الثمن بالدرهم", "price:MAD:1"),
        ("Prix DH palier 3", "price:MAD:3"),
        ("Prix", "price::1"),
        ("Quantité minimale", "quantity:1"),
        ("MOQ", "quantity:1"),
        ("À partir de 2", "quantity:2"),
        ("الكمية الدنيا", "quantity:1"),
        ("Unité", "unit"),
        ("الوحدة", "unit"),
        ("Code SH", "hs_code"),
        ("HS code", "hs_code"),
        ("الرمز الجمركي", "hs_code"),
        ("Capacité annuelle (kg)", "capacity_per_year"),
        ("Délai (jours)", "lead_time_days"),
        ("Mois de récolte", "harvest_months"),
        ("Durée de conservation", "shelf_life_months"),
        ("Conditionnement", "packaging:fr"),
        ("Province d’origine", "origin_province"),
        ("الإقليم", "origin_province"),
        ("Allergènes", "allergens"),
        ("Échantillon", "sample_quantity"),
        ("Famille", "family"),
        ("Couleur du camion", ""),
        ("", ""),
    ],
)
def test_header_is_understood_in_three_languages(header, key):
    assert guess_columns([header]) == [key]


@pytest.mark.parametrize(
    ("headers", "language", "keys"),
    [
        (["Description"], "en", ["description:en"]),
        (["Description"], "fr", ["description:fr"]),
        (["Description"], "ar", ["description:fr"]),
        (["Description (fr)"], "en", ["description:fr"]),
        (["Code", "Désignation", "Description"], "en", ["code", "title:fr", "description:fr"]),
        (["Code", "Product name", "Description"], "fr", ["code", "title:en", "description:en"]),
        (["Code", "Nom", "Name", "Description"], "fr", ["code", "title:fr", "title:en", "description:fr"]),
    ],
)
def test_header_of_two_languages_is_in_that_of_the_list_or_the_readers(headers, language, keys):
    assert guess_columns(headers, language=language) == keys


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_headers_of_the_template_are_understood_whoever_reads_it(language):
    for reader in ("en", "fr", "ar"):
        assert guess_columns(headers_in(language), language=reader) == keys_in(language)


def test_same_thing_twice_is_taken_once():
    assert guess_columns(["Nom", "Produit", "Titre EN"]) == ["title:fr", "", "title:en"]


def test_language_of_a_column_is_told_by_its_cells():
    assert guess_columns(["Produit"], [["زعفران حر"], ["عسل"]]) == ["title:ar"]


def test_questions_of_the_family_are_recognised():
    questions = {"form": ["Form", "Forme", "الشكل"]}

    assert guess_columns(["FORME", "الشكل"], questions=questions) == ["question:form", ""]


def test_words_are_compared_without_accents_marks_or_look_alikes():
    assert plain("  Épices, À LA carte_2 ") == "epices a la carte 2"
    assert plain("الإقْليـم") == plain("الاقليم")


@given(st.lists(st.text(max_size=30), max_size=12))
def test_any_headers_get_one_key_each_and_no_key_twice(headers):
    keys = guess_columns(headers)
    used = [key for key in keys if key]

    assert len(keys) == len(headers)
    assert len(used) == len(set(used))
