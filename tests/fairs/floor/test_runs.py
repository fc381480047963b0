"""An automatic run is taken back before people look for numbers, and who loses one is written to."""

import pytest

from fairs.editions.models import Edition
from fairs.editions.states import EditionState
from fairs.floor.actions import allot_at_once, undo_run
from fairs.floor.errors import RunHasMoved, RunStands
from fairs.floor.models import Allotment
from moussem.core.models import OutboxMessage
from tests.factories.floor import exhibitor, fair

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def ran(state):
    """A fair in this state whose two exhibitors got their booths in a run."""
    scene = fair()
    scene.exhibitors = [exhibitor(scene.edition), exhibitor(scene.edition)]
    scene.run = allot_at_once(scene.edition, actor=scene.organiser)
    Edition.objects.filter(pk=scene.edition.pk).update(state=state)
    scene.edition.state = state
    return scene


def written():
    letters = OutboxMessage.objects.filter(kind="mail").order_by("pk")
    return [(one.payload["to"], one.payload["subject"]) for one in letters]


@pytest.mark.parametrize("state", [EditionState.OPEN, EditionState.DRAFT])
def test_who_loses_a_number_of_a_public_plan_is_written_to(state):
    scene = ran(state)

    undo_run(scene.run, actor=scene.organiser, seen=2)

    expected = [
        (one.owner.email, f"Booth {number} at Fair of Tests is yours no more")
        for one, number in zip(scene.exhibitors, ("A1", "A2"), strict=True)
    ]
    assert written() == (expected if state == EditionState.OPEN else [])


def test_run_stands_while_the_fair_runs_and_no_other_follows():
    scene = ran(EditionState.RUNNING)
    exhibitor(scene.edition)

    with pytest.raises(RunStands):
        undo_run(scene.run, actor=scene.organiser, seen=2)
    with pytest.raises(RunStands):
        allot_at_once(scene.edition, actor=scene.organiser)

    assert (Allotment.objects.current().count(), written()) == (2, [])


def test_run_that_moved_since_it_was_read_is_not_undone():
    scene = ran(EditionState.OPEN)

    with pytest.raises(RunHasMoved):
        undo_run(scene.run, actor=scene.organiser, seen=1)

    assert (Allotment.objects.current().count(), written()) == (2, [])
