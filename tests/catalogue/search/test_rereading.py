"""Words that are taught count for questions at once, and for what offers say without a person's help."""

import csv

import pytest
from django.db import connection

from catalogue.concepts import words_now
from catalogue.concepts.actions import bring_back, change_concept, load_concepts
from catalogue.concepts.states import Source
from catalogue.concepts.words_now import current_lexicon, lock_concepts, stamp_change
from catalogue.models import Concept, ConceptVersion, StaleOffer
from catalogue.search import indexing
from catalogue.search.asked import Asked
from catalogue.search.rereading import mark_what_reads_anew
from catalogue.search.results import reading_of_question, results_of
from catalogue.search.tables import COLUMNS
from catalogue.tasks import heal_the_index
from moussem.core.in_step import Held
from tests.catalogue.search.meanwhile import just_before
from tests.factories.catalogue import FamilyFactory, ProductFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def found(text):
    return results_of(Asked(text), "EUR", None).products


KNOWN = (
    {"code": "spice", "kind": "thing", "fr": "épice"},
    {"code": "fruit", "kind": "thing", "fr": "fruit"},
    {"code": "saffron", "kind": "thing", "parents": "spice", "en": "saffron", "fr": "safran", "de": "Safran"},
)


def words_of(folder, *rows):
    """A file of concepts."""
    file = folder / f"words-{len(rows)}.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        table = csv.DictWriter(opened, COLUMNS)
        table.writeheader()
        table.writerows(rows)
    return file


def marked():
    return set(StaleOffer.objects.values_list("product_id", flat=True))


def teach(code, language, *aliases, **others):
    """An editor gives a concept these aliases of one language."""
    concept = Concept.objects.get(code=code)
    content = concept.content
    content = {**content, "aliases": {**content["aliases"], language: list(aliases)}, **others}
    change_concept(concept, content, actor=UserFactory(), seen_version=concept.version)


@pytest.fixture
def flammegold(shelf, tmp_path):
    """An offer in a word that nobody knows, beside one in words that all know."""
    load_concepts([words_of(tmp_path, *KNOWN)], source=Source.REFERENCE)
    nameless = FamilyFactory(slug="others", name="Others", name_fr="Autres", name_ar="أخرى")
    fields = {"product_class": nameless, "hs_code": None, "texts": False}
    product = ProductFactory(title="Flammegold aus Taliouine", **fields)
    ProductFactory()
    mark_what_reads_anew()
    indexing.rebuild()
    StaleOffer.objects.all().delete()
    # A test never commits: what still waits for that would pass for the bell that is to ring.
    connection.run_on_commit.clear()
    return product


def test_taught_alias_reaches_questions_at_once_and_offers_by_the_bell(
    flammegold, django_capture_on_commit_callbacks
):
    assert flammegold not in found("safran")

    with django_capture_on_commit_callbacks(execute=True):
        teach("saffron", "de", "Safran", "Flammegold")

    assert reading_of_question(Asked("flammegold"), current_lexicon()).parts[0].codes == ("saffron",)
    assert flammegold in found("safran")
    assert not StaleOffer.objects.exists()


def test_only_offers_that_hold_a_changed_alias_are_marked(flammegold):
    teach("saffron", "de", "Safran", "Flammegold")

    assert (mark_what_reads_anew(), marked()) == (1, {flammegold.pk})
    assert mark_what_reads_anew() == 0


def test_alias_taken_out_or_brought_back_marks_as_well(flammegold):
    teach("saffron", "de", "Flammegold")
    mark_what_reads_anew()
    StaleOffer.objects.all().delete()

    first = ConceptVersion.objects.get(concept__code="saffron", number=1)
    bring_back(first, actor=UserFactory(), seen_version=2)

    mark_what_reads_anew()
    assert flammegold.pk in marked()


def test_words_of_a_file_reach_the_offers(flammegold, tmp_path, django_capture_on_commit_callbacks):
    file = words_of(tmp_path, *KNOWN, {"code": "feuergold", "kind": "thing", "de": "Flammegold|Feuergold"})

    with django_capture_on_commit_callbacks(execute=True):
        load_concepts([file])

    assert flammegold in found("Feuergold")


def test_half_of_a_compound_is_found(flammegold):
    teach("saffron", "de", "Safran", "Flamme Gewürz")

    mark_what_reads_anew()

    assert flammegold.pk in marked()


@pytest.mark.parametrize("change", [{"parents": ["fruit"]}, {"hs6": ["091011"]}])
def test_change_of_what_a_concept_is_may_concern_every_offer(flammegold, change):
    teach("saffron", "de", "Safran", **change)

    assert mark_what_reads_anew() == 2


def test_change_whose_bell_was_lost_is_met_by_the_clock(flammegold):
    teach("saffron", "de", "Safran", "Flammegold")

    heal_the_index()

    assert (flammegold in found("safran"), StaleOffer.objects.exists()) == (True, False)


def test_process_that_has_not_looked_yet_indexes_with_the_new_words(flammegold):
    before = words_now.held.held
    teach("saffron", "de", "Safran", "Flammegold")
    mark_what_reads_anew()
    # As a process that looked a moment before the change.
    words_now.held.held = Held(before.value, before.stamp, words_now.held.turn)

    indexing.refresh()

    assert flammegold in found("safran")


def test_answer_is_read_and_told_by_one_lexicon(flammegold, tmp_path, settings, client):
    settings.LEXICON_LOOKED_AT_EVERY = 0

    def elsewhere():
        more = {"code": "quxat", "kind": "thing", "en": "quxat", "fr": "quxat", "ar": "كوكسات"}
        load_concepts([words_of(tmp_path, *KNOWN, more)], source=Source.REFERENCE)

    # Between the names of the page and its answer.
    with just_before('"core_lastrun"."at"', elsewhere):
        page = client.get("/en/products/", {"q": "quxat"})

    assert (page.status_code, [chip.label for chip in page.context["chips"]]) == (200, ["Quxat"])


def test_answer_keeps_the_lexicon_that_it_began_with(flammegold, settings, client):
    settings.LEXICON_LOOKED_AT_EVERY = 0
    looks = iter(range(99))

    def gone(execute, sql, params, many, context):
        told = execute(sql, params, many, context)
        if sql.startswith('SELECT "core_lastrun"."fingerprint"') and next(looks) == 0:
            Concept.objects.filter(code="saffron").delete()
            stamp_change(lock_concepts())
        return told

    # The concept is gone once the question was read.
    with connection.execute_wrapper(gone):
        page = client.get("/en/products/", {"q": "saffron"})

    assert page.status_code == 200
    assert [chip.label for chip in page.context["chips"]] == ["Saffron"]
