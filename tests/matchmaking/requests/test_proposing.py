"""Whom a party is proposed to ask, in which order and why, and what is filled in for it."""

import re

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from matchmaking.meetings.actions import accept_and_book
from matchmaking.models import Matching
from matchmaking.parties.actions import advance_matching, name_delegate, set_absences, set_hours
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import ask, recommend_at, wish
from matchmaking.views.proposing import LOOKED_FOR, LOOKS
from moussem.organisations.states import Role
from tests.factories.catalogue import CertificateTypeFactory, FamilyFactory, ProductFactory
from tests.factories.guests import buyer as register_buyer
from tests.factories.matchmaking import buyer_at, organiser_of, speaker_of
from tests.factories.trade import member_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NEXT_QUERIES = 41


@pytest.fixture(autouse=True)
def nobody_has_looked():
    """How often somebody looked up who is free is counted in the cache."""
    cache.clear()


def page_of(client, fair, name, *rest, query="", who=None):
    client.force_login(who or fair.buys)
    return client.get(reverse(f"matchmaking:{name}", args=[fair.edition.slug, *rest]) + query)


def text_of(answer):
    return text_in(answer.content.decode())


def text_in(markup):
    return re.sub(r"\s+", " ", strip_tags(markup).replace("\xa0", " "))


def way_to_ask(fair, party, query=""):
    return f'"{reverse("matchmaking:ask", args=[fair.edition.slug, party.pk])}{query}"'


def parties_of(answer):
    return [card["party"] for card in answer.context["cards"]]


def leave_only(suited, number):
    for one in suited.exporters[number:]:
        wish(suited.buyer, one, actor=suited.buys, is_wanted=False)


def test_the_best_suited_stand_first_with_what_is_asked_of_them_and_their_reasons(client, suited):
    answer = page_of(client, suited, "next")

    assert parties_of(answer) == suited.exporters[::-1]
    best, worst = answer.context["cards"][0], answer.context["cards"][-1]
    product = best["party"].organisation.products.get()
    assert (best["product"], best["topic"].quantity, best["topic"].unit) == (product, 500, "kg")
    assert "500 kg a year covers your 500 kg" in [text_in(one.text) for one in best["reasons"].first]
    assert [one.standing for one in worst["reasons"].against] == ["short"]
    assert way_to_ask(suited, best["party"]) in answer.content.decode()
    # What nobody told is read as such, neither for nor against.
    unknown = [text_in(one.text) for one in best["reasons"].unknown]
    assert unknown and all(one in text_of(answer) for one in unknown)


def test_an_exporter_reads_which_buyers_suit_it_and_what_of_its_own_they_ask_for(client, suited):
    exporter = suited.exporters[3]

    answer = page_of(client, suited, "next", who=speaker_of(exporter))

    (card,) = answer.context["cards"]
    assert (card["party"], card["product"]) == (suited.buyer, exporter.organisation.products.get())
    assert "your 500 kg a year covers the 500 kg asked" in text_of(answer)


def test_only_who_is_free_is_proposed_for_a_slot_which_the_form_is_led_to(client, suited):
    first, second = suited.edition.meeting_slots.all()[:2]
    best, other = suited.exporters[3], suited.exporters[2]
    set_absences(best.delegates.get(), actor=speaker_of(best), slots=[first, second])
    set_absences(other.delegates.get(), actor=speaker_of(other), slots=[first])

    one = page_of(client, suited, "next", query=f"?slot={first.pk}")
    both = page_of(client, suited, "next", query=f"?slot={first.pk}&slot={second.pk}")

    assert parties_of(one) == suited.exporters[1::-1]
    assert [card["slot"] for card in both.context["cards"]] == [second, first, first]
    assert way_to_ask(suited, other, f"?slot={second.pk}") in both.content.decode()


def meets_in(party, slots):
    """An exporter has meetings with other buyers in these slots."""
    edition, buyers, family = party.edition, [buyer_at(party.edition) for _slot in slots], FamilyFactory()
    asked = [ask(one, party, actor=speaker_of(one), lines=[{"family": family}]) for one in buyers]
    advance_matching(edition, MatchingState.LIVE, actor=organiser_of(edition))
    for one, slot in zip(asked, slots, strict=True):
        accept_and_book(one, actor=speaker_of(party), slot=slot)


@pytest.mark.parametrize("limit", [{"most_a_day": 2}, {"most_in_a_row": 2}])
def test_who_has_met_enough_or_needs_a_pause_is_not_free(client, suited, limit):
    slots, best = list(suited.edition.meeting_slots.all()[:3]), suited.exporters[3]
    own = {"time_zone": "Africa/Casablanca", "wakes": None, "sleeps": None, **limit}
    set_hours(best.delegates.get(), actor=speaker_of(best), **own)
    meets_in(best, slots[:2])

    answer = page_of(client, suited, "next", query=f"?slot={slots[2].pk}")

    assert parties_of(answer) == suited.exporters[2::-1]


def test_nobody_reads_who_is_free_while_they_are_not_themselves(client, suited):
    first, second = suited.edition.meeting_slots.all()[:2]
    best = suited.exporters[3]
    set_absences(best.delegates.get(), actor=speaker_of(best), slots=[first])
    set_absences(suited.buyer.delegates.get(), actor=suited.buys, slots=[first])

    answer = page_of(client, suited, "next", query=f"?slot={first.pk}&slot={second.pk}")

    assert answer.context["slots"] == [second]
    assert {card["slot"] for card in answer.context["cards"]} == {second}
    alone = page_of(client, suited, "next", query=f"?slot={first.pk}")
    assert (alone.context["slots"], parties_of(alone)) == ([], suited.exporters[::-1])


def test_who_is_free_is_told_only_to_whoever_may_ask(client, suited):
    first, best = suited.edition.meeting_slots.first(), suited.exporters[3]
    set_absences(best.delegates.get(), actor=speaker_of(best), slots=[first])
    Matching.objects.update(quota_buyer=0)

    answer = page_of(client, suited, "next", query=f"?slot={first.pk}")

    assert (answer.context["slots"], parties_of(answer)) == ([], suited.exporters[::-1])
    assert "Who is free then is told once you can send a request again." in text_of(answer)


def test_nobody_reads_the_day_of_others_slot_by_slot(client, suited):
    slots, best = list(suited.edition.meeting_slots.all()), suited.exporters[3]
    set_absences(best.delegates.get(), actor=speaker_of(best), slots=slots[: LOOKS + 1])

    with time_machine.travel(timezone.now(), tick=False):
        shown = [
            parties_of(page_of(client, suited, "next", query=f"?slot={slot.pk}")) for slot in slots[:LOOKS]
        ]
        answer = page_of(client, suited, "next", query=f"?slot={slots[LOOKS].pk}")
        again = page_of(client, suited, "next", query=f"?slot={slots[0].pk}")

    assert shown == [suited.exporters[2::-1]] * LOOKS
    assert (answer.context["slots"], parties_of(answer)) == ([], suited.exporters[::-1])
    assert f"You have looked up who is free {LOOKS} times within an hour." in text_of(answer)
    assert (again.context["slots"], parties_of(again)) == ([slots[0]], suited.exporters[2::-1])


def test_the_same_slots_again_are_one_look_for_a_whole_party(client, suited):
    first, second, *_others = suited.edition.meeting_slots.all()
    colleague = register_buyer(suited.edition, member_of(suited.buyer.organisation, Role.PURCHASER)).person
    name_delegate(suited.buyer, actor=suited.buys, person=colleague)
    query, turned = f"?slot={first.pk}&slot={second.pk}", f"?slot={second.pk}&slot={first.pk}&page=1"

    with time_machine.travel(timezone.now(), tick=False) as clock:
        shown = [
            page_of(client, suited, "next", query=each, who=who).context["slots"]
            for who in (suited.buys, colleague)
            for each in (query, turned) * LOOKS
        ]
        others = [
            page_of(client, suited, "next", query=f"?slot={slot.pk}").context["looks"]
            for slot in suited.edition.meeting_slots.all()[:LOOKS]
        ]
        clock.shift(LOOKED_FOR + 1)
        later = page_of(client, suited, "next", query=query)

    assert shown == [[first, second]] * (4 * LOOKS)
    assert others == [0] * (LOOKS - 1) + [LOOKS]
    assert later.context["slots"] == [first, second]


@pytest.mark.parametrize("query", ["?slot=0", "?slot=abc", "?slot=", "?slot=99999999999999999999"])
def test_a_slot_that_cannot_be_read_narrows_nothing(client, suited, query):
    assert parties_of(page_of(client, suited, "next", query=query)) == suited.exporters[::-1]


def test_an_agenda_leads_from_free_time_to_who_is_free_then(client, suited):
    client.force_login(suited.buys)
    agenda = client.get(reverse("fairs:agenda", args=[suited.edition.slug]))

    (line, *_others) = [one for day in agenda.context["days"] for one in day.lines if one.kind == "free"]
    page = client.get(line.told["whom"])

    assert page.context["slots"] == line.told["slots"]
    assert {card["slot"] for card in page.context["cards"]} == {line.told["slots"][0]}
    # Nothing is booked yet: the way to somebody comes before the programme.
    assert agenda.context["call"][0] == reverse("matchmaking:next", args=[suited.edition.slug])


def test_nobody_is_proposed_while_nothing_can_be_asked(client, suited):
    Matching.objects.update(asked_until=timezone.now())

    answer = page_of(client, suited, "next")

    assert (answer.context["cards"], answer.context["gaps"]) == ([], [])
    assert "Requests are not taken at the moment." in text_of(answer)


def test_who_has_asked_everybody_reads_what_nobody_here_answers(client, suited):
    about = {"actor": suited.buys, "lines": [{"family": suited.family}]}
    for one in suited.exporters:
        ask(suited.buyer, one, **about)
    need = suited.edition.guests.get().needs.get()
    need.certificates.add(CertificateTypeFactory())

    page = text_of(page_of(client, suited, "next"))

    assert "You have asked, were asked by or said “no thanks” to everybody who offers what" in page
    assert f"4 offers of {suited.family.label}, none with EU organic in force." in page


def test_gaps_are_not_told_while_somebody_is_proposed(client, suited):
    assert page_of(client, suited, "next").context["gaps"] == []


def test_whoever_has_to_answer_reads_what_speaks_for_meeting_and_what_against(client, suited):
    small = suited.exporters[0]
    request = ask(suited.buyer, small, actor=suited.buys, lines=[{"family": suited.family}])
    client.force_login(speaker_of(small))
    here = reverse("matchmaking:request", args=[suited.edition.slug, request.pk])

    page = client.get(here)

    told = page.context["reasons"]
    assert [text_in(one.text) for one in told.against] == ["your 50 kg a year is 10% of the 500 kg asked"]
    # Before the answer stands what tells most; the rest is in the margin.
    assert text_of(page).index(text_in(told.first[0].text)) < text_of(page).index("Your answer")
    assert page_of(client, suited, "request", request.pk).context["reasons"] == []


def test_product_quantity_and_unit_are_filled_in_from_what_is_needed(client, suited):
    best = suited.exporters[3]
    product = best.organisation.products.get()
    asking = page_of(client, suited, "ask", best.pk, query=f"?slot={suited.slots[1].pk}")
    form = asking.context["form"]

    told = [form[f"{name}-0"].value() for name in ("what", "quantity", "unit")]
    assert told == [f"p{product.pk}", "500", "kg"]
    assert form["what-1"].value() == ""
    assert form["slots"].value() == [str(suited.slots[1].pk)]
    assert "500 kg a year covers your 500 kg" in text_of(asking)
    assert "A timetable does not look at them" in text_of(asking)


def test_a_product_that_nobody_told_a_need_for_has_no_quantity(client, suited):
    best = suited.exporters[3]
    other = ProductFactory(organisation=best.organisation)

    form = page_of(client, suited, "ask", best.pk, query=f"?product={other.pk}").context["form"]

    assert (form["what-0"].value(), form["quantity-0"].value()) == (f"p{other.pk}", None)


def test_proposals_ask_as_much_for_three_as_for_one(client, suited, django_assert_num_queries):
    recommend_at(suited.edition)
    leave_only(suited, 1)
    here = page_of(client, suited, "next").wsgi_request.path
    with django_assert_num_queries(NEXT_QUERIES):
        assert len(parties_of(client.get(here))) == 1
    suited.buyer.wishes.all().delete()

    with django_assert_num_queries(NEXT_QUERIES):
        assert len(parties_of(client.get(here))) == 4
