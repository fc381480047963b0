"""Questions that nobody will answer are closed, and all of them are found, the news first."""

import pytest
from django.urls import reverse

from matchmaking.models import Enquiry
from matchmaking.parties.actions import advance_matching, leave_meetings
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import answer_enquiry, enquire, lapse_all, withdraw_all_of
from matchmaking.requests.rules import MOST_ENQUIRIES
from matchmaking.views.asking import SHOWN
from moussem.core.models import LogEntry, OutboxMessage
from tests.factories.matchmaking import buyer_at, exporter_at, speaker_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HOME_QUERIES, ALL_QUERIES = 19, 13


def address(fair, name, *more):
    return reverse(f"matchmaking:{name}", args=[fair.edition.slug, *more])


def ask(fair, exporter=None, buyer=None, text="Do you dye with madder?"):
    buyer = buyer or fair.buyer
    return enquire(buyer, exporter or fair.exporter, actor=speaker_of(buyer), text=text)


def states():
    return [*Enquiry.objects.order_by("pk").values_list("state", flat=True)]


def letters():
    found = OutboxMessage.objects.filter(kind="mail").order_by("pk")
    return [(one.payload["to"], one.payload["subject"]) for one in found]


def test_questions_to_an_exhibitor_who_leaves_close_and_the_buyer_reads_where_else_to_write(
    client, fair, django_capture_on_commit_callbacks
):
    asked, other = ask(fair), ask(fair, exporter_at(fair.edition))
    OutboxMessage.objects.all().delete()

    with django_capture_on_commit_callbacks(execute=True):
        leave_meetings(fair.exporter, actor=fair.sells)

    assert states() == ["lapsed", "waiting"]
    assert letters() == [
        (fair.buys.email, f"Questions at {fair.edition.label} that nobody answers there any more")
    ]
    page = reverse("organisations:page", args=[fair.exporter.organisation.slug])
    assert page in OutboxMessage.objects.get(kind="mail").payload["body"]
    client.force_login(fair.buys)
    shown = client.get(address(fair, "enquiry", asked.pk)).content.decode()
    assert "Nobody answers this question here any more" in shown and page in shown
    assert fair.buyer.enquiries_made.waiting().get() == other


def test_questions_of_a_buyer_who_leaves_are_taken_back_and_nobody_is_written_to(fair):
    ask(fair)
    OutboxMessage.objects.all().delete()

    assert (withdraw_all_of(fair.buyer, actor=fair.buys), states()) == (1, ["withdrawn"])
    assert (withdraw_all_of(fair.buyer, actor=fair.buys), letters()) == (0, [])


def test_end_of_the_meetings_closes_what_waits_with_one_letter_to_each_buyer(fair):
    answered = ask(fair)
    answer_enquiry(answered, actor=fair.sells, answer="Yes.")
    others, buyer = [exporter_at(fair.edition) for _number in range(2)], buyer_at(fair.edition)
    for other in others:
        ask(fair, other)
    ask(fair, buyer=buyer)
    OutboxMessage.objects.all().delete()

    assert lapse_all(fair.edition) == 3
    assert states() == ["answered", "lapsed", "lapsed", "lapsed"]
    assert [to for to, _subject in letters()] == [fair.buys.email, speaker_of(buyer).email]
    body = OutboxMessage.objects.order_by("pk").first().payload["body"]
    assert all(one.organisation.label in body for one in others)
    assert (lapse_all(fair.edition), len(letters())) == (0, 2)


def test_end_of_the_meetings_is_heard(fair, django_capture_on_commit_callbacks):
    ask(fair)

    with django_capture_on_commit_callbacks(execute=True):
        advance_matching(fair.edition, MatchingState.ENDED, actor=fair.organiser)

    assert states() == ["lapsed"]
    assert LogEntry.objects.filter(verb="moved.lapsed", subject_type="matchmaking.enquiry").count() == 1


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_letter_of_closed_questions_is_in_the_language_of_its_reader(fair, language):
    fair.buys.language = language
    fair.buys.save()
    ask(fair)
    OutboxMessage.objects.all().delete()

    lapse_all(fair.edition)

    letter = OutboxMessage.objects.get(kind="mail").payload
    assert f"/{language}/" in letter["body"] and "nobody" not in letter["subject"]


def test_closed_questions_make_room_for_others(fair):
    others = [exporter_at(fair.edition) for _number in range(MOST_ENQUIRIES)]
    for other in others:
        ask(fair, other)
    withdraw_all_of(others[0], actor=None)

    assert ask(fair).is_waiting


def test_buyer_with_many_questions_sees_the_latest_answers_first(client, fair):
    others = [exporter_at(fair.edition) for _number in range(SHOWN)]
    asked = [ask(fair, other, text=f"Question {number}?") for number, other in enumerate(others)]
    for one in asked[:2]:
        answer_enquiry(one, actor=speaker_of(one.exporter), answer="Yes.")
    ask(fair, text="One more?")
    client.force_login(fair.buys)

    home = client.get(address(fair, "home"))

    assert [one.text for one in home.context["enquiries"][:3]] == ["Question 1?", "Question 0?", "One more?"]
    assert len(home.context["enquiries"]) == SHOWN
    assert f'"{address(fair, "questions")}"' in home.content.decode()
    rest = client.get(address(fair, "questions"), {"page": 2}).context["enquiries"]
    assert [one.text for one in rest] == ["Question 2?"]


def test_exhibitor_sees_what_waits_first_and_all_of_it_page_by_page(client, fair):
    first = ask(fair, text="Answered?")
    answer_enquiry(first, actor=fair.sells, answer="Yes.")
    for number in range(SHOWN):
        ask(fair, buyer=buyer_at(fair.edition), text=f"Question {number}?")
    client.force_login(fair.sells)

    home = client.get(address(fair, "home")).context["enquiries"]
    rest = client.get(address(fair, "questions"), {"page": 2}).context["enquiries"]

    assert ({one.is_waiting for one in home}, len(home)) == ({True}, SHOWN)
    assert [one.text for one in rest] == ["Answered?"]


def test_few_questions_need_no_page_of_their_own_which_says_so_when_there_are_none(client, fair):
    client.force_login(fair.buys)
    assert "You have asked nothing yet" in client.get(address(fair, "questions")).content.decode()
    client.force_login(fair.sells)
    assert "Nobody has asked you anything yet" in client.get(address(fair, "questions")).content.decode()
    ask(fair)

    assert f'"{address(fair, "questions")}"' not in client.get(address(fair, "home")).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_pages_of_questions_ask_as_much_for_many_as_for_one(client, fair, number, django_assert_num_queries):
    for _number in range(number):
        ask(fair, buyer=buyer_at(fair.edition))
    client.force_login(fair.sells)
    client.get(address(fair, "home"))

    with django_assert_num_queries(HOME_QUERIES):
        client.get(address(fair, "home"))
    with django_assert_num_queries(ALL_QUERIES):
        client.get(address(fair, "questions"))
