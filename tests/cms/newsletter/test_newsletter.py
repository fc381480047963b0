import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.core.cache import cache
from django.test import Client

from cms.models import ArticlePage, NewsIndexPage, Subscription
from cms.newsletter.actions import confirm, forget_unconfirmed, sign_up, stop, tell_of_week
from cms.newsletter.queries import confirm_token, stop_token, subscription_to_confirm
from moussem.core.log import history_of
from moussem.core.models import LogEntry, OutboxMessage

pytestmark = pytest.mark.integration
# A Monday at nine in Morocco.
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = timedelta(days=1)
TYPED = {"email": "Reader@Buyer.example", "language": "fr", "subjects": ["harvest"], "consent": "on"}


@pytest.fixture(autouse=True)
def uncounted():
    """What other tests sent from this network does not count."""
    cache.clear()


def letters():
    return [one.payload for one in OutboxMessage.objects.filter(kind="mail").order_by("pk")]


def reader(email="reader@buyer.example", language="en", subjects=(), at=MONDAY - 9 * DAY):
    """A confirmed subscription, and no letter left of its sign-up."""
    sign_up(email, language=language, subjects=subjects, consent="I agree.", now=at)
    OutboxMessage.objects.all().delete()
    return confirm(Subscription.objects.get(email=email), now=at)


def published(title, at, subject="harvest", language="en"):
    news = NewsIndexPage.objects.get(locale__language_code=language)
    page = news.add_child(instance=ArticlePage(title=title, subject=subject, locale=news.locale))
    page.save_revision().publish()
    ArticlePage.objects.filter(pk=page.pk).update(first_published_at=at)
    return page


def link_in(letter, word):
    return urlsplit(re.search(rf"http\S+/{word}/\S+", letter["body"])[0]).path


def test_newsletter_begins_once_the_link_in_the_mail_is_opened_and_confirmed(client, db):
    answer = client.post("/en/newsletter/", TYPED)
    subscription = Subscription.objects.get()
    assert (answer["Location"], subscription.is_read) == ("/en/newsletter/asked/", False)

    (letter,) = letters()
    link = link_in(letter, "confirm")
    assert (letter["to"], link.startswith("/fr/newsletter/confirm/")) == ("reader@buyer.example", True)
    client.get(link)
    assert Subscription.objects.get().is_read is False
    client.post(link)
    subscription.refresh_from_db()
    assert (subscription.is_read, subscription.language, subscription.subjects) == (True, "fr", ["harvest"])
    assert subscription.consent.startswith("Moussem keeps this address")
    assert [entry.verb for entry in history_of(subscription)] == ["newsletter.asked", "newsletter.confirmed"]


def test_sign_up_without_consent_is_refused_and_writes_nothing(client, db):
    answer = client.post("/en/newsletter/", {**TYPED, "consent": ""})

    assert "Tick the box: without your agreement we may not write to you." in answer.text
    assert (Subscription.objects.count(), letters()) == (0, [])


def test_answer_does_not_tell_whether_an_address_is_known(client, db):
    reader()
    known = client.post("/en/newsletter/", TYPED)
    unknown = client.post("/en/newsletter/", {**TYPED, "email": "new@buyer.example"})

    assert [(one.status_code, one["Location"]) for one in (known, unknown)] == [
        (302, "/en/newsletter/asked/")
    ] * 2
    assert len({letter["subject"] for letter in letters()}) == 1
    assert [letter["to"] for letter in letters()] == ["reader@buyer.example", "new@buyer.example"]


def test_address_is_written_to_once_however_often_it_is_typed(client, db):
    for _number in range(3):
        client.post("/en/newsletter/", TYPED)

    assert [letter["to"] for letter in letters()] == ["reader@buyer.example"]


def test_network_that_signs_up_many_addresses_is_stopped(client, db):
    answers = [client.post("/en/newsletter/", {**TYPED, "email": f"r{n}@buyer.example"}) for n in range(11)]

    assert [one.status_code for one in answers] == [302] * 10 + [429]
    assert Subscription.objects.count() == 10


@pytest.mark.parametrize(
    "wrong",
    ["x", "x" * 4000, signing.dumps([1, "2026-01-01"], salt="another")],
    ids=["short", "long", "signed for something else"],
)
def test_link_we_did_not_make_confirms_and_stops_nothing(client, db, wrong):
    sign_up("reader@buyer.example", language="en", subjects=(), consent="I agree.")

    assert "This link no longer works" in client.post(f"/en/newsletter/confirm/{wrong}/").text
    assert client.post(f"/en/newsletter/stop/{wrong}/").status_code == 404
    assert Subscription.objects.get().is_read is False


def test_link_of_an_older_sign_up_confirms_nothing(db):
    sign_up("reader@buyer.example", language="en", subjects=(), consent="I agree.", now=MONDAY)
    old = confirm_token(Subscription.objects.get())
    sign_up("reader@buyer.example", language="ar", subjects=(), consent="I agree.", now=MONDAY + DAY)

    assert subscription_to_confirm(old) is None


def test_week_is_told_to_each_reader_in_their_language_and_subjects(house):
    for title, subject, language in (
        ("Saffron", "harvest", "en"),
        ("Duties", "markets", "en"),
        ("Le safran", "harvest", "fr"),
    ):
        published(title, MONDAY - 3 * DAY, subject, language)
    published("Old", MONDAY - 9 * DAY)
    published("Withdrawn", MONDAY - 3 * DAY).unpublish()
    reader("all@buyer.example")
    reader("markets@buyer.example", subjects=["markets"])
    reader("fr@buyer.example", language="fr")
    reader("ar@buyer.example", language="ar")

    assert tell_of_week(now=MONDAY) == 3
    told = {one["to"]: re.findall(r"^(\S.*) \(\w+\)$", one["body"], re.M) for one in letters()}
    assert {to: sorted(titles) for to, titles in told.items()} == {
        "all@buyer.example": ["Duties", "Saffron"],
        "markets@buyer.example": ["Duties"],
        "fr@buyer.example": ["Le safran"],
    }


def test_reader_has_one_mail_a_week(house):
    published("Saffron", MONDAY - 3 * DAY)
    published("Roses", MONDAY + 2 * DAY)
    reader()

    counts = [tell_of_week(now=MONDAY + days * DAY) for days in (-1, 0, 0, 1, 5, 7, 8)]
    assert counts == [0, 1, 0, 0, 0, 1, 0]


def test_who_never_confirmed_or_stopped_is_never_told(house):
    published("Saffron", MONDAY - 3 * DAY)
    stop(reader())
    sign_up("never@buyer.example", language="en", subjects=(), consent="I agree.", now=MONDAY - 9 * DAY)
    OutboxMessage.objects.all().delete()

    assert (tell_of_week(now=MONDAY), tell_of_week(now=MONDAY + 7 * DAY), letters()) == (0, 0, [])


def test_mail_program_stops_the_newsletter_by_one_press(house):
    published("Saffron", MONDAY - 3 * DAY)
    subscription, other = reader(), reader("other@buyer.example")
    tell_of_week(now=MONDAY)
    headers = letters()[0]["headers"]
    address = urlsplit(headers["List-Unsubscribe"].strip("<>")).path

    pressed = Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})
    assert (pressed.status_code, headers["List-Unsubscribe-Post"]) == (200, "List-Unsubscribe=One-Click")
    read = {one.pk: one.is_read for one in Subscription.objects.all()}
    assert read == {subscription.pk: False, other.pk: True}


def test_link_that_is_only_looked_at_stops_nothing(client, db):
    subscription = reader()
    client.get(f"/en/newsletter/stop/{stop_token(subscription)}/")

    assert Subscription.objects.get().is_read is True


def test_address_is_erased_on_demand_and_the_log_does_not_keep_it(client, db):
    subscription = reader()
    client.post(f"/en/newsletter/stop/{stop_token(subscription)}/", {"forget": "1"})

    assert Subscription.objects.count() == 0
    assert [entry for entry in LogEntry.objects.all() if "reader@" in str(entry.facts)] == []


def test_address_that_nobody_confirmed_is_erased_after_a_month(db):
    sign_up("never@buyer.example", language="en", subjects=(), consent="I agree.", now=MONDAY - 31 * DAY)
    sign_up("new@buyer.example", language="en", subjects=(), consent="I agree.", now=MONDAY - 29 * DAY)
    reader()

    assert forget_unconfirmed(now=MONDAY) == 1
    assert sorted(Subscription.objects.values_list("email", flat=True)) == [
        "new@buyer.example",
        "reader@buyer.example",
    ]
