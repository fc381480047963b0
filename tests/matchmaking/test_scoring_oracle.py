"""The demonstration file says which products answer its 91 needs: read, never repeated here."""

from dataclasses import replace
from datetime import date

import pytest

from matchmaking.scoring.gaps import Cause, gap
from matchmaking.scoring.market import Market
from matchmaking.scoring.offers import judge_all
from matchmaking.scoring.pairs import affinity
from matchmaking.scoring.profiles import Verdict
from matchmaking.scoring.reasons import Code
from matchmaking.scoring.recommending import affinities
from tests.matchmaking.affinities import FAIR, demonstration

pytestmark = pytest.mark.unit


def answers(need, exporters, on=FAIR):
    judged = [each for one in exporters for each in judge_all(need, one, on=on)]
    return {
        verdict: {each.product.code for each in judged if each.verdict == verdict}
        for verdict in (Verdict.FULL, Verdict.PARTIAL)
    }


def test_every_need_has_the_answers_that_the_file_gives_it():
    exporters, asked = demonstration()

    found = [answers(one.need, exporters) for one in asked]

    assert len(asked) == 91
    assert found == [{Verdict.FULL: one.full, Verdict.PARTIAL: one.partial} for one in asked]


def test_gaps_are_the_needs_without_an_answer_and_say_why():
    exporters, asked = demonstration()

    gaps = [(one, gap(one.need, exporters, on=FAIR)) for one in asked]

    unanswered = [one for one in asked if not one.full | one.partial]
    assert [one for one, why in gaps if why] == unanswered
    assert [(one.need.hs, why.cause, why.questions) for one, why in gaps if why] == [
        ("091099", Cause.RULED_OUT, ((Code.CERTIFICATE, 1),)),
        ("090422", Cause.NOBODY_OFFERS, ()),
        ("091020", Cause.RULED_OUT, ((Code.CERTIFICATE, 4),)),
        ("140490", Cause.RULED_OUT, ((Code.READINESS, 2),)),
    ]


def test_gap_names_the_certificate_that_is_missing():
    exporters, asked = demonstration()
    (need,) = [one.need for one in asked if one.need.hs == "091099"]

    why = gap(need, exporters, on=FAIR)

    (near,) = why.nearest
    assert (near.exporter, near.product) == ("c12", "c12-p2")
    assert [(one.code, one.data) for one in near.reasons] == [
        (Code.CERTIFICATE, {"missing": ("EU-ORG",), "ended": {}})
    ]


def test_certificate_that_ends_before_the_fair_answers_nothing_there():
    exporters, asked = demonstration()
    first = asked[0]

    there = {on: answers(first.need, exporters, on) for on in (date(2027, 1, 31), date(2027, 2, 1))}

    assert there[date(2027, 1, 31)] == {Verdict.FULL: first.full, Verdict.PARTIAL: first.partial}
    assert "c01-p1" not in there[date(2027, 2, 1)][Verdict.FULL]


def test_market_gives_each_pair_the_score_of_the_pair():
    exporters, asked = demonstration()
    market = Market(exporters, on=FAIR)
    buyers = {one.buyer.code: one.buyer for one in asked}.values()

    for buyer in buyers:
        found, scores = affinities(buyer, market)
        told = [affinity(buyer, exporters[number], on=FAIR).score for number in found.tolist()]
        others = set(range(len(exporters))) - set(found.tolist())
        assert scores.tolist() == pytest.approx(told)
        assert {affinity(buyer, exporters[number], on=FAIR).score for number in others} == {0.0}


def test_whoever_answers_is_recommended_before_whoever_is_merely_possible():
    exporters, asked = demonstration()
    first = asked[0]
    silent = replace(exporters[0], code="silent", products=(replace(exporters[0].products[0], lab={}),))

    scores = [affinity(first.buyer, one, on=FAIR).score for one in (exporters[0], silent)]

    assert scores == sorted(scores, reverse=True)
    assert affinity(first.buyer, silent, on=FAIR).verdict == Verdict.OPEN
