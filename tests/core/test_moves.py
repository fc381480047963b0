import pytest

from moussem.core.errors import MoveNotAllowed
from moussem.core.models import LogEntry
from moussem.core.moves import move
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
