"""A row that somebody else holds is waited for, or left alone."""

import pytest
from django.db import transaction

from moussem.core.locks import lock, lock_if_free
from moussem.core.models import Counter
from tests.races import at_once, on_postgresql


@pytest.mark.integration
@pytest.mark.django_db
def test_row_that_nobody_holds_is_read_again_under_its_lock():
    row = Counter.objects.create(name="papers", value=1)
    Counter.objects.update(value=2)

    with transaction.atomic():
        assert lock_if_free(row).value == 2


class TestHeld:
    pytestmark = on_postgresql

    def test_row_that_somebody_holds_is_left_alone_and_nobody_waits(self):
        row = Counter.objects.create(name="papers")

        def look():
            with transaction.atomic():
                return lock_if_free(row)

        with transaction.atomic():
            lock(row)
            held = at_once(look)
        assert (held, at_once(look)) == ([None], [row])
