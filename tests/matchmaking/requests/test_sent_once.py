"""An answer that a device keeps and sends until it hears of it is given once, by who wrote it."""

from uuid import uuid4

import pytest
from django.urls import reverse

from matchmaking.models import Enquiry, Request
from matchmaking.requests.actions import answer_enquiry, enquire
from moussem.core.models import Arrival, LogEntry, OutboxMessage
from moussem.core.templatetags.pages import word_of_person

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
JSON = {"accept": "application/json"}


@pytest.fixture
def asked(fair):
    found = enquire(fair.buyer, fair.exporter, actor=fair.buys, text="Do you also dye with madder?")
    OutboxMessage.objects.all().delete()
    return found


@pytest.fixture
def page(fair, asked):
    return reverse("matchmaking:enquiry", args=[fair.edition.slug, asked.pk])


def send(client, page, key, answer="Yes, with madder.", headers=JSON, **more):
    return client.post(page, {"answer": answer, "once": str(key), **more}, headers=headers)


def nothing_was_done():
    return (
        Enquiry.objects.get().is_waiting
        and not Arrival.objects.exists()
        and not LogEntry.objects.filter(verb="moved.answered").exists()
        and not OutboxMessage.objects.exists()
    )


def test_answer_that_is_sent_three_times_is_given_once(client, fair, page):
    client.force_login(fair.sells)
    key = uuid4()

    answers = [send(client, page, key, later="1") for _time in range(3)]

    assert [one.status_code for one in answers] == [200] * 3
    assert {one.json()["to"].partition("?")[0] for one in answers} == {page}
    assert [one.json()["said"] for one in answers] == ["The answer was sent.", "", ""]
    assert LogEntry.objects.filter(verb="moved.answered").count() == 1
    assert list(Arrival.objects.values_list("key", "person")) == [(key, fair.sells.pk)]


def test_what_a_device_sends_later_leaves_no_word_for_the_next_page(client, fair, page):
    client.force_login(fair.sells)
    send(client, page, uuid4(), later="1")

    assert "The answer was sent." not in client.get(reverse("fairs:agenda", args=[fair.edition.slug])).text


def test_refused_answer_says_why_and_may_come_again(client, fair, asked, page):
    client.force_login(fair.sells)
    key = uuid4()

    empty = send(client, page, key, answer="")

    assert (empty.status_code, empty.json()["code"]) == (409, "refused")
    assert empty.json()["message"].startswith("Your answer: ")
    assert nothing_was_done()
    assert send(client, page, key).status_code == 200


def test_answer_to_what_a_colleague_answered_is_refused_with_a_sentence(client, fair, asked, page):
    answer_enquiry(asked, actor=fair.sells, answer="No.")
    client.force_login(fair.sells)

    late = send(client, page, uuid4(), answer="Yes, with madder.")

    assert (late.status_code, late.json()["message"] != "") == (409, True)
    assert (Enquiry.objects.get().answer, Arrival.objects.count()) == ("No.", 0)


def test_nothing_is_done_in_the_name_of_somebody_else(client, fair, page):
    client.force_login(fair.sells)

    other = send(client, page, uuid4(), headers={**JSON, "x-person": word_of_person(fair.buys)})

    assert (other.status_code, other.json()["code"]) == (401, "sent_by_another")
    assert nothing_was_done()
    client.logout()
    assert send(client, page, uuid4()).status_code == 401
    assert nothing_was_done()


def test_key_of_somebody_else_and_page_of_somebody_else_do_not_exist(client, fair, page):
    key = uuid4()
    Arrival.objects.create(key=key, person=fair.buys, address=page, led_to="/secret/")
    client.force_login(fair.sells)

    taken = send(client, page, key)
    strange = send(client, reverse("matchmaking:enquiry", args=[fair.edition.slug, 999_999]), uuid4())

    assert (taken.status_code, taken.json()["code"], strange.status_code) == (404, "not_yours", 404)
    assert (Enquiry.objects.get().is_waiting, Arrival.objects.count()) == (True, 1)


@pytest.mark.parametrize("key", ["x", "123", "0" * 2000, "é"])
def test_key_that_is_none_is_refused(client, fair, page, key):
    client.force_login(fair.sells)

    answer = send(client, page, key)

    assert (answer.status_code, answer.json()["code"]) == (422, "key_unreadable")
    assert nothing_was_done()
    assert send(client, page, key, headers={}).status_code == 422


def test_form_of_a_page_is_taken_once_as_well(client, fair, page):
    client.force_login(fair.sells)
    key = uuid4()

    answers = [send(client, page, key, headers={}) for _time in range(2)]

    assert [one["Location"] for one in answers] == [answers[0]["Location"]] * 2
    assert LogEntry.objects.filter(verb="moved.answered").count() == 1


def test_request_that_was_withdrawn_meanwhile_is_not_accepted(client, fair, asks):
    asked = asks()
    page = reverse("matchmaking:request", args=[fair.edition.slug, asked.pk])
    Request.objects.filter(pk=asked.pk).update(state="withdrawn")
    client.force_login(fair.sells)

    sent = {"act": "accept", "accept-priority": "must", "once": str(uuid4()), "later": "1"}
    answer = client.post(page, sent, headers=JSON)

    assert (answer.status_code, "cannot be done any more" in answer.json()["message"]) == (409, True)
    assert (Request.objects.get().state, Arrival.objects.count()) == ("withdrawn", 0)
