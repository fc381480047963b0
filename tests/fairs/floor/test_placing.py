import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fairs.editions.errors import EditionOver
from fairs.editions.states import EditionState
from fairs.floor.actions import (
    allot_at_once,
    allot_booth,
    free_booth,
    free_of_who_left,
    move_exhibitor,
    undo_run,
)
from fairs.floor.errors import (
    AlreadyFree,
    BoothTaken,
    ExhibitorLeft,
    HasBooth,
    HasMoved,
    NobodyToSeat,
    NothingToUndo,
    NotOfThisEdition,
    NotOnPlan,
)
from fairs.floor.models import Allotment, Booth
from fairs.floor.queries import pairs_of_last_time
from moussem.core.errors import NotYours
from moussem.core.log import history_of
from moussem.core.models import LogEntry
from tests.factories.floor import booth, exhibitor, fair

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def standing(scene):
    current = Allotment.objects.current().filter(booth__edition=scene.edition)
    return dict(current.values_list("booth__number", "exhibitor"))


def test_exhibitor_stands_in_a_booth():
    scene = fair()
    one = exhibitor(scene.edition)

    allot_booth(booth(scene, "A1"), one, actor=scene.organiser)

    assert standing(scene) == {"A1": one.pk}
    logged = LogEntry.objects.get(verb="booth_allotted")
    assert (logged.actor, logged.facts) == (scene.organiser, {"booth": "A1", "exhibitor": one.pk})


def _of_another_edition(scene, one):
    other = fair()
    return booth(other, "A1"), other.organiser


def _taken(scene, one):
    allot_booth(booth(scene, "A1"), exhibitor(scene.edition), actor=scene.organiser)
    return booth(scene, "A1"), scene.organiser


def _has_booth(scene, one):
    allot_booth(booth(scene, "A2"), one, actor=scene.organiser)
    return booth(scene, "A1"), scene.organiser


def _left(scene, one):
    type(one).objects.filter(pk=one.pk).update(left_at=timezone.now())
    return booth(scene, "A1"), scene.organiser


def _off_the_plan(scene, one):
    Booth.objects.filter(number="A1").update(is_on_plan=False)
    return booth(scene, "A1"), scene.organiser


def _over(scene, one):
    type(scene.edition).objects.filter(pk=scene.edition.pk).update(state=EditionState.CLOSED)
    return booth(scene, "A1"), scene.organiser


def _stranger(scene, one):
    return booth(scene, "A1"), one.owner


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        (_of_another_edition, NotOfThisEdition),
        (_taken, BoothTaken),
        (_has_booth, HasBooth),
        (_left, ExhibitorLeft),
        (_off_the_plan, NotOnPlan),
        (_over, EditionOver),
        (_stranger, NotYours),
    ],
)
def test_allotment_is_refused_and_nothing_changes(given, refusal):
    scene = fair()
    one = exhibitor(scene.edition)
    there, actor = given(scene, one)
    before, logged = standing(scene), LogEntry.objects.count()

    with pytest.raises(refusal):
        allot_booth(there, one, actor=actor)

    assert standing(scene) == before
    assert LogEntry.objects.count() == logged


def test_database_holds_one_exhibitor_in_a_booth_and_one_booth_for_an_exhibitor():
    scene = fair()
    one, other = exhibitor(scene.edition), exhibitor(scene.edition)
    allot_booth(booth(scene, "A1"), one, actor=scene.organiser)

    for number, who in (("A1", other), ("A2", one)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Allotment.objects.create(booth=booth(scene, number), exhibitor=who)


def test_exhibitor_moves_and_its_history_stays():
    scene = fair()
    one = exhibitor(scene.edition)
    first, second = booth(scene, "A1"), booth(scene, "A2")
    allot_booth(first, one, actor=scene.organiser)

    move_exhibitor(one, actor=scene.organiser, away_from=first, to=second)

    assert standing(scene) == {"A2": one.pk}
    assert [bool(each.until) for each in first.allotments.all()] == [True]


def test_exhibitor_that_moved_meanwhile_is_not_moved_again():
    scene = fair()
    one = exhibitor(scene.edition)
    allot_booth(booth(scene, "A2"), one, actor=scene.organiser)

    with pytest.raises(HasMoved):
        move_exhibitor(one, actor=scene.organiser, away_from=booth(scene, "A1"), to=booth(scene, "A3"))

    assert standing(scene) == {"A2": one.pk}


def test_booth_is_freed_once():
    scene = fair()
    one = exhibitor(scene.edition)
    there = booth(scene, "A1")
    allot_booth(there, one, actor=scene.organiser)

    free_booth(there, actor=scene.organiser)

    assert standing(scene) == {}
    with pytest.raises(AlreadyFree):
        free_booth(there, actor=scene.organiser)


def test_booth_of_who_gave_its_place_back_is_free_at_once():
    scene = fair()
    gone, kept = exhibitor(scene.edition), exhibitor(scene.edition)
    allot_booth(booth(scene, "A1"), gone, actor=scene.organiser)
    allot_booth(booth(scene, "A2"), kept, actor=scene.organiser)

    type(gone).objects.filter(pk=gone.pk).update(left_at=timezone.now())
    free_of_who_left(gone)

    assert standing(scene) == {"A2": kept.pk}
    freed = LogEntry.objects.get(verb="booth_freed")
    assert (freed.actor, freed.facts) == (None, {"booth": "A1", "exhibitor": gone.pk})


def test_run_seats_all_who_wait_and_moves_nobody():
    scene = fair()
    saffron, rugs = scene.categories
    kept = exhibitor(scene.edition, category=rugs)
    allot_booth(booth(scene, "B4"), kept, actor=scene.organiser)
    waiting = [exhibitor(scene.edition, category=one) for one in (saffron, rugs, saffron)]

    run = allot_at_once(scene.edition, actor=scene.organiser)

    assert standing(scene) == {
        "B4": kept.pk,
        "A1": waiting[0].pk,
        "A2": waiting[2].pk,
        "B3": waiting[1].pk,
    }
    assert (run.left_over, run.parted) == ([], [])
    assert LogEntry.objects.filter(verb="booth_allotted", facts__run=run.pk).count() == 3


def test_one_history_tells_who_stood_where_by_hand_and_in_a_run():
    scene = fair()
    by_hand, in_run = exhibitor(scene.edition), exhibitor(scene.edition)
    allot_booth(booth(scene, "A1"), by_hand, actor=scene.organiser)
    run = allot_at_once(scene.edition, actor=scene.organiser)
    undo_run(run, actor=scene.organiser, seen=1)
    free_booth(booth(scene, "A1"), actor=scene.organiser)

    lines = history_of(scene.edition).filter(verb__in=("booth_allotted", "booth_freed"))

    assert [(one.verb, one.facts["booth"], one.facts["exhibitor"]) for one in lines.order_by("pk")] == [
        ("booth_allotted", "A1", by_hand.pk),
        ("booth_allotted", "A2", in_run.pk),
        ("booth_freed", "A2", in_run.pk),
        ("booth_freed", "A1", by_hand.pk),
    ]


def test_run_keeps_the_neighbours_of_the_last_edition():
    before = fair(starts_in=-300)
    old = [exhibitor(before.edition) for _number in range(3)]
    for number, one in zip(("A1", "B4", "A2"), old, strict=True):
        allot_booth(booth(before, number), one, actor=before.organiser)
    scene = fair(series=before.edition.series)
    again = [
        exhibitor(scene.edition, membership=one.organisation.memberships.get(), category=scene.categories[0])
        for one in old
    ]

    allot_at_once(scene.edition, actor=before.organiser)

    pair = (old[0].organisation_id, old[2].organisation_id)
    assert sorted(map(sorted, pairs_of_last_time(scene.edition))) == [sorted(pair)]
    assert standing(scene) == {"A1": again[0].pk, "A2": again[2].pk, "A3": again[1].pk}


def test_run_is_undone_but_for_what_was_changed_by_hand():
    scene = fair()
    one, other = exhibitor(scene.edition), exhibitor(scene.edition)
    run = allot_at_once(scene.edition, actor=scene.organiser)
    move_exhibitor(other, actor=scene.organiser, away_from=booth(scene, "A2"), to=booth(scene, "B1"))

    freed = undo_run(run, actor=scene.organiser, seen=1)

    assert (freed, standing(scene)) == (1, {"B1": other.pk})
    assert one.allotments.count() == 1
    with pytest.raises(NothingToUndo):
        undo_run(run, actor=scene.organiser, seen=1)


def test_run_without_anybody_to_seat_is_refused():
    scene = fair()

    with pytest.raises(NobodyToSeat):
        allot_at_once(scene.edition, actor=scene.organiser)

    assert scene.edition.allotting_runs.count() == 0
