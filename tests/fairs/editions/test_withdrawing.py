"""An announced edition that does not take place: who is told, what stays, what calendars hear."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from fairs.applications.actions import send_application
from fairs.badges.actions import name_for_stand, settle_guest
from fairs.editions.actions import begin_edition, clone_edition, withdraw_edition
from fairs.editions.errors import EditionWithdrawn, HasBegun, NoReasonToWithdraw
from fairs.editions.models import Edition
from fairs.editions.states import EditionState
from fairs.models import Juror
from fairs.selection.queries import who_exhibited_before
from fairs.sessions.actions import open_calendar, remind, take_seat
from moussem.core.errors import MoveNotAllowed, NotYours
from moussem.core.models import LogEntry, OutboxMessage
from tests.factories.badges import exhibitor_at, guest_at, keeper_of
from tests.factories.fairs import ApplicationFactory, DeadlineFactory, EditionFactory, who_applies, who_runs
from tests.factories.people import UserFactory
from tests.factories.sessions import BEFORE, SessionFactory, attendee, organiser, release, shown_session

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

REASON = "The halls were flooded."
OWN = ("booth_desk", "stand_people")


def withdrawn(edition, actor=None):
    return withdraw_edition(edition, actor=actor or who_runs(edition), reason=REASON)


def letters():
    return OutboxMessage.objects.filter(key__startswith="edition_withdrawn:").order_by("pk")


def test_everybody_whom_it_concerns_is_told_once_in_their_language():
    edition = EditionFactory(announced=True)
    applicant = who_applies(ApplicationFactory(edition=edition, sent=True))
    drafting = who_applies(ApplicationFactory(edition=edition))
    _exhibitor, owner = exhibitor_at(edition)
    guest, judge, keeper = guest_at(edition), UserFactory(language="fr"), keeper_of(edition)
    settle_guest(guest)
    Juror.objects.create(edition=edition, person=judge)
    # Several ties to one edition are one letter.
    Juror.objects.create(edition=edition, person=applicant)
    gone = guest_at(edition, state="cancelled")

    _edition, told = withdrawn(edition)

    readers = {applicant, drafting, owner.user, guest.person, judge, keeper}
    assert sorted(one.payload["to"] for one in letters()) == sorted(one.email for one in readers)
    assert (told, gone.person in readers) == (len(readers), False)
    to_judge = letters().get(payload__to=judge.email).payload
    assert to_judge["subject"].startswith(edition.name_fr)
    assert REASON in to_judge["body"]


def test_page_stays_with_the_reason_and_nothing_is_written_any_more(client, refused):
    edition = DeadlineFactory().edition
    application = ApplicationFactory(edition=edition)
    withdrawn(edition)

    page = client.get(reverse("fairs:edition", args=[edition.slug])).content.decode()
    listed = client.get(reverse("fairs:index"), {"show": "over"}).context["editions"]

    assert "This edition does not take place." in page
    assert REASON in page
    assert list(listed) == [edition]
    application.edition.refresh_from_db()
    refused(EditionWithdrawn, send_application, application, actor=who_applies(application))
    entry = LogEntry.objects.get(verb="moved.withdrawn")
    assert (entry.facts["was"], entry.facts["reason"]) == ("open", REASON)


def test_exhibitor_and_keeper_read_what_became_of_it_and_nothing_that_is_not_true_any_more(client):
    edition = EditionFactory(announced=True)
    exhibitor, owner = exhibitor_at(edition)
    host = name_for_stand(exhibitor, actor=owner.user, name="Fatima Bensalem")
    keeper = keeper_of(edition)
    withdrawn(edition)

    client.force_login(owner.user)
    desk, stand = (client.get(reverse(f"fairs:{one}", args=[edition.slug])) for one in OWN)
    programme = client.get(reverse("fairs:programme", args=[edition.slug]))
    client.force_login(keeper)
    door = client.get(reverse("fairs:door", args=[edition.slug]))

    told = [one.content.decode() for one in (desk, stand, programme, door)]
    assert [(one.count("This edition does not take place."), REASON in one) for one in told] == [
        (1, True)
    ] * 4
    said = [
        "in the archive",
        "not allotted yet",
        "has a badge",
        "Name each",
        "It appears here",
        "The organiser adds",
    ]
    assert [phrase for phrase in said if phrase in "".join(told)] == []
    assert (host.number in told[1], "Badge as a PDF" in told[1], "No programme was released" in told[2]) == (
        *(True, False),
        True,
    )


@pytest.mark.parametrize("state", ["draft", "running", "closed", "archived"])
def test_only_an_announced_edition_is_withdrawn(state, refused):
    edition = EditionFactory(state=state)

    refused(MoveNotAllowed, withdraw_edition, edition, actor=who_runs(edition), reason=REASON)


def test_withdrawal_has_a_reason_an_organiser_and_comes_before_the_doors_open(refused):
    edition = EditionFactory(announced=True)
    runs = {"actor": who_runs(edition)}
    opens = edition.doors_open_at

    refused(NoReasonToWithdraw, withdraw_edition, edition, reason=" ", **runs)
    refused(NotYours, withdraw_edition, edition, actor=UserFactory(), reason=REASON)
    refused(HasBegun, withdraw_edition, edition, reason=REASON, now=opens, **runs)
    withdraw_edition(edition, reason=REASON, now=opens - timedelta(minutes=1), **runs)
    edition.refresh_from_db()
    refused(MoveNotAllowed, begin_edition, edition, now=opens, **runs)
    refused(MoveNotAllowed, withdraw_edition, edition, reason=REASON, **runs)


def test_withdrawn_edition_leaves_its_days_free_and_nobody_exhibited_there():
    edition = EditionFactory(announced=True)
    exhibitor_at(edition)
    withdrawn(edition)

    new = clone_edition(edition, actor=who_runs(edition), starts_on=edition.starts_on)
    later = EditionFactory(series=edition.series, starts_on=edition.starts_on + timedelta(days=90))

    assert (new.state, new.starts_on, new.withdrawal) == (EditionState.DRAFT, edition.starts_on, "")
    assert who_exhibited_before(later) == set()


def told_by(answer):
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    return [(str(one["uid"]), int(one["sequence"]), str(one["status"])) for one in events]


def test_calendars_are_told_that_the_sessions_are_cancelled(client):
    session = shown_session()
    edition = session.edition
    guest = attendee(edition)
    take_seat(session.showing, actor=guest, now=BEFORE)
    feeds = [
        reverse("fairs:programme_calendar", args=[edition.slug]),
        reverse("fairs:own_calendar", args=[open_calendar(actor=guest).secret]),
    ]
    before = [told_by(client.get(one)) for one in feeds]

    withdrawn(edition, organiser(edition))

    after = [told_by(client.get(one)) for one in feeds]
    uid = f"{session.uid}@fairs.moussem"
    assert [one[0][0] for one in before] == [uid, uid]
    assert after == [[(uid, one[0][1] + 1, "CANCELLED")] for one in before]


def test_one_letter_takes_all_seats_of_a_person_out_of_their_calendar():
    session = shown_session()
    edition = session.edition
    SessionFactory(edition=edition, hour=14)
    release(edition)
    guest, visitor = attendee(edition), attendee(edition)
    for showing in edition.showings.all():
        take_seat(showing, actor=guest, now=BEFORE)

    withdrawn(edition, organiser(edition))

    asked = letters().get(payload__to=guest.email).payload["also"]
    calendars = [Calendar.from_ical(one["text"]) for one in asked]
    assert [one["method"] for one in asked] == [str(one["method"]) for one in calendars] == ["CANCEL"] * 2
    assert [str(event["status"]) for one in calendars for event in one.walk("VEVENT")] == ["CANCELLED"] * 2
    assert "invitation" not in letters().get(payload__to=visitor.email).payload


def test_nobody_is_reminded_of_a_session_or_gets_a_seat_any_more(refused):
    session = shown_session()
    guest, late = attendee(session.edition), attendee(session.edition)
    take_seat(session.showing, actor=guest, now=BEFORE)
    withdrawn(session.edition, organiser(session.edition))
    session.showing.edition.refresh_from_db()

    assert remind(session.begins_at - timedelta(minutes=30)) == 0
    refused(EditionWithdrawn, take_seat, session.showing, actor=late, now=BEFORE)


def test_organiser_withdraws_by_a_page_that_says_how_many_are_told(client):
    edition = EditionFactory(announced=True)
    ApplicationFactory(edition=edition, sent=True)
    client.force_login(who_runs(edition))
    there = reverse("fairs:withdraw_edition", args=[edition.slug])
    assert there in client.get(reverse("fairs:board", args=[edition.slug])).content.decode()
    assert client.get(there).context["people"] == 1

    wrong = client.post(there, {"reason": REASON, "confirmation": "yes"})
    assert list(wrong.context["form"].errors) == ["confirmation"]
    assert Edition.objects.get().state == EditionState.OPEN

    client.post(there, {"reason": REASON, "confirmation": edition.slug})
    kept = Edition.objects.get()
    assert (kept.state, kept.withdrawal, kept.withdrawn_at < timezone.now()) == ("withdrawn", REASON, True)
    assert letters().count() == 1
