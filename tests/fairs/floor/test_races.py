"""Many who allot at once, on a database with row locks."""

from collections import Counter

from django.utils import timezone

from fairs.applications.actions import withdraw_application
from fairs.floor.actions import allot_at_once, allot_booth, move_exhibitor, start_hall, undo_run
from fairs.floor.geometry import Table
from fairs.floor.models import Allotment
from fairs.selection.models import Exhibitor
from moussem.core.errors import Refusal
from moussem.core.models import LogEntry
from tests.factories.fairs import who_applies, who_runs
from tests.factories.floor import NAMES, booth, exhibitor, fair
from tests.factories.selection import judged, judging
from tests.fairs.selection.test_deciding import decided
from tests.races import at_once, on_postgresql, while_it_waits

pytestmark = on_postgresql

HALL = Table(rows=4, columns=10, width=30, depth=30, aisle=30)
AT_ONCE = 50


def codes(answers):
    return Counter(answer.code for answer in answers if isinstance(answer, Refusal))


def test_two_hundred_allotments_over_forty_booths_give_each_booth_once():
    scene = fair(table=HALL)
    booths = list(scene.edition.booths.all())
    exhibitors = [exhibitor(scene.edition) for _number in range(100)]
    # Each exhibitor is asked for twice, for different booths, each booth five times.
    asked = [(booths[n % 40], exhibitors[(n * 7 + n // 100) % 100]) for n in range(200)]
    writers = [lambda to=to, who=who: allot_booth(to, who, actor=scene.organiser) for to, who in asked]

    answers = [
        answer
        for start in range(0, len(writers), AT_ONCE)
        for answer in at_once(*writers[start : start + AT_ONCE])
    ]

    current = Allotment.objects.current()
    won = [answer for answer in answers if isinstance(answer, Allotment)]
    assert current.count() == len(won) == 40
    assert len(set(current.values_list("booth"))) == len(set(current.values_list("exhibitor"))) == 40
    assert sum(codes(answers).values()) == 160
    assert set(codes(answers)) <= {"booth_taken", "exhibitor_has_booth"}
    assert LogEntry.objects.filter(verb="booth_allotted").count() == 40


def test_one_exhibitor_asked_into_ten_booths_at_once_gets_one():
    scene = fair(table=HALL)
    one = exhibitor(scene.edition)

    answers = at_once(
        *[lambda to=to: allot_booth(to, one, actor=scene.organiser) for to in scene.edition.booths.all()[:10]]
    )

    assert codes(answers) == {"exhibitor_has_booth": 9}
    assert Allotment.objects.count() == 1


def test_two_who_change_places_at_once_do_not_wait_for_each_other_for_ever():
    scene = fair()
    one, other = exhibitor(scene.edition), exhibitor(scene.edition)
    first, second = booth(scene, "A1"), booth(scene, "A2")
    allot_booth(first, one, actor=scene.organiser)
    allot_booth(second, other, actor=scene.organiser)

    answers = at_once(
        lambda: move_exhibitor(one, actor=scene.organiser, away_from=first, to=second),
        lambda: move_exhibitor(other, actor=scene.organiser, away_from=second, to=first),
    )

    assert codes(answers) == {"booth_taken": 2}


def test_two_runs_at_once_seat_everybody_once():
    scene = fair(table=HALL)
    for _number in range(12):
        exhibitor(scene.edition)

    answers = at_once(*[lambda: allot_at_once(scene.edition, actor=scene.organiser)] * 2)

    assert codes(answers) == {"nobody_to_seat": 1}
    assert Allotment.objects.current().count() == 12


def test_run_undone_twice_at_once_is_undone_once():
    scene = fair()
    exhibitor(scene.edition)
    run = allot_at_once(scene.edition, actor=scene.organiser)

    answers = at_once(*[lambda: undo_run(run, actor=scene.organiser, seen=1)] * 2)

    assert codes(answers) == {"run_undone_already": 1}
    assert Allotment.objects.current().count() == 0


def test_run_waits_for_who_allots_a_booth_and_leaves_it():
    scene = fair()
    one, other = exhibitor(scene.edition), exhibitor(scene.edition)
    there = booth(scene, "A1")

    with while_it_waits(scene.edition, lambda: allot_at_once(scene.edition, actor=scene.organiser)):
        allot_booth(there, one, actor=scene.organiser)

    current = Allotment.objects.current()
    assert dict(current.values_list("booth__number", "exhibitor")) == {"A1": one.pk, "A2": other.pk}


def test_run_waits_for_an_exhibitor_that_is_giving_its_place_back_and_seats_it_not():
    scene = fair()
    one, other = exhibitor(scene.edition), exhibitor(scene.edition)

    with while_it_waits(one, lambda: allot_at_once(scene.edition, actor=scene.organiser)):
        Exhibitor.objects.filter(pk=one.pk).update(left_at=timezone.now())

    assert list(Allotment.objects.values_list("exhibitor", flat=True)) == [other.pk]


def test_withdrawal_waits_for_who_allots_a_booth_and_frees_it():
    edition = judging(places=1)
    application = judged(edition, 3)
    decided(edition)
    hall = start_hall(edition, actor=who_runs(edition), table=HALL, **NAMES)
    person, there = who_applies(application), hall.booths.first()
    one = Exhibitor.objects.get(application=application)

    with while_it_waits(edition, lambda: withdraw_application(application, actor=person)):
        allot_booth(there, one, actor=who_runs(edition))

    assert Allotment.objects.current().count() == 0
    assert (Allotment.objects.count(), Exhibitor.objects.filter(left_at=None).count()) == (1, 0)
