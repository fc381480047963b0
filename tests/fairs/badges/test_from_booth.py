"""People at a booth and badges of a stand: one list leads to the other."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from fairs.badges.actions import name_for_stand, name_from_booth, revoke
from fairs.badges.actions.issuing import MOST_OF_A_STAND
from fairs.badges.errors import BadgesNotYet, StandIsFull, TakenByOrganiser
from fairs.editions.states import EditionState
from fairs.floor.actions import add_person
from fairs.models import Badge
from moussem.core.errors import NotYours
from moussem.core.models import LogEntry
from tests.factories.badges import exhibitor_at, running
from tests.factories.fairs import who_runs
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

DESK_QUERIES = 15


@pytest.fixture
def stand(client):
    """A cooperative that exhibits, with Fatima at its booth; its owner is signed in."""
    exhibitor, owner = exhibitor_at(running())
    exhibitor.owner = owner.user
    exhibitor.fatima = add_person(exhibitor, actor=owner.user, name="Fatima Zahra", languages=["ar"])
    client.force_login(owner.user)
    return exhibitor


def address(name, exhibitor, *more):
    return reverse(f"fairs:{name}", args=[exhibitor.edition.slug, *more])


def press(client, name, exhibitor, pk):
    answer = client.post(address(name, exhibitor, pk))
    return [str(one) for one in get_messages(answer.wsgi_request)]


def held(exhibitor):
    return list(exhibitor.badges.order_by("pk").values_list("name", "state"))


def unchanged(refusal, person, actor):
    before = (held(person.exhibitor), LogEntry.objects.count())

    with pytest.raises(refusal):
        name_from_booth(person, actor=actor)

    assert (held(person.exhibitor), LogEntry.objects.count()) == before


def test_badge_is_issued_from_the_list_of_the_booth_and_once(client, stand):
    said = press(client, "issue_from_booth", stand, stand.fatima.pk)
    client.post(address("issue_from_booth", stand, stand.fatima.pk))

    badge = stand.badges.get()
    assert held(stand) == [("Fatima Zahra", "issued")]
    assert said == [f"Fatima Zahra has the badge {badge.number}."]
    desk = client.get(address("booth_desk", stand)).content.decode()
    assert f"Badge <bdi>{badge.number}</bdi>" in desk
    assert address("issue_from_booth", stand, stand.fatima.pk) not in desk


def test_badge_that_was_issued_by_hand_is_known_by_its_name(client, stand):
    badge = name_for_stand(stand, actor=stand.owner, name="fatima  ZAHRA")

    assert name_from_booth(stand.fatima, actor=stand.owner) == badge


def test_badge_of_a_member_is_the_members_own(stand):
    person = add_person(stand, actor=stand.owner, name=str(stand.owner), languages=["fr"])

    assert name_from_booth(person, actor=stand.owner).person == stand.owner


def test_refusals_leave_all_as_it_was(stand):
    revoke(name_from_booth(stand.fatima, actor=stand.owner), actor=who_runs(stand.edition), reason="Barred.")
    unchanged(TakenByOrganiser, stand.fatima, stand.owner)
    unchanged(NotYours, stand.fatima, UserFactory())

    for number in range(MOST_OF_A_STAND):
        name_for_stand(stand, actor=stand.owner, name=f"Helper {number}")
    other = add_person(stand, actor=stand.owner, name="Brahim", languages=["ar"])
    unchanged(StandIsFull, other, stand.owner)


def test_before_and_after_the_fair_no_badge_is_issued(client, stand):
    type(stand.edition).objects.update(state=EditionState.CLOSED)
    stand.fatima.refresh_from_db()

    unchanged(BadgesNotYet, stand.fatima, stand.owner)
    assert "Issue the badge" not in client.get(address("booth_desk", stand)).content.decode()


def test_taken_off_the_page_one_reads_which_badge_remains(client, stand):
    number = name_from_booth(stand.fatima, actor=stand.owner).number

    said = press(client, "remove_booth_person", stand, stand.fatima.pk)

    assert said == [
        f"Taken off the page. The badge {number} of Fatima Zahra still opens the doors; under “People at "
        "your stand” it is taken back."
    ]
    assert (held(stand), stand.staff.count()) == ([("Fatima Zahra", "issued")], 0)


def test_without_a_badge_nothing_remains(client, stand):
    assert press(client, "remove_booth_person", stand, stand.fatima.pk) == ["Taken off the page."]


def test_badge_that_is_taken_back_says_who_still_stands_on_the_page(client, stand):
    badge = name_from_booth(stand.fatima, actor=stand.owner)

    (said,) = press(client, "take_off_stand", stand, badge.pk)

    assert said.startswith("The badge counts no more. Fatima Zahra still stands on the page of your booth;")
    assert list(Badge.objects.values_list("state", flat=True)) == ["revoked"]


@pytest.mark.parametrize("people", [1, 3])
def test_desk_asks_as_much_for_many_as_for_one(client, stand, django_assert_num_queries, people):
    for number in range(people - 1):
        person = add_person(stand, actor=stand.owner, name=f"Helper {number}", languages=["ar"])
        name_from_booth(person, actor=stand.owner)
    client.get(address("booth_desk", stand))

    with django_assert_num_queries(DESK_QUERIES):
        client.get(address("booth_desk", stand))
