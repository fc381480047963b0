"""A rehearsal: what is asked of whose goods, how answers are heard, and who is none of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone, translation

from catalogue.concepts.states import ConceptKind
from catalogue.models import Concept
from fairs.editions.models import Edition
from fairs.live.actions import write
from fairs.live.commands import answer
from fairs.live.errors import RoomClosed
from fairs.live.models import LiveEntry, LiveRoom
from fairs.live.protocol import Command
from fairs.live.queries import room_for, rooms_for, who_may_stay
from fairs.live.rehearsal.actions import answer_practice_buyer, begin_rehearsal, break_off_rehearsal
from fairs.live.rehearsal.errors import NothingToAsk, NotToRehearse
from fairs.live.rehearsal.models import Rehearsal
from fairs.live.rehearsal.queries import rehearsal_for
from fairs.live.stands.models import StandThread
from fairs.live.watching import rooms_watched
from moussem.core.errors import NotYours
from moussem.core.models import LogEntry
from moussem.organisations.states import Role
from tests.factories.catalogue import CertificateFactory
from tests.factories.floor import exhibitor
from tests.factories.organisations import MembershipFactory
from tests.factories.people import UserFactory
from tests.factories.rehearsal import GOOD, answered, rehearsed, said_by_buyer, stand_with_goods
from tests.factories.sessions import ProgrammeEditionFactory, attendee, organiser
from tests.factories.trade import incoterm

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def stand():
    return stand_with_goods()


def test_practice_buyer_says_what_it_is_and_asks_about_the_exhibitors_own_goods(stand):
    rehearsal = begin_rehearsal(stand, actor=stand.owner)
    hello, first = said_by_buyer(rehearsal)

    assert "a program, not a person" in hello
    assert first == "What is the smallest quantity of “\u2068Saffron of Taliouine\u2069” that you accept?"
    assert [one["topic"] for one in rehearsal.questions] == ["minimum", "price", "lead", "rule", "proof"]
    assert rehearsal.questions[0]["value"] == "500.000"
    assert rehearsal.questions[1]["prices"]["EUR"] == ["3.1000", "7750.00"]
    assert LogEntry.objects.filter(verb="rehearsal_begun", actor=stand.owner).count() == 1


def test_certificate_is_known_by_every_name_that_searches_know(stand):
    made = CertificateFactory(organisation=stand.organisation, products=[stand.booth_page.products.get()])
    aliases = {"ar": ["بيولوجي أوروبي"], "fr": ["Eurofeuille"]}
    Concept.objects.create(code=made.type.code.lower(), kind=ConceptKind.CERTIFICATE, aliases=aliases)

    rehearsal = rehearsed(stand, *GOOD[:4], "شهادة بيولوجي أوروبية")

    assert rehearsal.findings == [[], [], [], [], []]


def test_certificates_of_the_product_are_what_is_asked_for(stand):
    product = stand.booth_page.products.get()
    CertificateFactory(organisation=stand.organisation, products=[product])

    rehearsal = rehearsed(stand, *GOOD[:4], "All papers", "EU organic")

    assert rehearsal.questions[-1]["text"].startswith("Which certificates stand behind")
    assert rehearsal.findings == [[], [], [], [], ["again"]]


def test_answers_to_the_point_end_without_a_reproach(stand):
    rehearsal = rehearsed(stand)

    assert (rehearsal.findings, rehearsal.is_whole, rehearsal.is_over) == ([[]] * 5, True, True)
    assert (
        said_by_buyer(rehearsal)[-1]
        == "Thank you. That was my last question.\nEvery answer was to the point."
    )
    assert rehearsal.room.is_closed is True


def test_what_a_buyer_missed_is_said_in_sentences(stand):
    rehearsal = rehearsed(stand, "2 kg", "On request", "Cheap", "14 days", "FCA", "A report")

    last = said_by_buyer(rehearsal)[-1]
    assert rehearsal.findings == [["other"], ["figure", "again"], [], ["other", "place"], []]
    assert "2 of 5 answers were to the point. A buyer missed:" in last
    assert "• Smallest quantity: Your page says \u2068500\xa0g\u2069." in last
    assert "• Price: No figure, even when asked again." in last


def test_question_without_an_answer_is_asked_once_more_and_no_third_time(stand):
    rehearsal = begin_rehearsal(stand, actor=stand.owner)
    rehearsal = answered(rehearsal, "As you like", actor=stand.owner)
    assert (rehearsal.findings, rehearsal.is_asked_again) == ([], True)
    assert said_by_buyer(rehearsal)[-1].startswith("I read no quantity in this.")

    rehearsal = answered(rehearsal, "As you like", actor=stand.owner)

    assert (rehearsal.findings, rehearsal.is_asked_again) == ([["figure", "again"]], False)
    assert said_by_buyer(rehearsal)[-1].startswith("Well, then let us go on.\nWhat do 2,500\xa0g of")


def test_answer_after_three_minutes_is_late(stand):
    begun = timezone.now()
    rehearsal = begin_rehearsal(stand, actor=stand.owner, now=begun)

    rehearsal = answered(rehearsal, "500 g", actor=stand.owner, now=begun + timedelta(minutes=4))

    assert rehearsal.findings == [["late"]]


def test_practice_buyer_speaks_the_language_in_which_the_rehearsal_began(stand):
    with translation.override("fr"):
        rehearsal = begin_rehearsal(stand, actor=stand.owner)
    rehearsal = answered(rehearsal, "500 g", actor=stand.owner)

    product = stand.booth_page.products.get()
    assert rehearsal.language == "fr"
    assert f"\u2068Safran {product.pk}\u2069" in said_by_buyer(rehearsal)[1]
    assert said_by_buyer(rehearsal)[2].startswith("Merci, c’est noté.\nCombien coûtent 2\u202f500\xa0g de")


def test_second_rehearsal_begins_once_the_first_is_over(stand):
    first = begin_rehearsal(stand, actor=stand.owner)
    assert begin_rehearsal(stand, actor=stand.owner) == first

    break_off_rehearsal(first, actor=stand.owner)
    first.refresh_from_db()
    second = begin_rehearsal(stand, actor=stand.owner)

    assert (first.is_over, first.is_whole, first == second) == (True, False, False)


def test_answer_that_is_sent_twice_is_heard_once(stand):
    rehearsal, same = begin_rehearsal(stand, actor=stand.owner), uuid4()
    said = {"actor": stand.owner, "text": "500 g", "client_uuid": same}

    entries = {answer_practice_buyer(rehearsal, **said).pk for _time in range(2)}

    rehearsal.refresh_from_db()
    assert (len(entries), rehearsal.findings) == (1, [[]])


def test_nothing_is_begun_without_goods_or_a_fair(refused):
    bare = exhibitor(ProgrammeEditionFactory())
    over = stand_with_goods()
    Edition.objects.filter(pk=over.edition_id).update(state="closed")

    refused(NothingToAsk, begin_rehearsal, bare, actor=bare.owner)
    refused(NotToRehearse, begin_rehearsal, over, actor=over.owner)
    assert (Rehearsal.objects.count(), LiveRoom.objects.count()) == (0, 0)


def test_rehearsal_that_is_over_takes_no_answer(stand, refused):
    rehearsal = rehearsed(stand)

    refused(RoomClosed, answer_practice_buyer, rehearsal, actor=stand.owner, text="More", client_uuid=uuid4())


def outsiders(stand):
    """Everybody who comes to the edition, and none of whom reads a rehearsal."""
    rival = stand_with_goods(stand.edition)
    viewer = MembershipFactory(organisation=stand.organisation, role=Role.VIEWER).user
    return [rival.owner, viewer, attendee(stand.edition), organiser(stand.edition), UserFactory()]


def test_nobody_else_enters_reads_or_answers_a_rehearsal(stand, refused):
    rehearsal = begin_rehearsal(stand, actor=stand.owner)
    before = LiveEntry.objects.count()

    for one in outsiders(stand):
        assert (room_for(one, rehearsal.room_id), rehearsal_for(one, rehearsal.room_id)) == (None, None)
        told = {"room": rehearsal.room_id, "uuid": uuid4(), "text": "500 g"}
        refused(NotYours, answer, one, Command("chat.say", "1", told))
        refused(NotYours, begin_rehearsal, stand, actor=one)
        refused(NotYours, break_off_rehearsal, rehearsal, actor=one)
    people = [stand.owner.pk, *(one.pk for one in outsiders(stand))]
    assert who_may_stay(rehearsal.room_id, people) == {stand.owner.pk}
    assert LiveEntry.objects.count() == before


def test_rehearsal_is_no_question_at_the_stand_and_no_room_that_is_watched(stand):
    rehearsal = begin_rehearsal(stand, actor=stand.owner)
    write(rehearsal.room, "chat", {"text": "Mine"}, author=stand.owner)

    assert StandThread.objects.count() == 0
    assert rooms_watched(stand.edition, {}, timezone.now()) == []
    assert list(rooms_for(stand.owner)) == [rehearsal.room]


def test_rule_that_the_seller_does_not_offer_is_told_as_another(stand):
    incoterm("FCA")

    rehearsal = rehearsed(stand, *GOOD[:3], "FCA Agadir", GOOD[4])

    assert (rehearsal.questions[3]["names"], rehearsal.findings[3]) == (["EXW"], ["other"])
