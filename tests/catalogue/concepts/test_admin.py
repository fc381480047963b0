import csv
import html

import pytest
from django.urls import reverse

from catalogue.concepts.actions import load_concepts
from catalogue.concepts.states import LANGUAGE_NAMES, Source
from catalogue.concepts.words_now import current_lexicon
from catalogue.models import Concept
from catalogue.search.query import read
from catalogue.search.tables import COLUMNS, LANGUAGES, reference_files, rows_of
from moussem.core.log import history_of
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

CODES = {"food", "spice", "saffron", "oil-plant", "argan"}


@pytest.fixture
def editor(client, tmp_path):
    """A client signed in as a superuser, before some concepts of the files; ``editor.person`` is who."""
    path = tmp_path / "words.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        rows = rows_of(*reference_files())
        table.writerows(row for row in rows if row["code"] in CODES or row["kind"] in ("incoterm", "stop"))
    load_concepts([path], source=Source.REFERENCE)
    client.person = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(client.person)
    return client


def typed(concept, **fields):
    """The form of a concept as the page sends it, some fields typed anew."""
    return {
        "kind": concept.kind,
        "parents": " ".join(concept.parents),
        "hs6": " ".join(concept.hs6),
        "seen_version": concept.version,
        **{f"aliases_{language}": "\r\n".join(texts) for language, texts in concept.aliases.items()},
        **fields,
    }


def change(editor, concept, **fields):
    address = reverse("admin:catalogue_concept_change", args=[concept.pk])
    page = editor.post(address, typed(concept, **fields), follow=True).content.decode()
    concept.refresh_from_db()
    return html.unescape(page)


def saffron():
    return Concept.objects.get(code="saffron")


def found(editor, **asked):
    page = editor.get(reverse("admin:catalogue_concept_changelist"), asked)
    return [concept.code for concept in page.context["cl"].result_list]


def test_every_language_of_the_files_has_its_box():
    assert tuple(LANGUAGE_NAMES) == LANGUAGES


@pytest.mark.parametrize("sought", ["Azafran", "زَعفران", "saffron"])
def test_concepts_are_found_by_any_alias_however_written(editor, sought):
    assert "saffron" in found(editor, q=sought)
    assert found(editor, q="no such word") == []


def test_concepts_are_listed_by_kind(editor):
    assert sorted(found(editor, kind__exact="thing")) == sorted(CODES)


def test_list_costs_the_same_for_few_and_many(editor, django_assert_num_queries):
    for kind in ("stop", "incoterm"):
        with django_assert_num_queries(5):
            assert found(editor, kind__exact=kind)


def test_form_opens_with_an_alias_a_line(editor):
    concept = saffron()

    form = editor.get(reverse("admin:catalogue_concept_change", args=[concept.pk])).context["adminform"].form

    assert {name: form[name].value() for name in ("parents", "hs6", "seen_version", "aliases_fr")} == {
        "parents": "spice",
        "hs6": "091020",
        "seen_version": 1,
        "aliases_fr": "\n".join(concept.aliases["fr"]),
    }


def test_form_saved_as_it_opened_changes_nothing(editor):
    concept = saffron()
    before = concept.content

    change(editor, concept)

    assert (concept.content, concept.version, concept.source) == (before, 1, Source.REFERENCE)


def test_alias_written_in_the_form_is_understood_by_the_next_question(editor):
    concept = saffron()

    change(editor, concept, aliases_de="Safran\r\n\r\n Flammegold \r\n", note="heard in Fez")

    assert (concept.aliases["de"], concept.version) == (["Safran", "Flammegold"], 2)
    assert concept.changed_by == editor.person
    assert [part.codes for part in read("flammegold", current_lexicon()).parts] == [("saffron",)]
    assert [(line.verb, line.facts["note"]) for line in history_of(concept)] == [
        ("concept_changed", "heard in Fez")
    ]


def test_editor_is_told_of_other_concepts_with_the_alias(editor):
    page = change(editor, saffron(), aliases_de="Safran\r\nARGAN")

    assert "“ARGAN” is an alias of other concepts as well: argan" in page


def test_unsound_form_is_refused_with_what_was_typed(editor):
    concept = saffron()

    page = change(editor, concept, aliases_de="!!\r\nFlammegold", parents="nobody")

    assert "holds no letter and no digit" in page
    assert "“nobody”, which is no concept" in page
    assert "Flammegold" in page
    assert concept.version == 1


def test_form_of_an_older_version_is_refused(editor):
    concept = saffron()
    change(editor, concept, aliases_de="Flammegold")

    page = change(editor, concept, aliases_de="Rotgold", seen_version=1)

    assert "was changed by somebody else meanwhile, to version 2" in page
    assert concept.aliases["de"] == ["Flammegold"]


def test_concept_is_added_once(editor):
    address = reverse("admin:catalogue_concept_add")
    new = {"code": "blue-nigella", "kind": "thing", "parents": "spice", "aliases_fr": "nigelle bleue"}

    first = editor.post(address, new)
    second = editor.post(address, new)

    concept = Concept.objects.get(code="blue-nigella")
    assert (first.status_code, second.status_code) == (302, 200)
    assert (concept.parents, concept.aliases, concept.version) == (["spice"], {"fr": ["nigelle bleue"]}, 1)
    assert [line.verb for line in history_of(concept)] == ["concept_added"]


def test_version_is_brought_back_from_the_history(editor):
    concept = saffron()
    before = concept.content
    change(editor, concept, aliases_de="Flammegold")
    history = reverse("admin:catalogue_concept_history", args=[concept.pk])
    page = editor.get(history).content.decode()

    editor.post(f"{history}1/", {"seen_version": 2})

    concept.refresh_from_db()
    assert "<ins><bdi>Flammegold</bdi></ins>" in page
    assert (concept.content, concept.version) == (before, 3)


def test_staff_without_the_permission_bring_nothing_back(editor, client):
    concept = saffron()
    change(editor, concept, aliases_de="Flammegold")
    client.force_login(UserFactory(is_staff=True))
    history = reverse("admin:catalogue_concept_history", args=[concept.pk])

    answers = [client.get(history).status_code, client.post(f"{history}1/").status_code]

    concept.refresh_from_db()
    assert (answers, concept.version) == ([403, 403], 2)


def test_concept_is_never_deleted(editor):
    concept = saffron()

    assert editor.post(reverse("admin:catalogue_concept_delete", args=[concept.pk])).status_code == 403
    assert saffron() == concept


@pytest.mark.parametrize("sought", ["zaafrane", "zafrane", "091020", "0910.20", "0910", "الزعفران"])
def test_concepts_are_found_as_the_shop_finds_them_and_by_tariff_code(editor, sought):
    assert "saffron" in found(editor, q=sought)


def test_one_alias_twice_in_a_language_is_kept_once(editor):
    change(editor, saffron(), aliases_en="saffron\r\nSaffron\r\nred gold\r\nsaffron ")

    assert saffron().aliases["en"] == ["saffron", "red gold"]


def test_a_word_that_is_passed_over_is_no_name(editor):
    aliases = saffron().aliases["en"]

    page = change(editor, saffron(), aliases_en="\r\n".join(["the", *aliases]))

    assert "“the” is a word that searches pass over" in page
    assert (saffron().aliases["en"], saffron().version) == (aliases, 1)


def test_a_language_that_is_emptied_is_told(editor):
    page = change(editor, saffron(), aliases_en="")

    assert "Saffron has no alias in English any more. It was saved" in page
    assert "en" not in saffron().aliases
    assert "any more" not in change(editor, saffron(), hs6="091020 091099")
