from datetime import date, time, timedelta

import pytest

from fairs.applications.models import Application
from fairs.editions.actions import clone_edition
from fairs.editions.errors import SameDays
from fairs.editions.models import Edition
from fairs.editions.states import EditionState
from moussem.core.errors import NotYours
from moussem.core.log import history_of
from tests.factories.fairs import (
    ApplicationFactory,
    BreakFactory,
    CategoryFactory,
    DayFactory,
    DeadlineFactory,
    EditionFactory,
    QuestionFactory,
    organiser,
    who_runs,
)
from tests.factories.regions import ProvinceFactory, RegionFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("on_a_monday_in_may")]

FIRST, NEXT = date(2026, 6, 1), date(2027, 6, 7)
MOVED = NEXT - FIRST


def held(**fields):
    """An edition that is over, with a day off in the middle."""
    edition = EditionFactory(state=EditionState.CLOSED, starts_on=FIRST, days=False, **fields)
    for number in (0, 2):
        DayFactory(edition=edition, on=FIRST + timedelta(days=number), opens=time(10))
    return edition


def cloned(edition, starts_on=NEXT, **told):
    return clone_edition(edition, actor=who_runs(edition), starts_on=starts_on, **told)


def test_clone_is_a_draft_of_the_same_fair_on_its_new_days():
    edition = held(meeting_minutes=30, between_minutes=10, time_zone="Africa/Dakar")

    new = cloned(edition, name_en="Terroir 2027")

    assert (new.state, new.series, new.cloned_from) == (EditionState.DRAFT, edition.series, edition)
    assert (new.starts_on, new.ends_on) == (NEXT, NEXT + timedelta(days=2))
    assert (new.name_en, new.name_fr, new.slug) == ("Terroir 2027", edition.name_fr, "terroir-2027-2027")
    same = ("mode", "meeting_minutes", "between_minutes", "time_zone", "place_ar", "summary_fr")
    assert [getattr(new, name) for name in same] == [getattr(edition, name) for name in same]
    assert [(day.on, day.opens) for day in new.days.all()] == [
        (NEXT, time(10)),
        (NEXT + timedelta(days=2), time(10)),
    ]
    assert [(entry.verb, entry.facts["of"]) for entry in history_of(new)] == [("cloned", edition.pk)]


def test_breaks_go_along_and_keep_their_distance():
    edition = held()
    BreakFactory(edition=edition)
    BreakFactory(edition=edition, on=FIRST + timedelta(days=2), begins=time(15), ends=time(16))

    new = cloned(edition)

    assert [(one.on, one.begins) for one in new.breaks.all()] == [
        (None, time(13)),
        (NEXT + timedelta(days=2), time(15)),
    ]


def test_what_is_asked_goes_along_and_is_a_copy():
    edition = held()
    oils = CategoryFactory(edition=edition)
    QuestionFactory(edition=edition, category=oils, is_required=False, position=1)
    QuestionFactory(edition=edition, kind="number")
    DeadlineFactory(edition=edition, category=oils, province=ProvinceFactory(), reason="Snow.")
    DeadlineFactory(edition=edition, last_day=FIRST - timedelta(days=30))

    new = cloned(edition)

    (copy,) = new.categories.all()
    assert (copy.label, copy.pk == oils.pk) == ("Oils", False)
    assert [(one.kind, one.category, one.is_required) for one in new.questions.all()] == [
        ("number", None, True),
        ("line", copy, False),
    ]
    assert [(one.last_day, one.province_id, one.category, one.reason) for one in new.deadlines.all()] == [
        (NEXT - timedelta(days=30), None, None, ""),
        (NEXT - timedelta(days=21), "MA-TAR", copy, ""),
    ]
    assert [kind.count() for kind in (edition.categories, edition.questions, edition.deadlines)] == [1, 2, 2]


def test_deadline_that_would_be_over_already_does_not_go_along():
    edition, soon = held(), date(2026, 5, 20)
    DeadlineFactory(edition=edition, last_day=FIRST - timedelta(days=21))
    DeadlineFactory(edition=edition, last_day=FIRST - timedelta(days=5), region=RegionFactory())

    new = cloned(edition, soon)

    assert list(new.deadlines.values_list("last_day", flat=True)) == [soon - timedelta(days=5)]


def test_applications_stay_with_the_edition_they_were_sent_to():
    edition = held()
    application = ApplicationFactory(edition=edition, sent=True)

    new = cloned(edition)

    assert list(Application.objects.values_list("pk", "edition")) == [(application.pk, edition.pk)]
    assert new.applications.count() == 0


@pytest.mark.parametrize("days", [-2, 0, 2], ids=["its last day", "all days", "its first day"])
def test_same_days_are_not_held_twice(refused, days):
    edition = held()
    first = cloned(edition, name_en="Terroir 2027")

    refusal = refused(SameDays, cloned, edition, NEXT + timedelta(days=days))

    assert refusal.facts == {"edition": first.label}


def test_day_after_and_days_of_another_fair_are_free():
    edition = held()
    EditionFactory(starts_on=NEXT)

    new = cloned(edition)
    after = cloned(new, NEXT + timedelta(days=3))

    assert [new.starts_on, after.starts_on] == [NEXT, NEXT + timedelta(days=3)]


def test_edition_is_not_cloned_onto_its_own_days(refused):
    edition = held()

    refused(SameDays, cloned, edition, FIRST + timedelta(days=1))


def test_strangers_clone_nothing(refused):
    refused(NotYours, clone_edition, held(), actor=organiser().user, starts_on=NEXT)


def test_two_clones_of_one_name_get_two_addresses():
    edition = held()

    slugs = {cloned(edition, NEXT + timedelta(days=number)).slug for number in (0, 3, 6)}

    assert len(slugs) == 3
    assert Edition.objects.count() == 4
