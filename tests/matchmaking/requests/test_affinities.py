"""Whom to ask, why, and for when; what it counts in a timetable."""

import re
from itertools import product
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from matchmaking.parties.actions import set_absences
from matchmaking.parties.models import Party
from matchmaking.requests.actions import ask, decline, wish, withdraw
from matchmaking.requests.affinities import profiles_of
from matchmaking.requests.choices import who_to_ask
from matchmaking.requests.models import Request
from matchmaking.scoring.reasons import Code
from matchmaking.timetables.posing import value_of
from moussem.regions.models import Country
from tests.factories.catalogue import CertificateTypeFactory, ProductFactory
from tests.factories.matchmaking import exporter_at, speaker_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def suited(fair):
    """Four exporters of what the buyer comes for, each with more of it in a year than the one before."""
    family = fair.edition.guests.get().needs.get().family
    exporters = [exporter_at(fair.edition) for _ in range(4)]
    for one, made in zip(exporters, (50, 100, 250, 500), strict=True):
        organisation = one.organisation
        ProductFactory(
            organisation=organisation, product_class=family, unit="kg", capacity_per_year=made, moq=1
        )
    return SimpleNamespace(**vars(fair), family=family, exporters=exporters)


def proposed_to(party):
    return [one.party for one in who_to_ask(party, 9)]


def page_of(client, fair, name, *rest, query=""):
    client.force_login(fair.buys)
    return client.get(reverse(f"matchmaking:{name}", args=[fair.edition.slug, *rest]) + query)


def agenda_of(client, fair):
    client.force_login(fair.buys)
    return client.get(reverse("fairs:agenda", args=[fair.edition.slug]))


def text_of(answer):
    return text_in(answer.content.decode())


def text_in(markup):
    return re.sub(r"\s+", " ", strip_tags(markup).replace("\xa0", " "))


def test_the_best_suited_are_proposed_first(suited):
    assert proposed_to(suited.buyer) == suited.exporters[::-1]


def test_nobody_is_proposed_again_whatever_became_of_the_request(suited):
    declining, withdrawn, unwanted, left = suited.exporters
    about = {"actor": suited.buys, "lines": [{"family": suited.family}]}
    decline(ask(suited.buyer, declining, **about), actor=speaker_of(declining), reason="time")
    withdraw(ask(suited.buyer, withdrawn, **about), actor=suited.buys)
    wish(suited.buyer, unwanted, actor=suited.buys, is_wanted=False)

    assert proposed_to(suited.buyer) == [left]
    assert suited.buyer not in proposed_to(declining) + proposed_to(withdrawn)


def test_a_proposal_leads_to_the_request_with_its_reasons_in_words(client, suited):
    best = suited.exporters[3]
    home = page_of(client, suited, "home")
    assert [row["party"] for row in home.context["to_ask"]] == suited.exporters[::-1]
    assert reverse("matchmaking:ask", args=[suited.edition.slug, best.pk]) in home.content.decode()
    assert "500 kg a year covers your 500 kg" in text_of(home)

    asking = page_of(client, suited, "ask", best.pk, query=f"?slot={suited.slots[1].pk}")

    assert "500 kg a year covers your 500 kg" in text_of(asking)
    assert asking.context["form"]["slots"].value() == [str(suited.slots[1].pk)]


def test_free_slots_name_the_three_best_who_are_free_then(client, suited):
    best = suited.exporters[3]
    every = list(suited.edition.meeting_slots.all())
    set_absences(best.delegates.get(), actor=speaker_of(best), slots=every)

    days = agenda_of(client, suited).context["days"]

    told = [line for day in days for line in day.lines if line.kind == "free"]
    wanted = [(one, line.told["slots"][0]) for line in told for one in suited.exporters[2::-1]]
    assert [(one["party"], one["slot"]) for line in told for one in line.told["to_ask"]] == wanted


def test_an_agenda_asks_as_much_for_four_proposals_as_for_one(client, suited, django_assert_max_num_queries):
    for one in suited.exporters[1:]:
        wish(suited.buyer, one, actor=suited.buys, is_wanted=False)
    agenda_of(client, suited)
    with django_assert_max_num_queries(44) as one:
        agenda_of(client, suited)
    suited.buyer.wishes.all().delete()

    with django_assert_max_num_queries(len(one.captured_queries)):
        agenda_of(client, suited)


@pytest.mark.parametrize(
    ("told", "met"),
    [(["MFN"], []), (["HOME"], []), (["AGADIR-ACCESSION", "GAFTA-1998"], ["GAFTA-1998"]), ([], [])],
)
def test_usual_duties_are_no_preference(suited, told, met):
    party = suited.exporters[0]
    Country.objects.filter(pk=suited.buyer.organisation.country_id).update(agreements=told)

    found = profiles_of(suited.edition, [suited.buyer, party]).of(suited.buyer, party)

    named = [
        one.data["agreement"]
        for one in found.reasons
        if one.code == Code.PREFERENCE and one.standing == "met"
    ]
    assert named == met


def test_affinity_decides_between_equals_and_never_outranks_a_must_or_a_wish():
    def worth(state, priority, answer="", *, affinity=0.0, wished=False):
        request = Request(buyer_id=1, exporter_id=2, state=state, priority=priority, answer_priority=answer)
        return value_of(request, {(1, 2)} if wished else set(), affinity)

    assert worth("accepted", "nice", "nice", affinity=0.6) == 111
    for state, wished in product(("accepted", "pending"), (False, True)):
        best = worth(state, "nice", "nice", affinity=1.0, wished=wished)
        assert best < worth(state, "must", "nice", wished=wished)
        assert wished or best < worth(state, "nice", "nice", wished=True)
    nice = worth("accepted", "nice", "nice", affinity=1.0, wished=True)
    assert nice < min(worth("accepted", "must", "nice"), worth("accepted", "nice", "must"))


def test_profiles_are_read_in_as_many_queries_for_many_parties_as_for_few(suited, django_assert_num_queries):
    for parties in ([suited.buyer, suited.exporters[0]], [suited.buyer, *suited.exporters]):
        whole = Party.objects.select_related("organisation").filter(pk__in=[one.pk for one in parties])
        with django_assert_num_queries(10):
            told = profiles_of(suited.edition, whole)
    scores = [told.of(suited.buyer, one).score for one in suited.exporters]
    assert scores == [told.of(one, suited.buyer).score for one in suited.exporters] == sorted(scores)


def test_who_has_asked_everybody_reads_what_nobody_here_answers(client, suited):
    about = {"actor": suited.buys, "lines": [{"family": suited.family}]}
    for one in suited.exporters:
        ask(suited.buyer, one, **about)
    need = suited.edition.guests.get().needs.get()
    need.certificates.add(CertificateTypeFactory())

    home = text_of(page_of(client, suited, "home"))

    assert "You have asked, were asked by or said “no thanks” to everybody who offers what" in home
    assert f"4 offers of {suited.family.label}, none with EU organic in force." in home


def test_gaps_are_not_told_while_somebody_is_proposed(client, suited):
    assert page_of(client, suited, "home").context["gaps"] == []


def test_whoever_has_to_answer_reads_what_speaks_for_meeting_and_what_against(client, suited):
    small = suited.exporters[0]
    request = ask(suited.buyer, small, actor=suited.buys, lines=[{"family": suited.family}])
    client.force_login(speaker_of(small))
    here = reverse("matchmaking:request", args=[suited.edition.slug, request.pk])

    page = client.get(here)

    told = [(one.standing, text_in(one.text)) for one in page.context["reasons"]]
    assert ("short", "your 50 kg a year is 10% of the 500 kg asked") in told
    assert [one for one, _text in told] == sorted(one for one, _text in told)
    assert page_of(client, suited, "request", request.pk).context["reasons"] == []
