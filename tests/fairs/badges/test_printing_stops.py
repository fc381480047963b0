"""A printing that stops, while badges are taken back and given back, leaves none of them out."""

from collections import Counter
from itertools import chain, combinations

import pytest

from fairs.badges.actions import ask_for_print, printing
from fairs.badges.queries import left_to_draw
from fairs.badges.states import BadgeState
from tests.factories.badges import badge_of, running
from tests.factories.fairs import who_runs

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

BADGES, A_FILE = 12, 5
REVOKED = list(chain.from_iterable(combinations(range(BADGES), many) for many in (1, 2)))


@pytest.fixture
def run():
    edition = running()
    for number in range(BADGES):
        badge_of(edition, f"Person {number}")
    return ask_for_print(edition, actor=who_runs(edition), language="en")


def draw(run, papers=BADGES):
    """So many papers, each with the bytes of no badge in particular."""
    for _paper in range(papers):
        if badges := list(left_to_draw(run)[:A_FILE]):
            printing.keep_paper(run, badges, b"%PDF-")


def on_papers(run):
    return Counter(chain.from_iterable(run.papers.values_list("serials", flat=True)))


def states(run, which, state):
    chosen = [badge.pk for place, badge in enumerate(run.edition.badges.all()) if place in which]
    run.edition.badges.filter(pk__in=chosen).update(state=state)


@pytest.mark.parametrize("stop", range(4))
def test_every_badge_in_force_is_on_one_paper_wherever_it_stopped_and_whatever_was_revoked(run, stop):
    for revoked in REVOKED:
        draw(run, stop)
        states(run, revoked, BadgeState.REVOKED)
        draw(run)

        valid = run.edition.badges.filter(state=BadgeState.ISSUED).values_list("serial", flat=True)
        drawn = on_papers(run)
        assert {serial: drawn[serial] for serial in valid} == dict.fromkeys(valid, 1), (stop, revoked)
        assert max(drawn.values()) == 1
        states(run, revoked, BadgeState.ISSUED)
        run.papers.all().delete()


def test_badge_that_is_given_back_before_the_end_is_drawn_as_well(run):
    states(run, [1], BadgeState.REVOKED)
    draw(run, 1)
    states(run, [1], BadgeState.ISSUED)
    draw(run)

    assert on_papers(run) == Counter(run.edition.badges.values_list("serial", flat=True))


def test_two_workers_put_no_badge_on_two_papers(run):
    slow = list(left_to_draw(run)[:A_FILE])
    states(run, [1], BadgeState.REVOKED)
    draw(run, 1)

    printing.keep_paper(run, slow, b"%PDF-")

    assert run.papers.count() == 1
