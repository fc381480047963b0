from datetime import UTC, datetime

import pytest

from catalogue.presenting import checked_in_words
from tests.factories.catalogue import CertificateFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_proof_tells_who_checked_and_when():
    officer = UserFactory(first_name="Salma", last_name="Idrissi")
    day = datetime(2026, 11, 22, 12, tzinfo=UTC)
    proofs = [
        CertificateFactory(proof=state, checked_by=officer, checked_at=day)
        for state in ("declared", "reviewed", "verified")
    ]

    assert [checked_in_words(proof) for proof in proofs] == [
        "Declared by the cooperative",
        "Reviewed by Salma Idrissi on 22 November 2026",
        "Verified by Salma Idrissi on 22 November 2026",
    ]
