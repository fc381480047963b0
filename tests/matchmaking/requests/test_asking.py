"""A meeting is asked for, and the request is changed until it is answered."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from matchmaking.models import Matching, Request, Slot
from matchmaking.parties.actions import advance_matching, leave_meetings, plan_matching
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import accept, ask, counter, edit_request, wish, withdraw
from matchmaking.requests.errors import (
    AnswerInstead,
    AskedAlready,
    AskedOften,
    NotAskingNow,
    NothingToTalkAbout,
    NotTheirProduct,
    NotThePair,
    QuotaReached,
    SlotNotHere,
    TakesNoRequests,
    TheyAskedYou,
    TooManyLines,
)
from matchmaking.requests.queries import open_count, sent_by, tally_of, to_answer
from matchmaking.requests.rules import quota_of
from matchmaking.requests.states import Priority, RequestState
from moussem.core.errors import MoveNotAllowed, NotYours
from moussem.core.models import OutboxMessage
from tests.factories.catalogue import FamilyFactory, ProductFactory
from tests.factories.matchmaking import buyer_at, exporter_at, meeting_edition
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_request_carries_goods_a_language_slots_and_how_much_one_wants_to_meet(fair, asks):
    request = asks(priority=Priority.MUST, language="fr", message="We roast.", slots=fair.slots[:2])

    (line,) = request.lines.all()
    assert (line.product, line.quantity, line.unit) == (fair.product, Decimal(20), "kg")
    assert (request.priority, request.language) == ("must", "fr")
    assert [one.text for one in request.messages.all()] == ["We roast."]
    assert list(request.slots.all()) == fair.slots[:2]
    assert (request.state, request.asked_by, request.waits_for) == ("pending", "buyer", "exporter")


def test_whoever_is_asked_is_written_to_and_finds_it_first(fair, asks):
    OutboxMessage.objects.all().delete()

    request = asks()

    assert [one.payload["to"] for one in OutboxMessage.objects.all()] == [fair.sells.email]
    assert (list(to_answer(fair.exporter)), list(sent_by(fair.exporter))) == ([request], [])
    assert (list(to_answer(fair.buyer)), list(sent_by(fair.buyer))) == ([], [request])
    assert (tally_of(fair.buyer).sent, tally_of(fair.exporter).to_answer) == (1, 1)


def test_an_exporter_asks_a_buyer_about_a_family(fair):
    request = ask(fair.exporter, fair.buyer, actor=fair.sells, lines=[{"family": FamilyFactory()}])

    assert (request.buyer, request.exporter, request.asked_by) == (fair.buyer, fair.exporter, "exporter")


def test_a_stranger_asks_for_nobody(fair, asks, refused):
    refused(NotYours, asks, actor=UserFactory())
    refused(NotYours, asks, actor=fair.sells)


@pytest.mark.parametrize("state", [MatchingState.PREPARING, MatchingState.ENDED])
def test_nothing_is_asked_before_requests_open_or_after_meetings_end(fair, asks, refused, state):
    Matching.objects.update(state=state)

    refused(NotAskingNow, asks)


def test_nothing_is_asked_after_the_last_moment(fair, asks, refused):
    Matching.objects.update(asked_until=timezone.now() - timedelta(minutes=1))

    refused(NotAskingNow, asks)


def test_the_last_moment_binds_in_the_live_phase_too(fair, asks, refused):
    advance_matching(fair.edition, MatchingState.LIVE, actor=fair.organiser)
    assert asks().state == RequestState.PENDING

    Matching.objects.update(asked_until=timezone.now() - timedelta(minutes=1))

    refused(NotAskingNow, asks)


def test_two_buyers_or_parties_of_two_editions_do_not_meet(fair, refused):
    elsewhere = exporter_at(meeting_edition())
    lines = [{"product": fair.product}]

    for other in (buyer_at(fair.edition), elsewhere, fair.buyer):
        refused(NotThePair, ask, fair.buyer, other, actor=fair.buys, lines=lines)


def test_a_pair_has_one_standing_request_whoever_asks(fair, asks, refused):
    asks()

    refused(AskedAlready, asks)
    lines = [{"product": fair.product}]
    refused(TheyAskedYou, ask, fair.exporter, fair.buyer, actor=fair.sells, lines=lines)


def test_who_left_and_who_said_no_thanks_are_refused_in_the_same_words(fair, asks, refused):
    wish(fair.exporter, fair.buyer, actor=fair.sells, is_wanted=False)
    unwanted = refused(TakesNoRequests, asks)

    leave_meetings(fair.exporter, actor=fair.sells)
    fair.exporter.refresh_from_db()
    gone = refused(TakesNoRequests, asks)

    assert (unwanted.message, unwanted.as_dict()) == (gone.message, gone.as_dict())


def test_a_request_says_what_it_is_about(fair, asks, refused):
    refused(NothingToTalkAbout, asks, lines=[])
    many = [{"family": FamilyFactory(slug=f"f{number}", name=f"F{number}")} for number in range(11)]
    refused(TooManyLines, asks, lines=many)


def test_only_what_the_exporter_offers_is_talked_about(fair, asks, refused):
    refused(NotTheirProduct, asks, lines=[{"product": ProductFactory()}])
    draft = ProductFactory(organisation=fair.exporter.organisation, listed=False)
    refused(NotTheirProduct, asks, lines=[{"product": draft}])


def test_preferred_slots_are_of_this_edition_and_to_come(fair, asks, refused):
    elsewhere = Slot.objects.filter(edition=meeting_edition()).first()
    refused(SlotNotHere, asks, slots=[elsewhere])

    past = fair.slots[0]
    past.begins = timezone.now() - timedelta(hours=1)
    past.save()
    refused(SlotNotHere, asks, slots=[past])


def test_as_many_requests_wait_for_an_answer_as_the_tier_allows(fair, asks, refused):
    plan_matching(fair.edition, actor=fair.organiser, quota_buyer=1)
    asks()
    other = exporter_at(fair.edition)
    about = [{"family": FamilyFactory()}]

    refused(QuotaReached, ask, fair.buyer, other, actor=fair.buys, lines=about)
    accept(Request.objects.get(), actor=fair.sells)

    assert ask(fair.buyer, other, actor=fair.buys, lines=about).state == RequestState.PENDING
    assert open_count(fair.buyer) == 1


def test_hosted_buyers_and_exporters_have_quotas_of_their_own(fair):
    matching = plan_matching(
        fair.edition, actor=fair.organiser, quota_buyer=2, quota_hosted=9, quota_exporter=5
    )
    hosted = buyer_at(fair.edition)
    hosted.is_hosted = True

    assert [quota_of(matching, one) for one in (fair.buyer, hosted, fair.exporter)] == [2, 9, 5]


def test_whoever_asked_changes_the_request_until_it_is_answered(fair, asks, refused):
    request, family = asks(slots=fair.slots[:1]), FamilyFactory()
    told = {"lines": [{"family": family}], "priority": Priority.MUST, "slots": fair.slots[1:]}

    changed = edit_request(request, actor=fair.buys, message="More.", **told)

    assert [line.family for line in changed.lines.all()] == [family]
    assert (changed.priority, changed.messages.get().text) == (Priority.MUST, "More.")
    assert list(changed.slots.all()) == fair.slots[1:]
    refused(NotYours, edit_request, request, actor=UserFactory(), **told)
    refused(AnswerInstead, edit_request, request, actor=fair.sells, **told)
    accept(request, actor=fair.sells)
    refused(MoveNotAllowed, edit_request, request, actor=fair.buys, **told)


def test_an_edit_from_a_page_that_is_behind_does_not_write_over_a_counter_proposal(fair, asks, refused):
    behind = asks()
    counter(Request.objects.get(), actor=fair.sells, lines=[{"product": fair.product}])

    told = {"lines": [{"family": FamilyFactory()}], "priority": Priority.MUST}
    refused(AnswerInstead, edit_request, behind, actor=fair.buys, **told)


def test_who_takes_back_and_asks_again_writes_to_the_other_side_five_times(fair, asks, refused):
    for _ in range(5):
        withdraw(asks(), actor=fair.buys)

    refused(AskedOften, asks)
    ask(fair.exporter, fair.buyer, actor=fair.sells, lines=[{"product": fair.product}])
