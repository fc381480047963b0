from datetime import date, time, timedelta

import pytest

from fairs.editions.actions import (
    announce_edition,
    change_texts,
    missing_for_announcement,
    plan_days,
    start_fair,
)
from fairs.editions.errors import (
    DaysOver,
    DaysStandFast,
    EditionOver,
    EditionPutAway,
    NotReady,
    SameDays,
)
from fairs.editions.grid import Opening
from fairs.editions.models import Break, Edition
from fairs.editions.states import BreakKind, EditionState, Mode
from moussem.core.errors import MoveNotAllowed, NotYours
from moussem.core.log import history_of
from moussem.organisations.states import Kind, Role
from tests.factories.fairs import BreakFactory, DayFactory, EditionFactory, organiser, who_runs
from tests.factories.organisations import MembershipFactory
from tests.factories.people import UserFactory
from tests.factories.trade import member_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("on_a_monday_in_may")]

NAMES = {"name_en": "Honey days", "name_fr": "Journées du miel", "name_ar": "أيام العسل"}
DAYS = {"starts_on": date(2026, 9, 1), "ends_on": date(2026, 9, 3)}


def verbs(edition):
    return [entry.verb for entry in history_of(edition).order_by("pk")]


def hours(edition):
    return [(day.on, day.opens, day.closes) for day in edition.days.all()]


def started(member, **changes):
    told = {"actor": member.user, "organiser": member.organisation, "mode": Mode.DIGITAL, **NAMES, **DAYS}
    return start_fair(**{**told, **changes})


@pytest.mark.parametrize("role", [Role.OWNER, Role.SALES])
def test_fair_starts_as_a_draft_with_a_day_for_each_date(role):
    edition = started(organiser(role=role))

    assert (edition.state, edition.slug, edition.label) == (
        EditionState.DRAFT,
        "honey-days-2026",
        "Honey days",
    )
    assert (edition.series.label, edition.time_zone) == ("Honey days", "Africa/Casablanca")
    assert hours(edition) == [(date(2026, 9, number), time(9), time(18)) for number in (1, 2, 3)]
    assert verbs(edition) == ["started"]


def test_second_fair_of_a_name_gets_an_address_of_its_own():
    member = organiser()

    first, second = started(member), started(member)

    assert first.slug == "honey-days-2026"
    assert second.slug.startswith("honey-days-2026-")
    assert first.series_id != second.series_id


def test_fair_named_in_arabic_alone_has_an_address():
    assert started(organiser(), name_en="", name_fr="", name_ar="أيام العسل").slug == "2026"


def test_only_owner_and_sales_of_a_body_hold_fairs(refused):
    body = organiser().organisation
    cooperative, chamber = MembershipFactory(), organiser()
    left = member_of(body, Role.OWNER, is_active=False)

    for person, held_by in (
        (member_of(body, Role.VIEWER).user, body),
        (left.user, body),
        (chamber.user, body),
        (cooperative.user, cooperative.organisation),
        (UserFactory(), body),
    ):
        told = {"organiser": held_by, "mode": Mode.DIGITAL, **NAMES, **DAYS}
        refused(NotYours, start_fair, actor=person, **told)


def test_chamber_holds_fairs_too():
    member = organiser()
    member.organisation.kind = Kind.CHAMBER
    member.organisation.save()

    assert started(member).series.organiser == member.organisation


def test_texts_are_changed_and_the_log_says_what_they_were():
    edition = EditionFactory(place_en="Agadir")

    change_texts(edition, actor=who_runs(edition), place_en="Tiznit", place_fr=edition.place_fr)

    assert Edition.objects.get().place_en == "Tiznit"
    (entry,) = history_of(edition)
    assert entry.facts == {"changed": {"place_en": ["Agadir", "Tiznit"]}}


def test_same_texts_once_more_are_no_change():
    edition = EditionFactory()

    change_texts(edition, actor=who_runs(edition), place_en=edition.place_en)

    assert verbs(edition) == []


def test_texts_of_the_archive_stand(refused):
    edition = EditionFactory(state=EditionState.ARCHIVED)

    refused(EditionPutAway, change_texts, edition, actor=who_runs(edition), place_en="Tiznit")


def planned(edition, actor=None, days=(), breaks=(), minutes=30, between=0):
    told = {"meeting_minutes": minutes, "between_minutes": between, "breaks": breaks, "days": days}
    return plan_days(edition, actor=actor or who_runs(edition), **told)


def test_plan_takes_the_place_of_the_one_before():
    edition = EditionFactory()
    BreakFactory(edition=edition)
    later, first = date(2026, 10, 3), date(2026, 10, 1)
    prayer = Break(kind=BreakKind.PRAYER, on=first, begins=time(12, 30), ends=time(13))

    planned(
        edition, days=[Opening(later, time(8), time(12)), Opening(first, time(10), time(16))], breaks=[prayer]
    )

    kept = Edition.objects.get()
    assert (kept.starts_on, kept.ends_on, kept.meeting_minutes, kept.between_minutes) == (first, later, 30, 0)
    assert hours(kept) == [(first, time(10), time(16)), (later, time(8), time(12))]
    assert [(one.kind, one.on) for one in kept.breaks.all()] == [("prayer", first)]
    assert verbs(kept) == ["planned"]


def test_announced_edition_is_planned_for_days_to_come(refused):
    draft, announced = EditionFactory(), EditionFactory(announced=True)
    today, now = date(2026, 5, 4), time(10)

    planned(draft, days=[Opening(today, now, time(16))])
    refused(DaysOver, planned, announced, who_runs(announced), days=[Opening(today, now, time(16))])
    planned(announced, days=[Opening(today, time(10, 1), time(16))])

    assert list(announced.days.values_list("on", "opens")) == [(today, time(10, 1))]


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        (EditionState.RUNNING, DaysStandFast),
        (EditionState.CLOSED, EditionOver),
        (EditionState.ARCHIVED, EditionPutAway),
    ],
)
def test_plan_stands_once_an_edition_runs(refused, state, refusal):
    edition = EditionFactory(state=state)
    day = Opening(date(2026, 10, 1), time(10), time(16))

    refused(refusal, planned, edition, who_runs(edition), days=[day])


def test_announced_edition_is_seen_by_everybody():
    edition = EditionFactory()

    announced = announce_edition(edition, actor=who_runs(edition))

    assert announced.state == EditionState.OPEN
    assert list(Edition.objects.public()) == [edition]
    assert verbs(edition) == ["moved.open"]


@pytest.mark.parametrize(
    ("lacks", "sentence"),
    [
        ({"name_ar": ""}, "Write its name in English, French and Arabic."),
        ({"summary_fr": ""}, "Say what it is about in English, French and Arabic."),
        ({"place_en": "", "place_fr": "", "place_ar": ""}, "Say where it takes place."),
        ({"days": False}, "Give it at least one day."),
        ({"starts_on": date(2026, 5, 4)}, "Its first day is over. Choose days to come."),
    ],
)
def test_edition_that_lacks_something_is_not_announced(refused, lacks, sentence):
    edition = EditionFactory(**lacks)

    refusal = refused(NotReady, announce_edition, edition, actor=who_runs(edition))

    assert refusal.facts == {"missing": sentence}


def test_everything_that_lacks_is_said_at_once():
    bare = dict.fromkeys(("name_fr", "summary_en", "place_en", "place_fr", "place_ar"), "")
    edition = EditionFactory(days=False, **bare)

    assert len(missing_for_announcement(edition)) == 4


def test_edition_is_ready_until_its_doors_open():
    edition = EditionFactory(days=False, starts_on=date(2026, 5, 4))
    DayFactory(edition=edition, opens=time(10, 1))

    assert missing_for_announcement(edition) == []
    edition.days.update(opens=time(10))
    assert missing_for_announcement(edition) == ["Its first day is over. Choose days to come."]


def test_edition_is_announced_once(refused):
    edition = EditionFactory(announced=True, place_en="", place_fr="", place_ar="")

    refusal = refused(MoveNotAllowed, announce_edition, edition, actor=who_runs(edition))

    assert refusal.message.startswith("This edition is announced already.")


def test_strangers_change_nothing_of_an_edition(refused):
    edition = EditionFactory()
    other = organiser().user
    day = Opening(edition.starts_on + timedelta(days=1), time(10), time(16))

    refused(NotYours, change_texts, edition, actor=other, place_en="Elsewhere")
    refused(NotYours, planned, edition, other, days=[day])
    refused(NotYours, announce_edition, edition, actor=other)


@pytest.mark.parametrize(
    ("days", "held"), [((-1, 0), True), ((2, 3), True), ((-2, -1), False), ((3, 4), False)]
)
def test_two_editions_of_a_fair_are_not_planned_on_one_day(days, held, refused):
    other = EditionFactory()
    edition = EditionFactory(series=other.series, starts_on=other.starts_on + timedelta(days=30))
    wanted = [Opening(other.starts_on + timedelta(days=day), time(10), time(16)) for day in days]

    if held:
        refusal = refused(SameDays, planned, edition, who_runs(edition), days=wanted)
        assert refusal.facts == {"edition": other.label}
    else:
        assert planned(edition, who_runs(edition), days=wanted).starts_on == wanted[0].on


def test_edition_is_planned_again_on_its_own_days():
    edition = EditionFactory()
    day = Opening(edition.starts_on, time(10), time(16))

    assert planned(edition, who_runs(edition), days=[day]).ends_on == edition.starts_on
