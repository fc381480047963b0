"""At which tables two meet, and how they come together where there is none."""

import pytest
from django.urls import reverse

from fairs.editions.models import Edition
from fairs.editions.states import Mode
from matchmaking.meetings.actions import accept_and_book
from matchmaking.meetings.errors import NoCommonSlot
from matchmaking.meetings.openings import kinds_for
from matchmaking.models import MeetingTable, Request
from matchmaking.parties.actions import change_party, close_table, lay_tables
from matchmaking.parties.states import TableKind
from moussem.core.models import OutboxMessage
from tests.factories.matchmaking import letters_posted

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HALLS = ("standard", "booth", "private")


def kinds(live):
    return kinds_for(Request.objects.get(pk=live.request.pk))


def meets(party, actor, *where):
    change_party(party, actor=actor, languages=party.languages, table_kinds=where)


@pytest.mark.parametrize(
    ("mode", "found"),
    [(Mode.HYBRID, HALLS), (Mode.IN_PERSON, HALLS), (Mode.DIGITAL, ("virtual",))],
)
def test_who_has_not_said_where_meets_by_video_only_where_there_are_no_halls(live, mode, found):
    Edition.objects.update(mode=mode)

    assert kinds(live) == found


def test_both_meet_by_video_where_both_say_so(live):
    meets(live.buyer, live.buys, "standard", "virtual")
    assert kinds(live) == ("standard",)

    meets(live.exporter, live.sells, "standard", "virtual")
    assert kinds(live) == ("standard", "virtual")


def test_who_is_not_there_in_person_meets_by_video_and_so_does_the_other(live):
    meets(live.buyer, live.buys, "virtual")

    assert kinds(live) == ("virtual",)


def test_a_video_call_is_no_way_out_while_the_tables_of_a_hall_are_taken(live):
    lay_tables(live.edition, actor=live.organiser, kind=TableKind.VIRTUAL, count=3)
    for table in MeetingTable.objects.exclude(kind=TableKind.VIRTUAL):
        close_table(table, actor=live.organiser, slots=live.slots)

    with pytest.raises(NoCommonSlot):
        accept_and_book(live.request, actor=live.sells, slot=live.slots[0])
    assert Request.objects.get(pk=live.request.pk).state == "pending"


@pytest.mark.parametrize("is_virtual", [True, False])
def test_a_video_call_says_how_to_come_together_and_a_table_does_not(client, live, is_virtual):
    lay_tables(live.edition, actor=live.organiser, kind=TableKind.VIRTUAL, count=1)
    if is_virtual:
        meets(live.buyer, live.buys, "virtual")
    live.exporter.organisation.email = "coop@example.org"
    live.exporter.organisation.save()
    OutboxMessage.objects.all().delete()
    request = Request.objects.get(pk=live.request.pk)

    meeting = accept_and_book(request, actor=live.sells, slot=live.slots[0])

    client.force_login(live.buys)
    here = [("meeting", meeting.pk), ("request", request.pk)]
    pages = [
        client.get(reverse(f"matchmaking:{name}", args=[live.edition.slug, pk])).content.decode()
        for name, pk in here
    ]
    told = [*pages, *(one["body"] for one in letters_posted())]
    assert ["You meet in a call on this site." in text for text in told] == [is_virtual] * 4
    assert ["coop@example.org" in text for text in pages] == [is_virtual] * 2
