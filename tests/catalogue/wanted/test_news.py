from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.utils import translation
from django.utils.translation import ngettext

from catalogue.models import Alerted, Product, SavedSearch
from catalogue.wanted.actions import change_search, tell_news
from catalogue.wanted.queries import unsubscribe_token
from catalogue.wanted.tasks import tell_news_of_saved_searches
from moussem.core.log import history_of
from moussem.core.models import LogEntry, OutboxMessage
from tests.factories.catalogue import CertificateFactory, ProductFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

SAVED = datetime(2026, 5, 4, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def on_the_day_of_saving():
    """Monday in Taroudant, ten in the morning; searches are saved and products listed now."""
    with time_machine.travel(SAVED, tick=False):
        yield


def listed(count=1, after=timedelta(hours=1), **fields):
    return ProductFactory.create_batch(count, listed_at=SAVED + after, **fields)


def mails():
    return list(OutboxMessage.objects.filter(kind="mail").values_list("payload", flat=True))


def subjects():
    return [mail["subject"] for mail in mails()]


def test_new_product_is_told_of_once_for_ever(saved):
    search, (product,) = saved(), listed()

    rounds = [tell_news(SAVED + number * DAY) for number in (0, 1, 1, 2, 30)]

    assert rounds == [0, 1, 0, 0, 0]
    assert subjects() == ["1 new product matches “Saffron”"]
    assert list(Alerted.objects.values_list("search", "product")) == [(search.pk, product.pk)]
    assert [entry.verb for entry in history_of(search)] == ["saved", "alerted"]


def test_only_what_is_listed_since_and_still_is_news(saved):
    named = {"title": "Zeppelin", "texts": False}
    listed(after=-DAY, **named)
    saved("q=zeppelin")
    listed(is_public=False, **named)
    listed()
    (new,) = listed(**named)

    assert tell_news(SAVED + DAY) == 1
    assert list(Alerted.objects.values_list("product", flat=True)) == [new.pk]


def test_offer_that_begins_to_match_is_news_though_it_was_listed_before(saved):
    (product,) = listed(after=-DAY)
    saved("q=safran&is=organic")
    CertificateFactory(organisation=product.organisation, products=[product], type__code="EU-ORG")

    assert [tell_news(SAVED + number * DAY) for number in (1, 2)] == [1, 0]
    assert list(Alerted.objects.values_list("product", flat=True)) == [product.pk]


def test_offer_that_goes_and_comes_back_is_no_news(saved):
    (product,) = listed(after=-DAY)
    saved()
    for is_public, day in ((False, 1), (True, 2)):
        Product.objects.filter(pk=product.pk).update(is_public=is_public)
        assert tell_news(SAVED + day * DAY) == 0

    assert mails() == []


def test_search_saved_while_no_engine_answered_tells_what_was_listed_later(saved):
    listed(after=-DAY)
    search, (product,) = saved(), listed()
    SavedSearch.objects.filter(pk=search.pk).update(known=None)

    assert tell_news(SAVED + DAY) == 1
    assert list(Alerted.objects.values_list("product", flat=True)) == [product.pk]


def test_product_listed_again_is_no_news(saved):
    saved()
    listed()
    tell_news(SAVED + DAY)
    Product.objects.update(listed_at=SAVED + DAY)

    assert tell_news(SAVED + 2 * DAY) == 0


def test_mail_names_ten_and_counts_the_rest(saved):
    saved()
    listed(12)

    tell_news(SAVED + DAY)

    (mail,) = mails()
    assert mail["subject"] == "12 new products match “Saffron”"
    assert mail["body"].count("/en/products/") == 11
    assert "and 2 more, in the list." in mail["body"]
    assert Alerted.objects.count() == 12


@pytest.mark.parametrize(
    ("zone", "hour", "sent"),
    [
        ("Africa/Casablanca", 5, 0),
        ("Africa/Casablanca", 6, 1),
        ("Asia/Tokyo", 21, 0),
        ("Asia/Tokyo", 22, 1),
        ("America/Los_Angeles", 13, 0),
        ("America/Los_Angeles", 14, 1),
    ],
)
def test_mail_comes_in_the_morning_of_its_reader(saved, zone, hour, sent):
    saved(actor=UserFactory(time_zone=zone))
    listed()
    # In Tokyo the next morning begins on the evening of the same day in Greenwich.
    day = 4 if zone == "Asia/Tokyo" else 5

    assert tell_news(datetime(2026, 5, day, hour, tzinfo=UTC)) == sent


def test_nobody_is_told_who_does_not_want_it_or_has_left(saved, buyer):
    change_search(saved(), name="Saffron", mail_on=False, actor=buyer.user)
    gone = UserFactory()
    saved(actor=gone)
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    listed()

    assert (tell_news(SAVED + DAY), mails()) == (0, [])


def test_mail_put_on_again_begins_with_what_comes_then(saved, buyer):
    search = saved()
    change_search(search, name="Saffron", mail_on=False, actor=buyer.user)
    listed()
    with time_machine.travel(SAVED + 2 * DAY, tick=False):
        change_search(search, name="Saffron", mail_on=True, actor=buyer.user)

    assert tell_news(SAVED + 3 * DAY) == 0


def test_search_that_fails_stops_no_other(saved, caplog):
    broken, sound = saved("q=safran"), saved("q=saffron", name="Other")
    # More parts than Django reads of an address.
    SavedSearch.objects.filter(pk=broken.pk).update(query="&" * 1100)
    listed()

    assert tell_news(SAVED + DAY) == 1
    assert subjects() == ["1 new product matches “Other”"]
    assert [record.args[2] for record in caplog.records if record.name == "moussem.core.rounds"] == [
        broken.pk
    ]
    assert list(Alerted.objects.values_list("search", flat=True)) == [sound.pk]


def test_zone_that_is_no_more_stops_nobody(saved, buyer):
    buyer.user.time_zone = "Africa/Atlantis"
    buyer.user.save(update_fields=["time_zone"])
    SavedSearch.objects.bulk_create(
        SavedSearch(person=person, query="q=safran", name="Saffron", language="en", currency="EUR")
        for person in (buyer.user, UserFactory())
    )
    listed()

    assert tell_news(SAVED + DAY) == 2


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_mail_is_written_in_the_language_of_its_reader(saved, language, settings):
    saved(actor=UserFactory(language=language))
    (product,) = listed()

    tell_news(SAVED + DAY)

    (mail,) = mails()
    title = {"en": product.title, "fr": f"Safran {product.pk}", "ar": f"زعفران {product.pk}"}[language]
    with translation.override(language):
        subject = ngettext(
            "%(number)s new product matches “%(name)s”", "%(number)s new products match “%(name)s”", 1
        )
    assert mail["subject"] == subject % {"number": 1, "name": "Saffron"}
    assert f"- {title} ({product.organisation.label})" in mail["body"]
    assert mail["body"].count(f"{settings.SITE_URL}/{language}/") == 4


def test_clock_tells_news(saved):
    saved()
    listed()

    with time_machine.travel(SAVED + DAY, tick=False):
        tell_news_of_saved_searches()

    assert len(mails()) == 1


def test_link_of_the_mail_stops_it_after_a_question(client, saved):
    search = saved()
    address = f"/en/searches/unsubscribe/{unsubscribe_token(search)}/"

    asked = client.get(address)
    search.refresh_from_db()
    assert (asked.status_code, search.mail_on) == (200, True)
    for _press in range(2):
        assert client.post(address).status_code == 200

    search.refresh_from_db()
    assert search.mail_on is False
    assert [entry.verb for entry in history_of(search)] == ["saved", "mail.stopped"]


def test_link_stops_no_other_search(client, saved):
    mine, theirs = saved(), saved(actor=UserFactory())
    token = unsubscribe_token(mine)
    wrong = [
        signing.dumps(theirs.pk, salt="another purpose"),
        unsubscribe_token(theirs).partition(":")[0] + ":" + token.partition(":")[2],
        signing.dumps(10**30, salt="catalogue.wanted.unsubscribe"),
        str(theirs.pk),
        "x" * 5000,
    ]
    before = LogEntry.objects.count()

    for one in wrong:
        assert client.post(f"/en/searches/unsubscribe/{one}/").status_code == 404
    client.post(f"/en/searches/unsubscribe/{token}/")

    assert [(one.pk, one.mail_on) for one in SavedSearch.objects.order_by("pk")] == [
        (mine.pk, False),
        (theirs.pk, True),
    ]
    assert LogEntry.objects.count() == before + 1


def test_mail_program_unsubscribes_by_one_press_from_that_search_alone(saved):
    mine, theirs = saved(), saved(actor=UserFactory())
    listed()
    tell_news(SAVED + DAY)
    letters = OutboxMessage.objects.filter(payload__to=mine.person.email)
    (headers,) = [one.payload["headers"] for one in letters]
    address = urlsplit(headers["List-Unsubscribe"].strip("<>")).path

    pressed = Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})

    assert (pressed.status_code, headers["List-Unsubscribe-Post"]) == (200, "List-Unsubscribe=One-Click")
    on = {one.pk: one.mail_on for one in SavedSearch.objects.all()}
    assert on == {mine.pk: False, theirs.pk: True}
