import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairs.selection.ranking import Candidate, Outcome, Quota, fill, next_waiting, select
from fairs.selection.scoring import Judged, judged, score_of

pytestmark = pytest.mark.unit

GROUPS = ("women_led", "remote", "first_time", "region:MA-09")


def one(key, score, *groups, sent="2026-01-01"):
    return Candidate(key, float(score), sent, frozenset(groups))


def test_best_scores_are_accepted_and_the_others_wait_in_order():
    outcome = select([one(1, 50), one(2, 90), one(3, 70)], places=2, quotas=[])

    assert outcome == Outcome((2, 3), (1,), (), ())


def test_among_equal_scores_who_sent_first_is_accepted():
    early, late = one(9, 60, sent="2026-01-01"), one(1, 60, sent="2026-01-02")

    assert select([late, early], places=1, quotas=[]).accepted == (9,)


def test_quota_brings_in_the_best_of_the_group_for_the_weakest_of_the_others():
    candidates = [one(1, 90), one(2, 80), one(3, 70, "women_led"), one(4, 60, "women_led")]

    outcome = select(candidates, places=2, quotas=[Quota("women_led", 1)])

    assert outcome == Outcome((1, 3), (2, 4), ((3, "women_led"),), ())


def test_one_who_belongs_to_two_groups_meets_both_quotas():
    candidates = [one(1, 90), one(2, 80), one(3, 50, "remote", "women_led")]
    quotas = [Quota("remote", 1), Quota("women_led", 1)]

    assert select(candidates, places=2, quotas=quotas).accepted == (1, 3)


def test_quota_that_too_few_can_meet_says_how_many_are_missing():
    outcome = select([one(1, 90), one(2, 80, "remote")], places=2, quotas=[Quota("remote", 2)])

    assert (outcome.accepted, outcome.short) == ((1, 2), (("remote", 1),))


def test_who_fills_one_quota_is_not_put_out_for_another():
    candidates = [one(1, 60, "remote"), one(2, 90), one(3, 50, "women_led")]
    quotas = [Quota("remote", 1), Quota("women_led", 1)]

    assert select(candidates, places=2, quotas=quotas).accepted == (1, 3)


def test_who_is_kept_inside_for_a_quota_while_a_better_rank_leaves_is_named():
    candidates = [one(1, 100), one(2, 86.7, "women_led"), one(3, 10, "remote")]
    quotas = [Quota("women_led", 1), Quota("remote", 1)]

    outcome = select(candidates, places=2, quotas=quotas)

    assert outcome == Outcome((2, 3), (1,), ((2, "women_led"), (3, "remote")), ())


def test_negative_places_are_refused():
    with pytest.raises(ValueError, match="fewer than no places"):
        select([], places=-1, quotas=[])


def test_free_place_goes_to_the_group_that_is_short():
    waiting = [one(1, 90), one(2, 40, "women_led")]

    strong, led = waiting
    quotas = [Quota("women_led", 1)]
    assert next_waiting(waiting, inside=[], quotas=quotas) == (led, "women_led")
    assert next_waiting(waiting, inside=[one(3, 50, "women_led")], quotas=quotas) == (strong, "")
    assert next_waiting([led], inside=[], quotas=quotas) == (led, "")
    assert next_waiting([], inside=[], quotas=[]) is None


def test_free_places_name_whom_a_quota_let_in():
    waiting = [one(1, 90), one(2, 40, "women_led"), one(3, 80)]

    outcome = fill(waiting, inside=[], places=2, quotas=[Quota("women_led", 1)])

    assert outcome == Outcome((2, 1), (3,), ((2, "women_led"),), ())


candidates = st.builds(
    Candidate,
    key=st.integers(1, 10_000),
    score=st.integers(0, 100).map(float),
    sent=st.sampled_from(["2026-01-01", "2026-01-02"]),
    groups=st.frozensets(st.sampled_from(GROUPS)),
)
quotas = st.lists(
    st.builds(Quota, group=st.sampled_from(GROUPS), least=st.integers(0, 6)), unique_by=lambda q: q.group
)


@given(
    given_=st.lists(candidates, max_size=25, unique_by=lambda c: c.key),
    places=st.integers(0, 12),
    asked=quotas,
    data=st.data(),
)
def test_every_selection_fills_its_places_and_depends_on_no_order(given_, places, asked, data):
    outcome = select(given_, places=places, quotas=asked)

    keys = sorted(c.key for c in given_)
    assert sorted((*outcome.accepted, *outcome.waiting)) == keys
    assert len(outcome.accepted) == min(places, len(given_))
    assert select(data.draw(st.permutations(given_)), places=places, quotas=asked) == outcome
    inside = [c for c in given_ if c.key in outcome.accepted]
    gaps = {q.group: q.least - sum(q.group in c.groups for c in inside) for q in asked}
    assert dict(outcome.short) == {group: gap for group, gap in gaps.items() if gap > 0}
    best_outside = min((c.rank for c in given_ if c.key in outcome.waiting), default=None)
    by_quota = {c.key for c in inside if best_outside and c.rank > best_outside}
    assert {key for key, _group in outcome.by_quota} == by_quota
    groups = {c.key: c.groups for c in inside}
    assert all(group in groups[key] for key, group in outcome.by_quota)


@given(
    given_=st.lists(candidates, max_size=12, unique_by=lambda c: c.key),
    places=st.integers(1, 6),
    least=st.integers(1, 6),
)
def test_a_single_quota_is_met_as_far_as_it_can_be(given_, places, least):
    outcome = select(given_, places=places, quotas=[Quota("remote", least)])

    there = sum("remote" in c.groups for c in given_)
    inside = sum("remote" in c.groups for c in given_ if c.key in outcome.accepted)
    assert inside >= min(least, there, places)


def test_score_counts_each_criterion_by_its_weight():
    assert score_of({"product": 75, "price": 25}, {"product": 3, "price": 0}) == 75.0
    assert score_of({"product": 75, "price": 25}, {"product": 3}) == 75.0
    assert score_of({}, {"product": 3}) == 0.0


def test_reviews_come_to_their_mean_and_their_spread():
    weights = {"product": 100}

    assert judged([(weights, {"product": 3}), (weights, {"product": 0})]) == Judged(50.0, 100.0, 2)
    assert judged([]) == Judged(0.0, 0.0, 0)
