"""The organiser's pages of meetings: settings, tables, interpreters, parties, messages."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from matchmaking.models import Closure, Interpreter, Matching, MeetingTable, Party, Slot, Wish
from matchmaking.parties.actions import (
    hire_interpreter,
    lay_tables,
    plan_matching,
    set_closures,
    set_guarantee,
    set_interpreter_absences,
)
from matchmaking.parties.states import MatchingState, TableKind
from matchmaking.requests.actions import ask, wish
from matchmaking.requests.states import MessageState
from moussem.core.errors import NotYours
from tests.factories.catalogue import ProductFactory
from tests.factories.fairs import EditionFactory
from tests.factories.matchmaking import (
    buyer_at,
    exporter_at,
    hosted_at,
    meeting_edition,
    organiser_of,
    speaker_of,
)
from tests.factories.people import UserFactory
from tests.sent_forms import as_shown, send

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PAGES = ("arranging", "settings", "messages", "tables", "interpreters", "parties")
SOON = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(days=30)
SETTINGS = {
    "quota_exporter": 7,
    "quota_buyer": 8,
    "quota_hosted": 9,
    "guarantee_exporter": 1,
    "guarantee_buyer": 2,
    "most_a_day": 6,
    "most_in_a_row": 3,
    "hold_hours": 12,
}


@pytest.fixture
def edition():
    return meeting_edition()


@pytest.fixture
def browser(client, edition):
    client.force_login(organiser_of(edition))
    return client


def address(edition, name, *rest):
    return reverse(f"matchmaking:{name}", args=[edition.slug, *rest])


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_finds_no_page_of_the_organiser(client, edition, name):
    client.force_login(UserFactory())

    assert client.get(address(edition, name)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_read_in_arabic_too(browser, edition, name):
    exporter_at(edition)

    answer = browser.get(address(edition, name).replace("/en/", "/ar/"))

    assert answer.status_code == 200
    assert 'dir="rtl"' in answer.content.decode()


def test_requests_are_opened_from_the_overview(client):
    edition = EditionFactory(announced=True)
    client.force_login(organiser_of(edition))

    client.post(address(edition, "advance"), {"to": "asking"})

    assert Matching.objects.get(edition=edition).state == MatchingState.ASKING
    assert client.post(address(edition, "advance"), {"to": "nowhere"}).status_code == 404


def test_settings_are_kept_by_the_clocks_of_the_fair(client):
    edition = meeting_edition(time_zone="Asia/Tokyo", starts_on=date(2099, 7, 1))
    client.force_login(organiser_of(edition))
    typed = {**SETTINGS, "asked_until": "2099-07-01T18:00", "reads_messages": "on"}

    send(client, address(edition, "settings"), typed)

    kept = Matching.objects.get(edition=edition)
    assert {name: getattr(kept, name) for name in SETTINGS} == SETTINGS
    assert kept.asked_until.isoformat()[:13] == "2099-07-01T09"
    assert kept.reads_messages is True


def test_a_last_moment_that_is_over_is_refused_above_what_was_typed(browser, edition):
    answer = send(browser, address(edition, "settings"), SETTINGS, asked_until="2001-07-01T18:00")

    assert "is over already" in answer.content.decode()
    assert Matching.objects.get(edition=edition).quota_exporter == 20


@pytest.mark.parametrize("last", [datetime(9999, 12, 31, 23, 59), None])
def test_requests_end_with_the_edition_at_the_latest(client, last):
    edition = meeting_edition(starts_on=date(2030, 5, 6))
    client.force_login(organiser_of(edition))
    ends = edition.doors_close_at.astimezone(ZoneInfo(edition.time_zone))
    typed = last or ends + timedelta(minutes=1)

    answer = send(client, address(edition, "settings"), SETTINGS, asked_until=f"{typed:%Y-%m-%dT%H:%M}")

    assert f"The edition ends on 8 May 2030, {ends:%H:%M}." in answer.content.decode()
    assert Matching.objects.get(edition=edition).asked_until is None
    send(client, address(edition, "settings"), SETTINGS, asked_until=f"{ends:%Y-%m-%dT%H:%M}")
    assert Matching.objects.get(edition=edition).asked_until == ends


def test_as_many_tables_stand_as_were_typed(browser, edition):
    send(browser, address(edition, "tables"), {"standard": 3, "private": 1, "virtual": 0})

    kinds = MeetingTable.objects.filter(edition=edition, withdrawn_at=None).values_list("kind", flat=True)
    assert sorted(kinds) == [TableKind.PRIVATE, *[TableKind.STANDARD] * 3]


def test_a_table_is_closed_in_the_slots_that_were_ticked_and_open_in_the_others(browser, edition):
    table = MeetingTable.objects.first()
    one, other = Slot.objects.filter(edition=edition)[:2]
    here = address(edition, "closures", "standard")

    send(browser, here, {"closed": [f"{table.pk}-{one.pk}"]})
    assert list(Closure.objects.values_list("table", "slot")) == [(table.pk, one.pk)]

    kept = send(browser, here, {"closed": [f"{table.pk}-{other.pk}"]})
    assert list(Closure.objects.values_list("table", "slot")) == [(table.pk, other.pk)]
    assert f"?on={one.on}" in kept["Location"]


def test_a_table_that_a_repair_closed_meanwhile_is_not_opened_by_an_older_page(browser, edition):
    table = MeetingTable.objects.first()
    one, other = Slot.objects.filter(edition=edition)[:2]
    here = address(edition, "closures", "standard")
    form = as_shown(browser.get(here), {"closed": [f"{table.pk}-{one.pk}"]})
    Closure.objects.create(table=table, slot=other)

    back = browser.post(here, form)

    page = back.content.decode()
    assert "This page was opened before the last change." in page
    assert "Added since you opened the page: <bdi>Table 1 in the meeting area 09:25</bdi>" in page
    assert list(Closure.objects.values_list("table", "slot")) == [(table.pk, other.pk)]
    ticked = {"closed": [f"{table.pk}-{one.pk}", f"{table.pk}-{other.pk}"]}
    assert as_shown(back)["closed"] == ticked["closed"][:1]
    assert browser.post(here, as_shown(back, ticked)).status_code == 302
    assert Closure.objects.count() == 2


def test_a_table_that_was_taken_away_meanwhile_is_told(browser, edition):
    slot, last = Slot.objects.filter(edition=edition).first(), MeetingTable.objects.last()
    here = address(edition, "closures", "standard")
    form = as_shown(browser.get(here), {"closed": [f"{last.pk}-{slot.pk}"]})
    lay_tables(edition, actor=organiser_of(edition), kind=TableKind.STANDARD, count=1)

    back = browser.post(here, form)

    assert "A table or a slot is gone since." in back.content.decode()
    assert Closure.objects.count() == 0


def test_tables_that_a_colleague_laid_meanwhile_are_not_taken_away(browser, edition):
    form = as_shown(browser.get(address(edition, "tables")), {"private": 1})
    lay_tables(edition, actor=organiser_of(edition), kind=TableKind.STANDARD, count=5)

    back = browser.post(address(edition, "tables"), form)

    assert [*back.context["form"].otherwise] == ["standard"]
    kinds = MeetingTable.objects.filter(withdrawn_at=None).values_list("kind", flat=True)
    assert list(kinds) == [TableKind.STANDARD] * 5


def test_an_interpreter_whom_a_repair_sent_away_meanwhile_stays_away(browser, edition):
    told = {"name": "Salma", "languages": ("fr", "en")}
    hired = hire_interpreter(edition, actor=organiser_of(edition), **told)
    one, other = Slot.objects.filter(edition=edition)[:2]
    here = address(edition, "interpreter", hired.pk)
    form = as_shown(browser.get(here), {"slots": [str(one.pk)]})
    set_interpreter_absences(hired, actor=organiser_of(edition), slots=[other])

    back = browser.post(here, form)

    assert [*back.context["form"].otherwise] == ["slots"]
    assert list(hired.absences.values_list("slot", flat=True)) == [other.pk]


def test_an_interpreter_comes_is_away_and_leaves(browser, edition):
    browser.post(
        address(edition, "interpreters"), {"name": "Salma", "language": "fr", "other_language": "en"}
    )
    hired = Interpreter.objects.get(edition=edition)
    assert (hired.name, hired.language, hired.other_language) == ("Salma", "en", "fr")

    slot = Slot.objects.filter(edition=edition).first()
    browser.post(address(edition, "interpreter", hired.pk), {"slots": [slot.pk]})
    assert list(hired.absences.values_list("slot", flat=True)) == [slot.pk]

    browser.post(address(edition, "release_interpreter", hired.pk))
    hired.refresh_from_db()
    assert hired.left_at is not None


def test_a_guarantee_of_one_party_is_kept_and_taken_back(browser, edition):
    party = exporter_at(edition)

    browser.post(address(edition, "party", party.pk), {"act": "guarantee", "guarantee": "5"})
    assert Party.objects.get(pk=party.pk).guarantee == 5

    browser.post(address(edition, "party", party.pk), {"act": "guarantee", "guarantee": ""})
    assert Party.objects.get(pk=party.pk).guarantee is None


def test_a_hosted_buyer_has_a_list_of_whom_to_meet(browser, edition):
    party, exporter = hosted_at(edition), exporter_at(edition)

    browser.post(address(edition, "party", party.pk), {"act": "want", "other": exporter.pk})
    wish = Wish.objects.get()
    assert (wish.party, wish.other, wish.is_wanted) == (party, exporter, True)

    browser.post(address(edition, "forget_wish", party.pk, wish.pk))
    assert Wish.objects.count() == 0


def test_other_buyers_write_their_own_wishes(browser, edition):
    party, exporter = buyer_at(edition), exporter_at(edition)

    answer = browser.post(address(edition, "party", party.pk), {"act": "want", "other": exporter.pk})

    assert (answer.status_code, Wish.objects.count()) == (404, 0)


def test_a_party_is_taken_out_and_brought_back(browser, edition):
    party = exporter_at(edition)

    browser.post(address(edition, "take_out", party.pk))
    assert Party.objects.get(pk=party.pk).left_at is not None

    browser.post(address(edition, "bring_back", party.pk))
    assert Party.objects.get(pk=party.pk).left_at is None


def test_messages_are_shown_or_taken_out(browser, edition):
    plan_matching(edition, actor=organiser_of(edition), reads_messages=True)
    buyer, asked = buyer_at(edition), []
    for _ in range(2):
        exporter = exporter_at(edition)
        lines = [{"product": ProductFactory(organisation=exporter.organisation)}]
        sent = ask(buyer, exporter, actor=speaker_of(buyer), lines=lines, message="Hello")
        asked.append(sent.messages.get())

    for one, act in zip(asked, ("show", "remove"), strict=True):
        sent = {"act": act, "seen": one.digest}
        browser.post(address(edition, "judge_message", one.pk), sent)

    for one in asked:
        one.refresh_from_db()
    assert [one.state for one in asked] == [MessageState.SHOWN, MessageState.REMOVED]


def test_an_address_of_another_edition_is_an_address_of_nothing(browser, edition):
    other = meeting_edition()
    party = exporter_at(other)
    hired = hire_interpreter(other, actor=organiser_of(other), name="Salma", languages=("fr", "en"))

    for name, pk in (("party", party.pk), ("interpreter", hired.pk)):
        assert browser.get(address(edition, name, pk)).status_code == 404


def test_a_stranger_changes_no_closure_and_no_guarantee(refused, edition):
    table, slot = MeetingTable.objects.first(), Slot.objects.first()
    told = {"slots": [slot], "closed": [(table, slot)]}
    refused(NotYours, set_closures, edition, actor=UserFactory(), **told)
    refused(NotYours, set_guarantee, exporter_at(edition), actor=UserFactory(), guarantee=9)


@pytest.mark.parametrize(("name", "queries"), [("arranging", 18), ("parties", 11)])
def test_pages_ask_as_much_for_three_parties_as_for_one(
    browser, edition, django_assert_num_queries, name, queries
):
    Matching.objects.update(asked_until=timezone.now() + timedelta(days=9))
    exporter_at(edition), buyer_at(edition)
    for _ in range(2):
        browser.get(address(edition, name))
        with django_assert_num_queries(queries):
            browser.get(address(edition, name))
        for _ in range(2):
            exporter_at(edition), buyer_at(edition)


@pytest.mark.parametrize(
    ("field", "now"),
    [("quota_buyer", 3), ("reads_messages", True), ("asked_until", SOON)],
)
def test_settings_that_a_colleague_kept_meanwhile_come_back_once(browser, edition, field, now):
    address = reverse("matchmaking:settings", args=[edition.slug])
    form = as_shown(browser.get(address), hold_hours="5")
    Matching.objects.update(**{field: now})

    back = browser.post(address, form)

    assert ([*back.context["form"].otherwise], back.status_code) == ([field], 200)
    kept = Matching.objects.get()
    assert (getattr(kept, field), kept.hold_hours == 5) == (now, False)
    assert browser.post(address, as_shown(back)).status_code == 302
    kept = Matching.objects.get()
    assert (getattr(kept, field) == now, kept.hold_hours) == (True, 5)


def test_who_meets_is_searched_by_organisation_and_by_person(browser, edition):
    first, second = buyer_at(edition, name="Terroirs du Monde"), exporter_at(edition, name="Coop Tizi")
    person = speaker_of(second)
    person.first_name, person.last_name = "Malika", "Amrani"
    person.save()

    def found(**asked):
        return list(browser.get(address(edition, "parties"), asked).context["page"])

    assert found(text="terroirs monde") == [first]
    assert found(text="amrani") == found(text="malika", side="exporter") == [second]
    assert found(text="malika", side="buyer") == found(text="nobody") == []
    assert "Nobody was found" in browser.get(address(edition, "parties"), {"text": "x y"}).content.decode()


def test_whom_a_party_refuses_stands_under_a_heading_of_its_own(browser, edition):
    party, exporter = hosted_at(edition), exporter_at(edition)
    wish(party, exporter, actor=speaker_of(party), is_wanted=False)

    answer = browser.get(address(edition, "party", party.pk))

    assert ([one.other for one in answer.context["unwanted"]], answer.context["wanted"]) == ([exporter], [])
    assert "Whom it does not want to meet" in answer.content.decode()


def test_the_overview_tells_slots_to_come_apart_from_those_that_are_over(browser, edition):
    slots = list(Slot.objects.filter(edition=edition))
    with time_machine.travel(slots[9].begins + timedelta(minutes=1), tick=False):
        browser.force_login(organiser_of(edition))
        page = browser.get(address(edition, "arranging"))

    assert page.context["to_come"] == len(slots) - 10
    assert f"<bdi>{len(slots) - 10}</bdi> to come" in page.content.decode()


def test_closures_name_the_place_whose_clocks_they_show(browser, edition):
    page = browser.get(address(edition, "closures", "standard")).content.decode()

    assert "Hours are those of the fair (Moroccan time)." in page


def test_two_numbers_at_fault_are_told_apart_above_the_settings(browser, edition):
    form = browser.get(address(edition, "settings")).context["form"]

    labels = [str(form[name].label) for name in SETTINGS]
    assert len(set(labels)) == len(SETTINGS)
