import pytest

from moussem.core.errors import MoveNotAllowed
from moussem.core.events import moved
from moussem.core.models import LogEntry
from moussem.core.moves import move, move_each
from moussem.organisations.models import Organisation
from moussem.organisations.states import Kind, Verification
from moussem.regions.models import Country

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def an_organisation():
    country = Country.objects.create(code="MA", iso3="MAR", name_en="Morocco")
    return Organisation.objects.create(kind=Kind.COOPERATIVE, name="Tizi", slug="tizi", country=country)


def test_move_changes_the_state_and_writes_one_log_line():
    organisation = an_organisation()

    move(organisation, Verification.REVIEWED, actor=None, reason="papers seen")

    organisation.refresh_from_db()
    assert organisation.verification == Verification.REVIEWED
    (line,) = LogEntry.objects.all()
    assert line.verb == "moved.reviewed"
    assert line.facts == {"was": "declared", "now": "reviewed", "reason": "papers seen"}


def test_move_outside_the_table_is_refused_and_nothing_is_logged():
    organisation = an_organisation()

    with pytest.raises(MoveNotAllowed) as refusal:
        move(organisation, Verification.VERIFIED, actor=None)

    organisation.refresh_from_db()
    assert organisation.verification == Verification.DECLARED
    assert LogEntry.objects.count() == 0
    assert refusal.value.facts == {"happened": "Nobody has looked at the papers of this organisation yet."}


def test_many_move_in_one_write_each_with_its_line_and_its_announcement(
    django_assert_num_queries, django_capture_on_commit_callbacks
):
    first = an_organisation()
    other = Organisation.objects.create(
        kind=Kind.COOPERATIVE, name="Warda", slug="warda", country=first.country
    )
    heard = []

    def hears(subject, now, **facts):
        heard.append((subject, now))

    moved.connect(hears, sender=Organisation)
    try:
        with django_capture_on_commit_callbacks(execute=True), django_assert_num_queries(3):
            move_each([first, other], Verification.REVIEWED, actor=None)
    finally:
        moved.disconnect(hears, sender=Organisation)

    told = set(Organisation.objects.values_list("verification", flat=True))
    assert (told, heard) == ({"reviewed"}, [(first, "reviewed"), (other, "reviewed")])
    assert [line.facts for line in LogEntry.objects.all()] == [
        {"was": "declared", "now": "reviewed", "reason": ""}
    ] * 2


def test_of_many_none_moves_where_one_may_not():
    first = an_organisation()
    stuck = Organisation.objects.create(
        kind=Kind.COOPERATIVE,
        name="Warda",
        slug="warda",
        country=first.country,
        verification=Verification.VERIFIED,
    )

    with pytest.raises(MoveNotAllowed):
        move_each([first, stuck], Verification.REVIEWED, actor=None)

    first.refresh_from_db()
    assert (first.verification, LogEntry.objects.count()) == (Verification.DECLARED, 0)
