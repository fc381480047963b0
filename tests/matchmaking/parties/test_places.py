"""Tables are laid and closed, interpreters hired and released; never under a meeting."""

import pytest
import time_machine

from matchmaking.meetings.actions import accept_and_book
from matchmaking.models import Interpreter, MeetingTable, Slot
from matchmaking.parties.actions import (
    advance_matching,
    change_party,
    close_table,
    hire_interpreter,
    lay_tables,
    open_table,
    release_interpreter,
    set_interpreter_absences,
)
from matchmaking.parties.errors import InterpreterInUse, SameLanguageTwice, TableInUse, TablesInUse
from matchmaking.parties.queries import closures_of, interpreters_away, tables_at
from matchmaking.parties.states import MatchingState, TableKind
from matchmaking.requests.actions import ask
from moussem.core.errors import NotYours
from tests.factories.catalogue import ProductFactory
from tests.factories.matchmaking import buyer_at, exporter_at, meeting_edition, organiser_of, speaker_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def edition(db):
    return meeting_edition(tables=3)


@pytest.fixture
def organiser(edition):
    return organiser_of(edition)


@pytest.fixture
def meeting(edition, organiser):
    """A meeting in the first slot at the second table, with the only interpreter."""
    buyer, exporter = buyer_at(edition), exporter_at(edition)
    change_party(buyer, actor=organiser, languages=["en"])
    change_party(exporter, actor=organiser, languages=["ar"])
    hire_interpreter(edition, actor=organiser, name="Hajar", languages=("en", "ar"))
    lines = [{"product": ProductFactory(organisation=exporter.organisation)}]
    asked = ask(buyer, exporter, actor=speaker_of(buyer), lines=lines)
    slot = Slot.objects.filter(edition=edition).first()
    close_table(shared(edition)[0], actor=organiser, slots=[slot])
    advance_matching(edition, MatchingState.LIVE, actor=organiser)
    return accept_and_book(asked, actor=speaker_of(exporter), slot=slot)


def shared(edition):
    return list(tables_at(edition).filter(kind=TableKind.STANDARD))


def test_tables_go_from_the_end_and_their_numbers_are_not_given_again(edition, organiser):
    lay_tables(edition, actor=organiser, kind=TableKind.STANDARD, count=1)
    lay_tables(edition, actor=organiser, kind=TableKind.STANDARD, count=2)

    assert [table.number for table in shared(edition)] == [1, 4]


def test_a_table_with_a_meeting_to_come_stays(edition, organiser, meeting, refused):
    told = {"actor": organiser, "kind": TableKind.STANDARD, "count": 1}
    refusal = refused(TablesInUse, lay_tables, edition, **told)
    assert refusal.facts == {"tables": 1, "least": 2}
    refused(TableInUse, close_table, meeting.table, actor=organiser, slots=[meeting.slot])

    with time_machine.travel(meeting.slot.ends, tick=False):
        assert len(lay_tables(edition, **told)) == 1


def test_a_table_is_closed_and_opened_again(edition, organiser):
    table, slots = shared(edition)[0], list(Slot.objects.filter(edition=edition)[:2])
    close_table(table, actor=organiser, slots=slots)
    close_table(table, actor=organiser, slots=slots[:1])
    open_table(table, actor=organiser, slots=slots[1:])

    assert closures_of([table]) == {table.pk: {slots[0].pk}}


def test_an_interpreter_who_works_then_neither_leaves_nor_is_away(edition, organiser, meeting, refused):
    hired, others = meeting.interpreter, list(Slot.objects.filter(edition=edition)[1:3])
    refused(InterpreterInUse, release_interpreter, hired, actor=organiser)
    refused(InterpreterInUse, set_interpreter_absences, hired, actor=organiser, slots=[meeting.slot])

    set_interpreter_absences(hired, actor=organiser, slots=others)
    assert interpreters_away([hired]) == {hired.pk: {slot.pk for slot in others}}
    with time_machine.travel(meeting.slot.ends, tick=False):
        release_interpreter(hired, actor=organiser)
    hired.refresh_from_db()
    assert hired.left_at == meeting.slot.ends


def test_an_interpreter_works_between_two_languages(edition, organiser, refused):
    refused(SameLanguageTwice, hire_interpreter, edition, actor=organiser, name="A", languages=("fr", "fr"))

    hired = hire_interpreter(edition, actor=organiser, name="Salma", languages=("fr", "en"))
    assert (hired.language, hired.other_language) == ("en", "fr")


def test_nobody_but_the_organiser_arranges_anything(edition, organiser, refused):
    stranger, table = organiser_of(meeting_edition()), MeetingTable.objects.filter(edition=edition).first()
    hired = hire_interpreter(edition, actor=organiser, name="Salma", languages=("fr", "en"))
    told = {"actor": stranger}
    refused(NotYours, lay_tables, edition, kind=TableKind.STANDARD, count=9, **told)
    refused(NotYours, close_table, table, slots=[], **told)
    refused(NotYours, open_table, table, slots=[], **told)
    refused(NotYours, hire_interpreter, edition, name="B", languages=("fr", "en"), **told)
    refused(NotYours, set_interpreter_absences, hired, slots=[], **told)
    refused(NotYours, release_interpreter, hired, **told)
    assert Interpreter.objects.count() == 1
