"""The organiser's lists of meetings and of who meets, and the tables that are closed."""

from string import ascii_lowercase

import pytest
from django.urls import reverse
from django.utils import timezone

from matchmaking.models import Closure, Meeting, Slot
from matchmaking.parties.actions import set_guarantee
from matchmaking.requests.actions import ask
from matchmaking.timetables.actions import publish
from moussem.organisations.models import Organisation
from moussem.people.models import User
from tests.factories.matchmaking import speaker_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def address(edition, name, *rest):
    return reverse(f"matchmaking:{name}", args=[edition.slug, *rest])


def text_of(answer):
    return answer.content.decode()


def listed(browser, fair, **asked):
    """The meetings that the list holds, narrowed by what was asked."""
    return [one.pk for one in browser.get(address(fair.edition, "all_meetings"), asked).context["page"]]


def test_all_meetings_stand_by_their_slots_and_in_these_by_their_tables(browser, fair, makes):
    publish(makes(), actor=fair.organiser)
    first, second = fair.edition.meeting_tables.filter(kind="standard").order_by("number")
    slot = Slot.objects.filter(edition=fair.edition).first()
    one, two, three = Meeting.objects.order_by("pk")
    Meeting.objects.filter(pk=one.pk).update(slot=slot, table=second)
    Meeting.objects.filter(pk=two.pk).update(slot=slot, table=first)
    Meeting.objects.filter(pk=three.pk).update(slot=Slot.objects.last())

    assert listed(browser, fair) == [two.pk, one.pk, three.pk]


def name_without_digits():
    """A table's number must be in nobody's name or address."""
    Organisation.objects.update(name="Maison", name_ar="")
    for letter, user in zip(ascii_lowercase, User.objects.all(), strict=False):
        told = {"first_name": "Amal", "last_name": "Sefrioui", "email": f"{letter}@demo.example"}
        User.objects.filter(pk=user.pk).update(**told)


def test_all_meetings_are_searched_by_name_day_table_and_state(browser, fair, makes):
    publish(makes(), actor=fair.organiser)
    name_without_digits()
    buyer = fair.buyers[1]
    buyer.organisation.refresh_from_db()
    organisation, person = buyer.organisation, speaker_of(buyer)
    organisation.name = "Nordisk Honning"
    organisation.save()
    person.last_name = "Tanaka"
    person.save()
    (one,) = Meeting.objects.filter(request__buyer=buyer)
    Meeting.objects.filter(pk=one.pk).update(is_pinned=True)
    days = [day.on for day in fair.edition.days.all()]
    everything = listed(browser, fair)

    for asked in ({"text": "nordisk"}, {"text": "tanaka"}, {"state": "pinned"}):
        assert listed(browser, fair, **asked) == [one.pk]
    at_table = list(
        Meeting.objects.filter(table__number=1, table__kind="standard").values_list("pk", flat=True)
    )
    assert sorted(listed(browser, fair, text="1")) == sorted(at_table)
    assert [len(listed(browser, fair, on=str(day))) for day in days] == [
        Meeting.objects.filter(slot__on=day).count() for day in days
    ]
    assert listed(browser, fair, place="private") == listed(browser, fair, text="nobody at all") == []
    assert listed(browser, fair, on="1999-01-01", place="x", state="y") == everything


def test_cancelled_meetings_are_listed_where_they_are_asked_for(browser, fair, makes):
    publish(makes(), actor=fair.organiser)
    one = Meeting.objects.first()
    Meeting.objects.filter(pk=one.pk).update(state="cancelled")

    assert one.pk not in listed(browser, fair)
    assert listed(browser, fair, state="cancelled") == [one.pk]


def test_each_side_of_a_meeting_leads_to_its_party(browser, fair, makes):
    publish(makes(), actor=fair.organiser)

    page = text_of(browser.get(address(fair.edition, "all_meetings")))

    for party in (*fair.buyers, *fair.exporters):
        assert f'href="{address(fair.edition, "party", party.pk)}"' in page


def test_whoever_pins_comes_back_to_the_list_as_it_was_narrowed(browser, fair, makes):
    publish(makes(), actor=fair.organiser)
    meeting = Meeting.objects.first()
    here = address(fair.edition, "all_meetings") + "?state=pinned&page=9"

    sent = {"pinned": "yes", "next": f"{here}#meeting-{meeting.pk}"}
    answer = browser.post(address(fair.edition, "pin", meeting.pk), sent)

    assert answer["Location"] == sent["next"]
    assert listed(browser, fair, state="pinned", page="9") == [meeting.pk]


def cells_of(page):
    """What the page of closures says of each table and slot: whether it is closed, whether it is taken."""
    rows = page.context["rows"]
    return {one["key"]: (one["is_closed"], one["is_taken"]) for row in rows for one in row["cells"]}


def test_a_slot_with_a_meeting_is_shown_before_it_is_closed(browser, fair, makes):
    publish(makes(), actor=fair.organiser)
    that_day = Meeting.objects.filter(slot__on=fair.edition.starts_on)
    taken = {f"{one.table_id}-{one.slot_id}" for one in that_day}

    page = browser.get(address(fair.edition, "closures", "standard"))

    cells = cells_of(page)
    assert {key for key, (_closed, is_taken) in cells.items() if is_taken} == taken
    assert [f'value="{key}"' in text_of(page) for key in taken] == [False] * len(taken)
    assert f"{address(fair.edition, 'repair')}?kind=tables" in text_of(page)


def test_a_closure_where_somebody_meets_is_refused_with_all_that_was_ticked(browser, fair, makes):
    publish(makes(), actor=fair.organiser)
    meeting = Meeting.objects.first()
    free = Slot.objects.filter(edition=fair.edition, on=meeting.slot.on).last()
    ticked = [f"{meeting.table_id}-{meeting.slot_id}", f"{meeting.table_id}-{free.pk}"]

    here = address(fair.edition, "closures", "standard")
    page = browser.post(here, {"on": str(meeting.slot.on), "closed": ticked})

    assert (page.status_code, Closure.objects.count()) == (200, 0)
    assert "Nothing was changed" in text_of(page)
    closed = {key for key, (is_closed, _taken) in cells_of(page).items() if is_closed}
    assert closed == set(ticked)


def parties(browser, fair, **asked):
    """The parties that the list of who meets holds, narrowed by what was asked."""
    return list(browser.get(address(fair.edition, "parties"), asked).context["page"])


def test_each_party_stands_with_what_it_agreed_to_and_what_is_placed_and_promised(browser, fair, makes):
    publish(makes(), actor=fair.organiser)
    gone = Meeting.objects.get(request=fair.requests[2])
    Meeting.objects.filter(pk=gone.pk).update(state="cancelled")
    lines = [{"family": fair.family}]
    ask(fair.buyers[1], fair.exporters[1], actor=speaker_of(fair.buyers[1]), lines=lines)
    set_guarantee(fair.buyers[0], actor=fair.organiser, guarantee=1)

    told = {one.pk: (one.asked, one.agreed, one.placed, one.promised) for one in parties(browser, fair)}

    matching = fair.edition.matching
    usual = {"buyer": matching.guarantee_buyer, "exporter": matching.guarantee_exporter}
    assert told == {
        fair.buyers[0].pk: (2, 2, 2, 1),
        fair.buyers[1].pk: (2, 1, 0, usual["buyer"]),
        fair.exporters[0].pk: (2, 2, 1, usual["exporter"]),
        fair.exporters[1].pk: (2, 1, 1, usual["exporter"]),
    }


def test_parties_below_what_is_promised_are_listed_the_furthest_below_first(browser, fair, makes):
    publish(makes(), actor=fair.organiser)
    for party, guarantee in ((fair.buyers[0], 2), (fair.buyers[1], 2), (fair.exporters[0], 0)):
        set_guarantee(party, actor=fair.organiser, guarantee=guarantee)
    set_guarantee(fair.exporters[1], actor=fair.organiser, guarantee=9)

    below = parties(browser, fair, only="below", order="lacking")

    assert below == [fair.exporters[1], fair.buyers[1]]
    assert parties(browser, fair, only="below", text="no such name") == []


def test_parties_for_whom_nobody_meets_are_listed(browser, fair):
    fair.buyers[1].delegates.update(left_at=timezone.now())

    assert parties(browser, fair, only="unnamed") == [fair.buyers[1]]
    everybody = parties(browser, fair)
    assert parties(browser, fair, only="x", side="y", order="z") == everybody
    assert len(everybody) == 4


def test_a_party_has_its_meetings_and_the_agendas_of_its_people_on_its_page(browser, fair, makes):
    publish(makes(), actor=fair.organiser)
    party, request = fair.exporters[0], fair.requests[2]
    Meeting.objects.filter(request=request).update(state="cancelled")

    page = browser.get(address(fair.edition, "party", party.pk))

    assert page.context["meetings"] == [Meeting.objects.get(request=fair.requests[0])]
    assert page.context["unplaced"] == [fair.buyers[1]]
    assert address(fair.edition, "agenda_pdf", party.delegates.get().pk) in text_of(page)
    other = browser.get(address(fair.edition, "party", fair.buyers[1].pk))
    assert (other.context["meetings"], "agendas/" in text_of(other)) == ([], False)
