"""The pages of badges and of the door, and how they answer whoever sends too much."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from fairs.badges.actions import keep_scans, revoke, settle_guest
from fairs.badges.pace import MOST_A_MINUTE
from fairs.badges.sending import MOST_BYTES
from fairs.editions.states import EditionState, Mode
from fairs.models import Badge, Door, DoorKeeper, PrintRun, Scan
from moussem.core.device import KEPT_FOR
from moussem.core.models import OutboxMessage
from moussem.core.templatetags.pages import word_of_person
from tests.factories.badges import (
    badge_of,
    body_of,
    door_of,
    exhibitor_at,
    guest_at,
    keeper_of,
    named,
    running,
    sending,
    told,
)
from tests.factories.fairs import who_runs
from tests.factories.people import UserFactory
from tests.sent_forms import as_shown

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def nobody_has_sent():
    cache.clear()


@pytest.fixture
def edition():
    return running()


def page(name, edition, *more):
    return reverse(f"fairs:{name}", args=[edition.slug, *more])


def send(client, edition, body, **more):
    return client.post(page("door_scans", edition), body, content_type="application/json", **more)


def test_person_sees_the_code_of_their_badge_and_takes_it_as_a_pdf(client, edition):
    badge = settle_guest(guest_at(edition))
    client.force_login(badge.person)

    shown = client.get(page("own_badge", edition))
    paper = client.get(page("own_badge_pdf", edition, badge.pk))

    assert badge.number in shown.text and "<svg" in shown.text
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")


def test_revoked_badge_shows_its_reason_and_no_code(client, edition):
    badge = settle_guest(guest_at(edition))
    revoke(badge, actor=who_runs(edition), reason="Handed on to somebody else.")
    client.force_login(badge.person)

    shown = client.get(page("own_badge", edition))

    assert "Handed on to somebody else." in shown.text
    assert "badge-card__code" not in shown.text
    assert client.get(page("own_badge_pdf", edition, badge.pk)).status_code == 404


@pytest.mark.parametrize("name", ["own_badge", "stand_people", "door", "door_bundle", "badges"])
def test_pages_do_not_exist_for_somebody_else(client, edition, name):
    settle_guest(guest_at(edition))
    client.force_login(UserFactory())

    assert client.get(page(name, edition)).status_code == 404


def test_exhibitor_names_its_people_and_takes_them_off(client, edition):
    exhibitor, owner = exhibitor_at(edition)
    client.force_login(owner.user)

    client.post(page("stand_people", edition), {"name": "Fatima"})
    badge = exhibitor.badges.get()
    client.post(page("take_off_stand", edition, badge.pk))

    badge.refresh_from_db()
    assert (badge.name, badge.state, badge.revoked_by) == ("Fatima", "revoked", owner.user)


def test_device_of_a_fair_that_is_over_gets_no_names_and_still_sends_what_it_kept(client, edition):
    door, badge, keeper = door_of(edition), badge_of(edition), keeper_of(edition)
    keep_scans(edition, sending(told(door, badge.number)), actor=keeper)
    type(edition).objects.update(state=EditionState.CLOSED)
    client.force_login(keeper)

    bundle = client.get(page("door_bundle", edition)).json()
    sent = send(client, edition, body_of(told(door, badge.number, "out", shown="out")))

    assert (bundle["badges"], bundle["passages"], bool(bundle["token"])) == ([], {}, True)
    assert sent.status_code == 200


def test_keeper_has_all_that_a_device_needs_and_no_private_key(client, edition):
    door, badge, keeper = door_of(edition), badge_of(edition), keeper_of(edition)
    keep_scans(edition, sending(told(door, badge.number)), actor=keeper)
    client.force_login(keeper)

    answer = client.get(page("door_bundle", edition))
    bundle = answer.json()

    assert bundle["badges"] == [[1, badge.number, badge.name, "", "press", None]]
    assert bundle["passages"]["1"][0][1:] == ["in", "Hall 1", 0]
    assert [one["name"] for one in bundle["doors"]] == ["Hall 1"]
    key = edition.badge_keys.get()
    assert bundle["keys"] == {str(key.pk): key.point}
    assert key.sealed not in answer.text
    assert "no-store" in answer["Cache-Control"]


def test_keeper_sends_scans_and_is_answered_in_words(client, edition):
    door, badge, keeper = door_of(edition), badge_of(edition), keeper_of(edition)
    client.force_login(keeper)
    scan = told(door, badge.number)

    answer = send(client, edition, body_of(scan)).json()

    assert answer["inside"] == 1
    assert answer["answers"][scan["key"]]["sentence"] == "First entry to this fair."
    assert answer["answers"][scan["key"]]["badge"] == [1, badge.number, badge.name, "", "press"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 422, "scans_unreadable"),
        (b'{"device": "a", "sent_at": 1, "scans": [7]}', 422, "scans_unreadable"),
        (b" " * (MOST_BYTES + 1), 413, "scans_too_many"),
        (b"x" * 3_000_000, 413, "scans_too_many"),
    ],
)
def test_hostile_sending_is_refused_with_a_sentence(client, edition, body, status, code):
    client.force_login(keeper_of(edition))

    answer = send(client, edition, body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["message"].endswith(".")
    assert Scan.objects.count() == 0


def test_form_in_the_place_of_scans_is_refused_with_a_sentence(edition):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(keeper_of(edition))
    token = browser.get(page("door_bundle", edition)).json()["token"]

    answer = browser.post(page("door_scans", edition), {"scans": "[]", "csrfmiddlewaretoken": token})

    assert (answer.status_code, answer.json()["code"]) == (422, "scans_unreadable")


def test_ten_thousand_scans_at_once_are_refused(client, edition):
    door = door_of(edition)
    client.force_login(keeper_of(edition))

    answer = send(client, edition, body_of(*[told(door, "A") for _number in range(10_000)]))

    assert (answer.status_code, Scan.objects.count()) == (413, 0)


def test_device_that_sends_too_often_is_asked_to_wait_and_loses_nothing(client, edition):
    client.force_login(keeper_of(edition))
    statuses = [send(client, edition, body_of()).status_code for _number in range(MOST_A_MINUTE + 1)]

    assert statuses == [200] * MOST_A_MINUTE + [429]


def test_dismissed_keeper_sends_nothing_more(client, edition):
    door, badge, keeper = door_of(edition), badge_of(edition), keeper_of(edition)
    client.force_login(who_runs(edition))
    client.post(page("dismiss_keeper", edition, DoorKeeper.objects.get().pk))
    client.force_login(keeper)

    answer = send(client, edition, body_of(told(door, badge.number)), headers={"accept": "application/json"})

    assert (answer.status_code, Scan.objects.count()) == (404, 0)


def test_page_of_a_door_is_kept_on_the_device_and_its_app_stays_within_the_door(client, edition):
    keeper = keeper_of(edition)
    client.force_login(keeper)

    door, manifest = client.get(page("door", edition)), client.get(page("door_manifest", edition))

    assert door[KEPT_FOR] == word_of_person(keeper)
    assert manifest.json()["scope"] == page("door", edition)
    assert "unsafe-inline" not in door["Content-Security-Policy"]


def test_organiser_names_a_keeper_who_is_written_to(client, edition):
    person = UserFactory()
    client.force_login(who_runs(edition))

    client.post(page("name_keeper", edition), {"email": person.email})
    unknown = client.post(page("name_keeper", edition), {"email": "nobody@example.com"})

    assert list(DoorKeeper.objects.values_list("person", "left_at")) == [(person.pk, None)]
    assert OutboxMessage.objects.get().payload["to"] == person.email
    assert "Nobody has an account" in unknown.text


def test_organiser_opens_changes_and_closes_a_door(client, edition):
    client.force_login(who_runs(edition))
    form = {"roles": ["buyer"], "opens": "10:00", "closes": "17:00", "early_minutes": "0", **named("Hall 1")}

    client.post(page("open_door", edition), form)
    door = Door.objects.get()
    twice = client.post(page("open_door", edition), form)
    there = page("change_door", edition, door.pk)
    client.post(there, as_shown(client.get(there), {**named("Hall A"), "roles": []}))
    client.post(page("close_door", edition, door.pk))

    door.refresh_from_db()
    assert "a door of that name already" in twice.text
    assert (door.label, door.roles, door.left_at is not None) == ("Hall A", [], True)


def test_organiser_prints_all_badges_in_papers(client, edition):
    for number in range(5):
        badge_of(edition, f"Person {number}")
    client.force_login(who_runs(edition))

    client.post(page("start_print", edition))

    run = PrintRun.objects.get()
    paper = run.papers.get()
    assert (run.total, run.done, paper.badges) == (5, 5, 5)
    assert b"".join(client.get(page("badge_paper", edition, paper.pk)).streaming_content)[:5] == b"%PDF-"
    assert client.get(page("print_badges", edition)).status_code == 200


@pytest.mark.parametrize("many", [1, 3])
def test_list_of_badges_asks_as_often_for_three_as_for_one(
    client, edition, many, django_assert_num_queries, time_machine_at_noon
):
    door, keeper = door_of(edition), keeper_of(edition)
    for number in range(many):
        badge = badge_of(edition, f"Person {number}")
        keep_scans(edition, sending(told(door, badge.number)), actor=keeper)
    client.force_login(who_runs(edition))
    client.get(page("badges", edition))

    with django_assert_num_queries(13):
        client.get(page("badges", edition))


@pytest.mark.parametrize("many", [1, 3])
def test_bundle_asks_as_often_for_three_doors_as_for_one(client, edition, many, django_assert_num_queries):
    for number in range(many):
        door_of(edition, f"Hall {number}")
        badge_of(edition, f"Person {number}")
    client.force_login(keeper_of(edition))
    client.get(page("door_bundle", edition))

    with django_assert_num_queries(10):
        client.get(page("door_bundle", edition))


@pytest.mark.parametrize("name", ["badges", "guests"])
def test_lists_of_the_organiser_search_for_no_control_character(client, edition, name):
    client.force_login(who_runs(edition))

    answer = client.get(page(name, edition) + "?text=%01a%01&state=%01&tier=%01&role=%01")

    assert (answer.status_code, answer.context["asked"]["text"]) == (200, "a")


def test_search_finds_a_badge_by_number_name_or_state(client, edition):
    badge_of(edition, "Salma")
    other = badge_of(edition, "Youssef", "speaker")
    client.force_login(who_runs(edition))

    for asked in ({"text": "yous"}, {"text": other.number}, {"role": "speaker"}):
        assert list(client.get(page("badges", edition), asked).context["badges"]) == [other]
    assert list(client.get(page("badges", edition), {"state": "revoked"}).context["badges"]) == []
    assert Badge.objects.count() == 2


def test_badge_of_a_digital_fair_sends_nobody_to_a_door(client):
    badge = settle_guest(guest_at(running(mode=Mode.DIGITAL)))
    client.force_login(badge.person)

    shown = client.get(page("own_badge", badge.edition)).text

    assert "there is no door to pass" in shown
    assert ("Hold the code to the door" in shown, "Should a door" in shown) == (False, False)
