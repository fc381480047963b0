import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from cms.answers.actions import erase_old_answers, months_after
from cms.answers.forms import begin
from cms.answers.models import harmless
from cms.models import Answer, FormPage
from cms.publication.findings import errors_of
from moussem.core.dates import today_here
from moussem.core.models import OutboxMessage

pytestmark = pytest.mark.integration
CONTACT = "/en/contact/"


@pytest.fixture(autouse=True)
def uncounted():
    """What other tests sent from this network does not count."""
    cache.clear()


def typed(**other):
    """A message of a person who opened the page a minute ago."""
    with time_machine.travel(timezone.now() - timedelta(minutes=1)):
        begun = begin()
    told = {"name": "Aya", "email": "aya@buyer.example", "subject": "Saffron", "message": "How much?"}
    return {**told, "our-consent": "on", "our-begun": begun, "our-website": "", **other}


def letters():
    return [one.payload for one in OutboxMessage.objects.filter(kind="mail")]


def test_answer_is_kept_with_its_consent_and_mailed_to_the_editors(client, house, settings):
    sent = client.post(CONTACT, typed())
    answer = Answer.objects.get()

    assert (sent.status_code, sent["Location"]) == (302, "/en/contact/?sent=1")
    assert answer.form_data == {
        "name": "Aya",
        "email": "aya@buyer.example",
        "subject": "Saffron",
        "message": "How much?",
    }
    page = FormPage.objects.get(locale__language_code="en")
    assert answer.consent == f"{page.consent} It is erased after 24 months."
    assert answer.erase_on == months_after(today_here(), 24)
    (letter,) = letters()
    assert (letter["to"], letter["headers"]) == (settings.CONTACT_EMAIL, {"Reply-To": "aya@buyer.example"})
    assert "Your message:\nHow much?" in letter["body"]
    assert "Thank you. Your message was sent" in client.get(sent["Location"]).text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"our-consent": ""}, "Tick the box: without your agreement we may not keep what you write."),
        ({"email": "nowhere"}, "Write an e-mail address such as"),
        ({"message": "x" * 4001}, "4000"),
        ({"our-begun": "forged"}, "This was sent very quickly"),
        ({"our-begun": begin}, "This was sent very quickly"),
    ],
)
def test_what_is_refused_is_said_and_nothing_is_kept(client, house, wrong, said):
    wrong = {name: value() if callable(value) else value for name, value in wrong.items()}
    answer = client.post(CONTACT, typed(**wrong))

    assert (answer.status_code, said in answer.text, 'value="Aya"' in answer.text) == (200, True, True)
    assert (Answer.objects.count(), letters()) == (0, [])


def test_consent_is_what_its_box_says_and_its_error_does_not_say_it_again(client, house):
    FormPage.objects.update(consent="Moussem keeps <b>this</b>.")
    page = client.post(CONTACT, typed(**{"our-consent": ""})).text

    assert '<label for="id_our-consent">Moussem keeps &lt;b&gt;this&lt;/b&gt;.</label>' in page
    assert page.count("Moussem keeps") == 1
    assert '<a href="#id_our-consent">Tick the box: without' in page
    assert "It is erased after 24 months." in page


def test_subject_of_a_message_is_asked_for_in_arabic_as_a_subject(client, house):
    assert '<label class="field__label" for="id_subject">الموضوع</label>' in client.get("/ar/contact/").text


def test_machine_that_fills_every_field_is_thanked_and_nothing_is_kept(client, house):
    sent = client.post(CONTACT, typed(**{"our-website": "https://spam.example"}))

    assert (sent["Location"], Answer.objects.count(), letters()) == ("/en/contact/?sent=1", 0, [])


def test_network_that_sends_much_is_stopped(client, house):
    assert [client.post(CONTACT, typed()).status_code for _number in range(6)] == [302] * 5 + [429]
    assert Answer.objects.count() == 5


def test_message_that_is_sent_twice_is_kept_once_and_thanked_twice(client, house):
    told = typed()
    answers = [client.post(CONTACT, told)["Location"] for _press in range(3)]

    assert answers == ["/en/contact/?sent=1"] * 3
    assert (Answer.objects.count(), len(letters())) == (1, 1)


def test_another_message_from_the_same_page_is_asked_for_once_more_and_not_lost(client, house):
    told = typed()
    client.post(CONTACT, told)

    other = client.post(CONTACT, {**told, "message": "And roses?"})

    assert (other.status_code, Answer.objects.count(), len(letters())) == (409, 1, 1)
    assert "From this page a message was sent already" in other.text
    assert ">\nAnd roses?</textarea>" in other.text
    begun = re.search('name="our-begun" value="([^"]*)"', other.text)[1]
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        client.post(CONTACT, {**told, "message": "And roses?", "our-begun": begun})
    assert [one.form_data["message"] for one in Answer.objects.order_by("pk")] == ["How much?", "And roses?"]


def test_message_that_could_not_be_kept_is_not_taken_for_sent(client, house):
    # A day that no calendar has.
    FormPage.objects.update(kept_for=30_000)
    client.raise_request_exception = False
    with time_machine.travel("8000-01-01 12:00+00:00"):
        told = typed()
        assert (client.post(CONTACT, told).status_code, Answer.objects.count()) == (500, 0)
        FormPage.objects.update(kept_for=3)
        client.post(CONTACT, told)

    assert Answer.objects.count() == 1


def test_file_is_not_taken(client, house):
    client.post(CONTACT, typed(paper=SimpleUploadedFile("paper.pdf", b"%PDF")))

    assert sorted(Answer.objects.get().form_data) == ["email", "message", "name", "subject"]


def test_name_cannot_add_a_line_to_the_mail(client, house):
    client.post(CONTACT, typed(name="Aya\r\nBcc: x@evil.example"))

    assert "\nBcc:" not in letters()[0]["body"]


def test_form_of_another_site_is_refused(house):
    assert Client(enforce_csrf_checks=True).post(CONTACT, typed()).status_code == 403
    assert Answer.objects.count() == 0


def test_page_without_a_form_takes_nothing(client, house):
    assert [client.post(f"/en/{path}").status_code for path in ("news/", "nowhere/")] == [405, 404]


def test_answer_is_erased_on_the_day_its_sender_agreed_to(client, house):
    FormPage.objects.update(kept_for=3)
    with time_machine.travel("2026-11-30 12:00+00:00"):
        assert "It is erased after 3 months." in client.get(CONTACT).text
        client.post(CONTACT, typed())
    # What was promised holds for who was promised it.
    FormPage.objects.update(kept_for=1)
    with time_machine.travel("2027-02-27 12:00+00:00"):
        client.post(CONTACT, typed(name="Now"))
        assert erase_old_answers() == 0

    with time_machine.travel("2027-02-28 12:00+00:00"):
        assert erase_old_answers() == 1
    assert [one.form_data["name"] for one in Answer.objects.all()] == ["Now"]


@pytest.mark.parametrize(("language", "said"), [("fr", "au bout de 2 mois"), ("ar", "بعد شهرين")])
def test_how_long_an_answer_is_kept_is_said_in_the_language_of_its_page(client, house, language, said):
    FormPage.objects.update(kept_for=2)
    assert said in client.get(f"/{language}/contact/").text


@pytest.mark.parametrize("months", [0, 61])
def test_answers_are_kept_for_months_and_not_for_ever(house, months):
    page = FormPage.objects.get(locale__language_code="en")
    page.kept_for = months
    with pytest.raises(ValidationError, match="kept_for"):
        page.full_clean()


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd", "'+cmd"),
        ("+212 5 22", "+212 5 22"),
        ("Aya", "Aya"),
    ],
)
def test_spreadsheet_runs_nothing_that_was_sent(told, shown):
    assert harmless(told) == shown


def test_contact_stands_in_three_languages_with_its_fields(house):
    pages = FormPage.objects.filter(slug="contact")
    assert [[field.clean_name for field in page.form_fields.all()] for page in pages] == [
        ["name", "email", "subject", "message"]
    ] * 3


def test_form_that_asks_for_something_needs_no_body_to_be_published(house):
    page = FormPage.objects.get(locale__language_code="en")
    asks = errors_of(page)
    page.form_fields.all().delete()

    assert asks == []
    assert errors_of(FormPage.objects.get(pk=page.pk)) == ["The body is empty: there is nothing to read."]
