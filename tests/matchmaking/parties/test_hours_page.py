"""What a person says of their hours and their party on the page."""

from datetime import time, timedelta

import pytest
import time_machine
from django.urls import reverse

from fairs.editions.states import EditionState
from matchmaking.meetings.actions import accept_and_book
from matchmaking.models import Absence, Slot
from matchmaking.parties.actions import advance_matching, change_party, set_hours
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import ask
from moussem.organisations.states import Role
from tests.factories.catalogue import ProductFactory
from tests.factories.matchmaking import buyer_at, meeting_edition, organiser_of, speaker_of
from tests.factories.people import UserFactory
from tests.factories.trade import member_of
from tests.sent_forms import as_shown, send

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HOURS_QUERIES = 16
HOURS_OF_TOKYO = {"hours-time_zone": "Asia/Tokyo", "hours-wakes": "17:00", "hours-sleeps": "01:00"}
TYPED = {"time_zone": "Asia/Tokyo", "wakes": "", "sleeps": "", "most_a_day": "", "most_in_a_row": ""}


@pytest.fixture
def page(client, exporter):
    client.force_login(speaker_of(exporter))
    return reverse("matchmaking:hours", args=[exporter.edition.slug])


@pytest.fixture
def sends(client, page):
    """An act is sent to the page, opened now, with what is typed."""

    def run(act, **told):
        return send(client, page, {"act": act, **{f"{act}-{name}": value for name, value in told.items()}})

    return run


def test_hours_are_kept(exporter, sends):
    told = {**TYPED, "wakes": "17:00", "sleeps": "01:00", "most_a_day": "4"}

    answer = sends("hours", **told)

    delegate = exporter.delegates.get()
    assert answer.status_code == 302
    assert (delegate.time_zone, delegate.wakes, delegate.sleeps) == ("Asia/Tokyo", time(17), time(1))
    assert (delegate.most_a_day, delegate.most_in_a_row) == (4, None)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"time_zone": "Mars/Base"}, "time_zone"),
        ({"wakes": "09:00"}, "sleeps"),
        ({"sleeps": "09:00"}, "wakes"),
        ({"wakes": "09:00", "sleeps": "09:00"}, "sleeps"),
        ({"wakes": "noon"}, "wakes"),
        ({"most_a_day": "0"}, "most_a_day"),
        ({"most_in_a_row": "-1"}, "most_in_a_row"),
    ],
)
def test_hours_that_cannot_be_read_are_named(exporter, sends, told, field):
    answer = sends("hours", **{**TYPED, **told})

    assert list(answer.context["forms"]["hours"].errors) == [field]
    assert exporter.delegates.get().time_zone == "Africa/Casablanca"


def test_the_grid_has_a_column_for_each_day_and_tells_both_clocks(client, exporter, page):
    delegate = exporter.delegates.get()
    set_hours(delegate, actor=delegate.person, time_zone="Asia/Tokyo", wakes=None, sleeps=None)

    form = client.get(page).context["forms"]["absences"]

    rows = list(form.rows)
    assert (len(form.days), len(rows), rows[0][0], rows[-1][0]) == (3, 21, "09:00", "17:20")
    assert [cell.mine for cell in rows[0][1]] == ["18:00"] * 3


def test_the_grid_has_a_morning_and_an_afternoon_whose_slots_are_named_alike(client, exporter, page):
    answer = client.get(page)

    halves = answer.context["forms"]["absences"].halves
    assert [(key, rows[0][0], rows[-1][0]) for key, _name, rows in halves] == [
        ("before", "09:00", "12:45"),
        ("after", "13:10", "17:20"),
    ]
    markup = answer.content.decode()
    for key, _name, rows in halves:
        assert markup.count(f'data-tick-all="{key}-1"') == 1
        assert markup.count(f'data-tick="day-1 {key}-1"') == len(rows)


def test_days_that_are_over_are_left_out_and_what_was_said_of_them_stays(client, exporter, page, sends):
    slots = list(Slot.objects.filter(edition=exporter.edition))
    first = [slot for slot in slots if slot.on == slots[0].on]
    sends("absences", slots=[first[0].pk])

    with time_machine.travel(first[-1].begins + timedelta(minutes=1), tick=False):
        client.force_login(speaker_of_first(exporter))
        form = client.get(page).context["forms"]["absences"]
        sends("absences", slots=[slots[-1].pk])

    assert form.days == sorted({slot.on for slot in slots})[1:]
    kept = exporter.delegates.get().absences.values_list("slot", flat=True)
    assert sorted(kept) == [first[0].pk, slots[-1].pk]


def test_slots_are_taken_out_on_the_grid(exporter, sends):
    slots = list(Slot.objects.filter(edition=exporter.edition)[:3])

    sends("absences", slots=[slots[0].pk, slots[2].pk])

    (delegate,) = exporter.delegates.all()
    assert list(delegate.absences.values_list("slot", flat=True)) == [slots[0].pk, slots[2].pk]
    sends("absences", slots=[])
    assert delegate.absences.count() == 0


def test_what_a_repair_took_out_meanwhile_is_shown_beside_what_was_ticked(client, exporter, page):
    delegate, slots = exporter.delegates.get(), list(Slot.objects.filter(edition=exporter.edition)[:3])
    typed = {"act": "absences", "absences-slots": [str(slots[0].pk)]}
    form = as_shown(client.get(page), typed)
    Absence.objects.create(delegate=delegate, slot=slots[2])

    back = client.post(page, form)

    told = back.context["forms"]["absences"]
    assert [*told.otherwise] == ["slots"]
    assert "Added since you opened the page: <bdi>Mon 6 May 09:50</bdi>" in back.content.decode()
    assert told["slots"].value() == [str(slots[0].pk)]
    assert list(delegate.absences.values_list("slot", flat=True)) == [slots[2].pk]

    both = as_shown(back, typed, **{"absences-slots": [str(slots[0].pk), str(slots[2].pk)]})
    assert client.post(page, both).status_code == 302
    assert list(delegate.absences.values_list("slot", flat=True)) == [slots[0].pk, slots[2].pk]


def test_hours_that_were_kept_on_another_screen_are_shown_beside_those_that_were_typed(
    client, exporter, page
):
    delegate = exporter.delegates.get()
    form = as_shown(client.get(page), {"act": "hours", "hours-most_a_day": "4"})
    tokyo = {"time_zone": "Asia/Tokyo", "wakes": time(17), "sleeps": time(1)}
    set_hours(delegate, actor=delegate.person, **tokyo)

    back = client.post(page, form)

    assert [*back.context["forms"]["hours"].otherwise] == ["time_zone", "wakes", "sleeps"]
    delegate.refresh_from_db()
    assert (delegate.time_zone, delegate.wakes, delegate.most_a_day) == ("Asia/Tokyo", time(17), None)
    assert client.post(page, as_shown(back, {"act": "hours", **HOURS_OF_TOKYO})).status_code == 302
    delegate.refresh_from_db()
    assert (delegate.time_zone, delegate.wakes, delegate.most_a_day) == ("Asia/Tokyo", time(17), 4)


def test_languages_that_a_colleague_kept_meanwhile_come_back_once(client, exporter, owner, page):
    form = as_shown(client.get(page), {"act": "party", "party-languages": ["ar"]})
    change_party(exporter, actor=owner, languages=["en", "fr"])

    back = client.post(page, form)

    assert [*back.context["forms"]["party"].otherwise] == ["languages"]
    exporter.refresh_from_db()
    assert exporter.languages == ["en", "fr"]
    assert client.post(page, as_shown(back, {"act": "party"})).status_code == 302
    exporter.refresh_from_db()
    assert exporter.languages == ["ar"]


def test_a_slot_with_a_meeting_or_of_elsewhere_cannot_be_ticked(exporter, sends):
    edition, buyer = exporter.edition, buyer_at(exporter.edition)
    lines = [{"product": ProductFactory(organisation=exporter.organisation)}]
    asked = ask(buyer, exporter, actor=speaker_of(buyer), lines=lines)
    advance_matching(edition, MatchingState.LIVE, actor=organiser_of(edition))
    slot = Slot.objects.filter(edition=edition).first()
    accept_and_book(asked, actor=speaker_of(exporter), slot=slot)

    (told,) = sends("absences", slots=[slot.pk]).context["forms"]["absences"].errors["slots"]
    assert told.startswith("A meeting was booked meanwhile: ")
    other = Slot.objects.filter(edition=meeting_edition()).first()
    assert list(sends("absences", slots=[other.pk]).context["forms"]["absences"].errors) == ["slots"]
    assert exporter.delegates.get().absences.count() == 0
    assert sends("absences", slots=[]).status_code == 302


def test_a_party_says_its_languages_and_places(exporter, sends):
    sends("party", languages=["ar", "fr"], table_kinds=["booth", "virtual"])
    exporter.refresh_from_db()
    assert (exporter.languages, exporter.table_kinds) == (["ar", "fr"], ["booth", "virtual"])

    everywhere = ["standard", "booth", "private", "virtual"]
    for told, kept in ((everywhere, everywhere), (everywhere[:3], [])):
        sends("party", languages=["ar"], table_kinds=told)
        exporter.refresh_from_db()
        assert (exporter.languages, exporter.table_kinds) == (["ar"], kept)
    empty = sends("party", languages=[], table_kinds=[])
    assert list(empty.context["forms"]["party"].errors) == ["languages", "table_kinds"]


def test_colleagues_are_named_and_taken_out(client, exporter, page, sends):
    assert "name" not in client.get(page).context["forms"]
    colleague = member_of(exporter.organisation, Role.SALES).user

    sends("name", person=colleague.pk)
    named = exporter.delegates.there().get(person=colleague)
    sends("release", delegate=named.pk)

    assert [one.person for one in exporter.delegates.there()] == [speaker_of_first(exporter)]
    stranger = UserFactory()
    assert list(sends("name", person=stranger.pk).context["forms"]["name"].errors) == ["person"]
    own = exporter.delegates.order_by("pk").first()
    assert list(sends("release", delegate=own.pk).context["forms"]["release"].errors) == ["delegate"]


def speaker_of_first(party):
    return party.delegates.order_by("pk").first().person


def test_nothing_is_said_once_the_fair_is_over(client, exporter, page, sends):
    type(exporter.edition).objects.update(state=EditionState.CLOSED)

    assert sends("hours", **TYPED)["Location"] == page
    assert exporter.delegates.get().time_zone == "Africa/Casablanca"
    assert client.get(page).context["forms"] == {}


def test_the_page_asks_as_much_for_one_person_as_for_three(
    client, exporter, page, sends, django_assert_num_queries
):
    client.get(page)
    with django_assert_num_queries(HOURS_QUERIES):
        client.get(page)
    for _number in range(2):
        sends("name", person=member_of(exporter.organisation, Role.SALES).user.pk)
    client.get(page)
    with django_assert_num_queries(HOURS_QUERIES):
        assert len(client.get(page).context["delegates"]) == 3
