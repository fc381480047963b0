"""How people meet: an action of its own, which takes nothing away that somebody depends on."""

import pytest

from fairs.applications.errors import ApplicantsMeetSo
from fairs.applications.states import ApplicationState
from fairs.editions.actions import change_mode, change_texts
from fairs.editions.errors import EditionOver, EditionPutAway, NotPlannedAnyMore
from fairs.editions.states import EditionState, Mode, Presence
from fairs.floor.actions import allot_booth, start_hall
from fairs.floor.errors import BoothsMeetSo, NeedsNoBooth
from fairs.floor.queries import exhibitor_named, shown_exhibitors, waiting_for_booths
from fairs.models import Exhibitor
from fairs.selection.errors import ExhibitorsMeetSo
from moussem.core.errors import NotYours
from tests.factories.fairs import ApplicationFactory, EditionFactory, who_runs
from tests.factories.floor import NAMES, TABLE, exhibitor
from tests.factories.people import UserFactory
from tests.factories.selection import judged, judging
from tests.fairs.selection.test_deciding import decided

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def changed(edition, mode):
    return change_mode(edition, actor=who_runs(edition), mode=mode)


def modes(edition):
    return dict(Exhibitor.objects.filter(edition=edition).values_list("pk", "mode"))


@pytest.mark.parametrize("mode", [Mode.DIGITAL, Mode.IN_PERSON])
@pytest.mark.parametrize("announced", [True, False])
def test_way_to_meet_changes_while_nobody_depends_on_it(announced, mode):
    edition = EditionFactory(announced=announced)

    assert changed(edition, mode).mode == mode


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        (EditionState.RUNNING, NotPlannedAnyMore),
        (EditionState.CLOSED, EditionOver),
        (EditionState.ARCHIVED, EditionPutAway),
    ],
)
def test_way_to_meet_stands_fast_once_the_doors_have_opened(state, refusal, refused):
    refused(refusal, changed, EditionFactory(state=state), Mode.DIGITAL)


def test_way_to_meet_is_the_organisers_alone_and_is_no_text(refused):
    edition = EditionFactory(announced=True)

    refused(NotYours, change_mode, edition, actor=UserFactory(), mode=Mode.DIGITAL)
    with pytest.raises(TypeError):
        change_texts(edition, actor=who_runs(edition), mode=Mode.DIGITAL)


@pytest.mark.parametrize(
    ("takes_part", "other"), [(Presence.IN_PERSON, Mode.DIGITAL), (Presence.DIGITAL, Mode.IN_PERSON)]
)
def test_way_of_an_exhibitor_or_an_applicant_is_not_taken_away(takes_part, other, refused):
    edition = EditionFactory(announced=True)
    one = exhibitor(edition, mode=takes_part)

    refusal = refused(ExhibitorsMeetSo, changed, edition, other)
    assert refusal.facts == {"count": 1, "mode": one.get_mode_display()}
    Exhibitor.objects.all().delete()
    ApplicationFactory(
        edition=edition, mode=takes_part, state=ApplicationState.WITHDRAWN, sent_at="2026-01-01T00Z"
    )
    ApplicationFactory(edition=edition, mode=takes_part, sent=True)
    refused(ApplicantsMeetSo, changed, edition, other)


def test_booths_are_not_taken_away(refused):
    edition = EditionFactory(announced=True)
    start_hall(edition, actor=who_runs(edition), table=TABLE, **NAMES)

    assert refused(BoothsMeetSo, changed, edition, Mode.DIGITAL).facts == {"count": 8}


@pytest.mark.parametrize("was", [Mode.IN_PERSON, Mode.DIGITAL])
def test_exhibitors_of_a_fair_that_becomes_hybrid_take_part_as_they_did(was):
    edition = EditionFactory(announced=True, mode=was)
    one = exhibitor(edition)

    changed(edition, Mode.HYBRID)

    assert modes(edition) == {one.pk: was}


def test_exhibitor_takes_part_as_its_application_says():
    edition = judging(places=2)
    here, there = judged(edition, 3), judged(edition, 2)
    type(there).objects.filter(pk=there.pk).update(mode=Presence.DIGITAL)

    decided(edition)

    assert modes(edition) == {here.exhibitor.pk: "in_person", there.exhibitor.pk: "digital"}


def test_who_takes_part_on_a_screen_is_shown_and_needs_no_booth(refused):
    edition = EditionFactory(announced=True)
    hall = start_hall(edition, actor=who_runs(edition), table=TABLE, **NAMES)
    here, there = exhibitor(edition), exhibitor(edition, mode=Presence.DIGITAL)

    assert list(waiting_for_booths(edition)) == [here]
    assert list(shown_exhibitors(edition)) == [there]
    assert exhibitor_named(edition, there.organisation.slug) == there
    assert exhibitor_named(edition, here.organisation.slug) is None
    refused(NeedsNoBooth, allot_booth, hall.booths.first(), there, actor=who_runs(edition))
