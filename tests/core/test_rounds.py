import pytest

from moussem.core import rounds
from moussem.core.models import OutboxMessage
from moussem.core.rounds import in_chunks, try_each

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def messages(monkeypatch):
    """Five rows, read two at a time."""
    monkeypatch.setattr(rounds, "AT_ONCE", 2)
    return OutboxMessage.objects.bulk_create(OutboxMessage(kind="test", payload=n) for n in range(5))


def test_every_row_is_read_once_a_few_at_a_time(messages, django_assert_num_queries):
    with django_assert_num_queries(4):
        assert list(in_chunks(OutboxMessage.objects.order_by("-pk"))) == messages


def test_rows_may_leave_the_queryset_on_the_way(messages):
    seen = []

    for row in in_chunks(OutboxMessage.objects.filter(delivered_at=None)):
        seen.append(row)
        OutboxMessage.objects.filter(pk=row.pk).update(delivered_at=row.created_at)

    assert seen == messages


def test_row_that_fails_is_logged_and_stops_no_other(messages, caplog):
    def halve(row):
        return 12 // row.payload

    assert list(try_each(messages, halve)) == [12, 6, 4, 3]
    (line,) = caplog.records
    assert f"core.outboxmessage {messages[0].pk}" in line.getMessage()
    assert line.exc_info[0] is ZeroDivisionError


def test_failure_that_all_would_share_is_raised(messages):
    with pytest.raises(ZeroDivisionError):
        list(try_each(messages, lambda row: 12 // row.payload, unless=ZeroDivisionError))
