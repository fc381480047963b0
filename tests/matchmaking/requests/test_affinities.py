"""Whom to ask, why, and for when; what it counts in a timetable."""

from itertools import product

import pytest

from matchmaking.parties.models import Party
from matchmaking.requests.actions import ask, decline, wish, withdraw
from matchmaking.requests.affinities import profiles_of
from matchmaking.requests.choices import who_to_ask
from matchmaking.requests.models import Request
from matchmaking.scoring.reasons import Code
from matchmaking.timetables.posing import value_of
from moussem.regions.models import Country
from tests.factories.matchmaking import speaker_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def proposed_to(party):
    return [one.party for one in who_to_ask(party, 9)]


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
