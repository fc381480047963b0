from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test.utils import override_settings

from catalogue.concepts import words_now
from catalogue.concepts.actions import add_concept, change_concept, load_reference_concepts
from catalogue.concepts.states import ConceptKind
from catalogue.concepts.words_now import current_lexicon, forget
from catalogue.models import Concept
from catalogue.search.lexicon import KINDS, STOP
from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from moussem.core.models import LastRun
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

QUESTIONS = (
    "safran",
    "زعفران",
    "zaafrane",
    "azafrán de Taliouine",
    "HS 0910 20",
    "organic rose water women's cooperative 500 kg",
    "Orangenblütenwasser",
    "huile d'argan bio vrac",
    "medjool dates",
    "tapis Taznakht",
    "ma el ward",
    "olio di oliva extravergine",
    "amlou",
    "souktana",
)


def codes(question):
    return [part.codes for part in read(question, current_lexicon()).parts]


def in_a_connection_of_its_own(_):
    """The lexicon as a thread of a server gets it."""
    try:
        return current_lexicon()
    finally:
        connection.close()


def word_is_added(code, word):
    """Gives a concept another French name, as another process would: nobody tells this one."""
    aliases = Concept.objects.get(code=code).aliases
    aliases["fr"].append(word)
    Concept.objects.filter(code=code).update(aliases=aliases)
    words_now.stamp_change(LastRun.objects.get(pk=words_now.STAMP))


def test_kinds_are_those_that_the_lexicon_orders():
    assert set(ConceptKind.values) == {*KINDS, STOP}


def test_words_of_the_files_are_known_while_the_table_is_empty():
    forget()

    assert current_lexicon() is reference_lexicon()


def test_questions_are_read_from_the_database_as_from_the_files():
    load_reference_concepts()
    lexicon = current_lexicon()

    assert lexicon is not reference_lexicon()
    assert [read(each, lexicon) for each in QUESTIONS] == [
        read(each, reference_lexicon()) for each in QUESTIONS
    ]
    assert lexicon.aliases == reference_lexicon().aliases


def test_new_alias_is_understood_by_the_next_question():
    load_reference_concepts()
    before = codes("flammegold")
    saffron = Concept.objects.get(code="saffron")
    aliases = {**saffron.aliases, "de": ["Flammegold"]}

    change_concept(saffron, {**saffron.content, "aliases": aliases}, actor=UserFactory(), seen_version=1)

    assert (before, codes("flammegold")) == ([], [("saffron",)])


def test_first_concept_of_an_editor_stands_beside_those_of_the_files():
    content = {"kind": "thing", "parents": ["spice"], "hs6": [], "aliases": {"fr": ["nigelle bleue"]}}

    add_concept("blue-nigella", content, actor=UserFactory())

    assert [codes("nigelle bleue"), codes("safran")] == [[("blue-nigella",)], [("saffron",)]]


@override_settings(LEXICON_LOOKED_AT_EVERY=0)
def test_change_of_another_process_is_seen_at_the_next_look():
    load_reference_concepts()
    before = codes("flammegold")

    word_is_added("saffron", "flammegold")

    assert (before, codes("flammegold")) == ([], [("saffron",)])


def test_between_two_looks_no_question_costs_a_query(django_assert_num_queries):
    load_reference_concepts()

    with django_assert_num_queries(2):
        lexicon = current_lexicon()
    with django_assert_num_queries(0):
        assert current_lexicon() is lexicon


@override_settings(LEXICON_LOOKED_AT_EVERY=0)
def test_look_that_finds_nothing_new_costs_one_query_and_keeps_the_lexicon(django_assert_num_queries):
    load_reference_concepts()
    lexicon = current_lexicon()

    with django_assert_num_queries(1):
        assert current_lexicon() is lexicon


def test_tests_look_only_where_they_say_so(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert current_lexicon() is reference_lexicon()


def test_many_threads_get_one_lexicon():
    with ThreadPoolExecutor(8) as threads:
        held = list(threads.map(lambda _: current_lexicon(), range(200)))

    assert set(map(id, held)) == {id(reference_lexicon())}


@pytest.mark.django_db(transaction=True)
def test_threads_that_wait_for_a_change_see_it_and_build_once():
    load_reference_concepts()
    with ThreadPoolExecutor(4) as threads:
        held = list(threads.map(in_a_connection_of_its_own, range(8)))

    assert len(set(map(id, held))) == 1
    assert held[0] is not reference_lexicon()
