"""The queue of an organiser: one person at a time, the next by itself, and the clear cases at once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from fairs.editions.states import EditionState
from fairs.editions.todo import agendas_of
from fairs.guests.queries import answer_by
from fairs.guests.states import GuestState, Tier
from fairs.models import Guest
from moussem.core.errors import ChangedSinceShown
from moussem.organisations.states import Verification
from tests.factories.fairs import EditionFactory, who_runs
from tests.factories.guests import buyer, digest, needs
from tests.factories.organisations import MembershipFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

DECLARED = Verification.DECLARED


@pytest.fixture
def edition(client):
    """An announced edition whose organiser is signed in."""
    edition = EditionFactory(announced=True)
    client.force_login(who_runs(edition))
    return edition


def queued(edition, count, wants):
    """So many who wait, each an hour after the one before."""
    guests = [buyer(edition, wants=wants, verification=DECLARED) for _number in range(count)]
    for hour, guest in enumerate(guests):
        guest.asked_at = timezone.now() - timedelta(hours=count - hour)
        guest.save()
    return guests


def address(name, edition, *more):
    return reverse(f"fairs:{name}", args=[edition.slug, *more])


def seen(guest):
    """What a page sends along of the registration that it shows."""
    return {"seen": digest(guest)}


def seen_of_each(*guests):
    return {f"seen-{one.pk}": seen(one)["seen"] for one in guests}


def asks_for_another(guest, wants):
    """Asks again, for a buyer whom the marketplace has not checked."""
    told = {"organisation__buyer": True, "organisation__verification": DECLARED}
    other = MembershipFactory(user=guest.person, **told)
    return buyer(guest.edition, other, wants)


def at_an_earlier_fair(edition, guest, *, tier=Tier.BUYER):
    earlier = EditionFactory(series=edition.series, state=EditionState.CLOSED, mode="digital")
    told = {"person": guest.person, "organisation": guest.organisation, "tier": tier}
    return Guest.objects.create(edition=earlier, state=GuestState.ADMITTED, **told)


def states(guests):
    return [Guest.objects.get(pk=one.pk).state for one in guests]


def test_next_one_comes_by_itself_after_a_decision(client, edition):
    first, second = queued(edition, 2, needs())
    assert client.get(address("vet", edition)).context["guest"] == first

    shown = client.post(address("vet_admit", edition, first.pk), seen(first), follow=True)

    assert shown.context["guest"] == second
    assert states([first, second]) == ["admitted", "waiting"]
    done = client.post(
        address("vet_refuse", edition, second.pk), {"reason": "No trade", **seen(second)}, follow=True
    )
    assert (done.context["guest"], done.context["queue"].waiting) == (None, 0)


def test_refusal_without_a_reason_stays_with_the_person(client, edition):
    first, _second = queued(edition, 2, needs())

    shown = client.post(address("vet_refuse", edition, first.pk), {"reason": ""})

    assert shown.context["guest"] == first
    assert shown.context["form"].errors == {"reason": ["Write why: the person reads it."]}
    assert states([first]) == ["waiting"]


def test_who_is_put_off_still_waits_and_does_not_come_next(client, edition):
    first, second = queued(edition, 2, needs())

    shown = client.get(client.get(address("vet", edition)).context["put_off"])
    last = client.get(shown.context["put_off"])

    assert (shown.context["guest"], last.context["guest"]) == (second, None)
    assert "You have been through the queue" in last.content.decode()
    assert states([first, second]) == ["waiting", "waiting"]


@pytest.mark.parametrize("known", ["0", "x", "9" * 20, "9" * 5_000, "²", ""])
def test_queue_begins_with_the_first_where_nobody_is_named(client, edition, known):
    (first,) = queued(edition, 1, needs())

    assert client.get(address("vet", edition), {"after": known}).context["guest"] == first


def test_who_bought_at_an_earlier_fair_is_ticked_and_the_others_are_not(client, edition):
    known, visited, new = queued(edition, 3, needs())
    at_an_earlier_fair(edition, known)
    at_an_earlier_fair(edition, visited, tier=Tier.VISITOR)

    shown = client.get(address("vet_many", edition))

    assert [(one, is_clear) for one, _visits, is_clear in shown.context["rows"]] == [
        (known, True),
        (visited, False),
        (new, False),
    ]
    assert shown.context["form"].ticked == {str(known.pk)}


def test_several_are_decided_at_once_and_one_who_may_not_buy_is_named(client, edition):
    one, other, left, untouched = queued(edition, 4, needs())
    left.person.memberships.update(is_active=False)

    keys = [guest.pk for guest in (one, other, left)]
    told = {"guests": keys, "decision": "admit", **seen_of_each(one, other, left)}
    shown = client.post(address("vet_many", edition), told, follow=True)

    said = [str(message) for message in shown.context["messages"]]
    assert states([one, other, left, untouched]) == ["admitted", "admitted", "waiting", "waiting"]
    assert said == [
        f"2 people are admitted, and were written to. Not decided, look at them one by one: {left.person}."
    ]


def test_several_are_refused_only_with_a_reason(client, edition):
    guests = queued(edition, 2, needs())
    told = {"guests": [one.pk for one in guests], "decision": "refuse", **seen_of_each(*guests)}

    refused = client.post(address("vet_many", edition), told)

    assert refused.context["form"].errors == {"reason": ["Write why: each of them reads it."]}
    assert refused.context["form"].ticked == {str(one.pk) for one in guests}
    assert states(guests) == ["waiting", "waiting"]
    client.post(address("vet_many", edition), {**told, "reason": "No trade"})
    assert states(guests) == ["refused", "refused"]


def test_guest_of_another_edition_is_not_decided_here(client, edition):
    (foreign,) = queued(EditionFactory(announced=True), 1, needs())

    one = client.post(address("vet_admit", edition, foreign.pk))
    many = client.post(address("vet_many", edition), {"guests": [foreign.pk], "decision": "admit"})

    assert (one.status_code, list(many.context["form"].errors)) == (404, ["guests"])
    assert states([foreign]) == ["waiting"]


@pytest.mark.parametrize("many", [1, 3])
def test_list_of_several_asks_as_often_for_three_as_for_one(client, edition, many, django_assert_num_queries):
    for guest in queued(edition, many, needs()):
        at_an_earlier_fair(edition, guest)

    with django_assert_num_queries(15):
        client.get(address("vet_many", edition))


def test_answer_is_due_before_the_fair_is_over(client):
    today = timezone.localdate()
    edition = EditionFactory(announced=True, starts_on=today, ends_on=today + timedelta(days=1))
    client.force_login(who_runs(edition))
    (guest,) = queued(edition, 1, None)
    closes = max(day.closes_at for day in edition.days.all())

    vet, listed = client.get(address("vet", edition)), client.get(address("guests", edition))

    assert answer_by(edition, closes - timedelta(hours=3)) == closes
    assert answer_by(edition, closes - timedelta(hours=50)) == closes - timedelta(hours=2)
    due = [one.due for one in agendas_of([edition])[edition.pk].now if one.address == "fairs:vet"]
    assert due == [min(closes, guest.asked_at + timedelta(hours=48))]
    assert ["answer by" in page.content.decode() for page in (vet, listed)] == [True, True]


@pytest.mark.parametrize(("button", "shows"), [("vet_admit", "vet"), ("admit", "guest")])
def test_who_asks_for_another_buyer_meanwhile_is_shown_again(client, edition, button, shows):
    first, second = queued(edition, 2, needs())
    looked_at = seen(first)
    asks_for_another(first, needs())

    shown = client.post(address(button, edition, first.pk), looked_at, follow=True)

    assert (shown.resolver_match.url_name, shown.context["guest"]) == (shows, first)
    [said] = map(str, shown.context["messages"])
    assert said == ChangedSinceShown().message
    assert states([first, second]) == ["waiting", "waiting"]
    client.post(address(button, edition, first.pk), seen(first))
    assert states([first]) == ["admitted"]


@pytest.mark.parametrize("button", ["vet_refuse", "refuse_guest"])
def test_who_asks_for_another_buyer_meanwhile_is_not_refused(client, edition, button):
    (guest,) = queued(edition, 1, needs())
    told = {"reason": "No trade", **seen(guest)}
    asks_for_another(guest, needs())

    shown = client.post(address(button, edition, guest.pk), told)

    assert states([guest]) == ["waiting"]
    assert f'name="seen" value="{seen(guest)["seen"]}"' in shown.content.decode()
    client.post(address(button, edition, guest.pk), {**told, **seen(guest)})
    assert states([guest]) == ["refused"]


def test_who_asks_for_another_buyer_meanwhile_is_left_out_of_many(client, edition):
    moved, same = queued(edition, 2, needs())
    told = {"guests": [moved.pk, same.pk], "decision": "admit", **seen_of_each(moved, same)}
    asks_for_another(moved, needs())

    client.post(address("vet_many", edition), told)

    assert states([moved, same]) == ["waiting", "admitted"]
