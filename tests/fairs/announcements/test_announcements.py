"""Who reads an announcement, until when, and who is written to."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from fairs.announcements.actions import announce, take_back_announcement
from fairs.announcements.errors import AlreadyTakenBack, CategoryOfExhibitors, ExpiresInThePast
from fairs.announcements.forms import AnnouncementForm
from fairs.announcements.queries import announced_to, how_many_reached
from fairs.announcements.states import Audience
from fairs.guests.actions import cancel_registration
from fairs.models import Announcement, Exhibitor
from moussem.core.errors import NotYours
from moussem.core.models import OutboxMessage
from tests.factories.fairs import CategoryFactory, EditionFactory, who_runs
from tests.factories.guests import buyer, visitor
from tests.factories.organisations import MembershipFactory
from tests.factories.people import UserFactory
from tests.sent_forms import as_shown

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TEXTS = {
    "en": "Hall B opens at ten.",
    "fr": "Le hall B ouvre à dix heures.",
    "ar": "تفتح القاعة ب في العاشرة.",
}


@pytest.fixture
def edition():
    return EditionFactory(announced=True)


def exhibitor(edition, **fields):
    member = MembershipFactory()
    Exhibitor.objects.create(edition=edition, organisation=member.organisation, **fields)
    return member.user


def say(edition, audience=Audience.EVERYBODY, **options):
    return announce(edition, actor=who_runs(edition), audience=audience, texts=TEXTS, **options)


def typed_as(expires_at):
    return {
        "audience": "everybody",
        "expires_at": expires_at,
        **{f"text_{code}": text for code, text in TEXTS.items()},
    }


def read(person, edition):
    return [told.audience for told in announced_to(person, edition)]


def test_each_audience_reads_what_is_for_it(edition):
    people = {
        "stranger": UserFactory(),
        "visitor": visitor(edition).person,
        "buyer": buyer(edition).person,
        "exhibitor": exhibitor(edition),
    }
    for audience in Audience:
        say(edition, audience)

    assert {name: sorted(read(person, edition)) for name, person in people.items()} == {
        "stranger": ["everybody"],
        "visitor": ["everybody", "guests"],
        "buyer": ["buyers", "everybody", "guests"],
        "exhibitor": ["everybody", "exhibitors"],
    }
    assert len(read(who_runs(edition), edition)) == 4


def test_exhibitors_of_another_category_do_not_read_it(edition):
    oils, rugs = CategoryFactory(edition=edition), CategoryFactory(edition=edition)
    first, second = exhibitor(edition, category=oils), exhibitor(edition, category=rugs)

    say(edition, Audience.EXHIBITORS, category=oils)

    assert (read(first, edition), read(second, edition)) == (["exhibitors"], [])


def test_who_cancelled_reads_nothing_for_guests(edition):
    guest = visitor(edition)
    say(edition, Audience.GUESTS)

    cancel_registration(guest, actor=guest.person)

    assert read(guest.person, edition) == []


def test_announcement_is_gone_when_it_expires_or_is_taken_back(edition):
    first, _mails = say(edition, expires_at=timezone.now() + timedelta(hours=1))
    second, _mails = say(edition)
    Announcement.objects.filter(pk=first.pk).update(expires_at=timezone.now() - timedelta(seconds=1))

    take_back_announcement(second, actor=who_runs(edition))

    assert read(UserFactory(), edition) == []
    with pytest.raises(AlreadyTakenBack):
        take_back_announcement(second, actor=who_runs(edition))


def test_mail_goes_once_to_each_person_in_their_language(edition):
    french = visitor(edition, UserFactory(language="fr")).person
    arabic = exhibitor(edition)
    arabic.language = "ar"
    arabic.save()
    OutboxMessage.objects.all().delete()

    _told, mails = say(edition, by_mail=True)

    bodies = {one.payload["to"]: one.payload["body"] for one in OutboxMessage.objects.all()}
    assert mails == 2
    assert TEXTS["fr"] in bodies[french.email]
    assert TEXTS["ar"] in bodies[arabic.email]


def test_strangers_announce_nothing_and_nobody_announces_into_the_past(edition):
    with pytest.raises(NotYours):
        announce(edition, actor=UserFactory(), audience=Audience.EVERYBODY, texts=TEXTS)
    with pytest.raises(ExpiresInThePast):
        say(edition, expires_at=timezone.now() - timedelta(minutes=1))
    assert not Announcement.objects.exists()


def test_organiser_announces_from_the_page_in_the_time_of_the_edition(client, edition):
    edition.time_zone = "Asia/Tokyo"
    edition.save()
    client.force_login(who_runs(edition))
    page = reverse("fairs:announcements", args=[edition.slug])
    sent = {f"text_{code}": text for code, text in TEXTS.items()}

    missing = client.post(page, {**sent, "text_ar": "", "audience": "everybody"})
    client.post(page, {**sent, "audience": "everybody", "expires_at": f"{edition.ends_on}T09:00"})

    assert "Hall B opens at ten." in missing.content.decode()
    assert Announcement.objects.get().expires_at.isoformat() == f"{edition.ends_on}T00:00:00+00:00"
    client.logout()
    assert (
        "Hall B opens at ten." in client.get(reverse("fairs:edition", args=[edition.slug])).content.decode()
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_number_of_questions(client, edition, rows, django_assert_num_queries):
    for _number in range(rows):
        say(edition)
    client.force_login(who_runs(edition))
    client.get(reverse("fairs:announcements", args=[edition.slug]))

    with django_assert_num_queries(10):
        client.get(reverse("fairs:announcements", args=[edition.slug]))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        # Clocks in Morocco show this hour twice: the first time counts.
        ("2026-02-15T02:30", datetime(2026, 2, 15, 1, 30, tzinfo=UTC)),
        # And leave this one out: the offset before counts.
        ("2026-03-22T02:30", datetime(2026, 3, 22, 2, 30, tzinfo=UTC)),
    ],
)
def test_moment_at_a_change_of_the_clocks_is_read(typed, read):
    edition = EditionFactory(starts_on=date(2026, 1, 20), time_zone="Africa/Casablanca")

    form = AnnouncementForm(typed_as(typed), edition=edition)

    assert (form.is_valid(), form.cleaned_data["expires_at"]) == (True, read)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("soon", "Write a day and an hour that the calendar has, such as 2027-05-04 18:30."),
        ("2027-02-30T10:00", "Write a day and an hour that the calendar has, such as 2027-05-04 18:30."),
        ("9999-12-31T23:59", "Choose a moment within a year after this edition."),
    ],
)
def test_moment_that_is_none_gets_its_own_sentence(edition, typed, said):
    form = AnnouncementForm(typed_as(typed), edition=edition)

    assert form.errors == {"expires_at": [said]}


def test_mail_goes_out_once_the_number_of_people_was_seen(client, edition):
    visitor(edition), exhibitor(edition)
    OutboxMessage.objects.all().delete()
    client.force_login(who_runs(edition))
    page = reverse("fairs:announcements", args=[edition.slug])

    asked = client.post(page, {**typed_as(""), "by_mail": "on"})
    before = (Announcement.objects.count(), OutboxMessage.objects.count())
    visitor(edition)
    OutboxMessage.objects.all().delete()
    asked_again = client.post(page, as_shown(asked))
    client.post(page, as_shown(asked_again))

    assert ([one.context["people"] for one in (asked, asked_again)], before) == ([2, 3], (0, 0))
    assert TEXTS["ar"] in asked.content.decode()
    assert (Announcement.objects.count(), OutboxMessage.objects.count()) == (1, 3)


def test_text_is_changed_before_it_is_sent(client, edition):
    visitor(edition)
    client.force_login(who_runs(edition))
    page = reverse("fairs:announcements", args=[edition.slug])

    asked = client.post(page, {**typed_as(""), "by_mail": "on"})
    form = client.post(page, {**as_shown(asked), "change": "1"})

    kept = as_shown(form)
    assert (kept["text_en"], "to" in kept) == ([TEXTS["en"]], False)
    assert not Announcement.objects.exists()


def test_each_audience_is_chosen_with_how_many_a_mail_reaches(edition):
    visitor(edition), buyer(edition), exhibitor(edition)

    assert how_many_reached(edition) == {"everybody": 3, "exhibitors": 1, "buyers": 1, "guests": 2}


def test_category_is_not_dropped_silently_where_the_audience_has_none(edition):
    category = CategoryFactory(edition=edition)

    with pytest.raises(CategoryOfExhibitors):
        say(edition, Audience.BUYERS, category=category, by_mail=True)

    assert not (Announcement.objects.exists() or OutboxMessage.objects.exists())
