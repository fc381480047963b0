import logging
from collections.abc import Iterator
from datetime import timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from moussem.core.rounds import in_chunks, try_each
from moussem.trade.payment.actions.attempts import KEY_LASTS, give_up
from moussem.trade.payment.actions.findings import report_unknown
from moussem.trade.payment.actions.looking import look_again
from moussem.trade.payment.actions.notices import close_event, process_event, refund_outcome, store
from moussem.trade.payment.errors import ProviderRefused, ProviderUnreachable
from moussem.trade.payment.models import PaymentAttempt, ProviderEvent, Refund
from moussem.trade.payment.providers import SOURCES, codes_of
from moussem.trade.payment.states import UNFINISHED_ATTEMPTS, AttemptState, RefundState

logger = logging.getLogger(__name__)
UNSEEN_FOR = timedelta(hours=1)
# A provider repeats a notice for three days; one that it could not deliver by then is found here.
LOOK_BACK = timedelta(days=4)
# A try that nobody touched for so long is given up; the instalment stays to be paid.
LEFT_ALONE = timedelta(days=30)
AT_ONCE = 200


def reconcile() -> dict[str, int]:
    """Find what no notice told us, at every provider that the site can ask. Returns the counts."""
    found = {"events": 0, "attempts": 0, "refunds": 0, "unreachable": 0}
    for code, source in SOURCES.items():
        if not source.is_set_up():
            continue
        try:
            for what, rows, act in (
                ("events", _missed_events(code), process_event),
                ("attempts", _unseen_attempts(code), _look),
                ("refunds", _unfinished_refunds(code), refund_outcome),
            ):
                for _one in try_each(rows, act, unless=ProviderUnreachable):
                    found[what] += 1
        except (ProviderUnreachable, ProviderRefused):
            # The next hour goes on where this one stopped: what was looked at is no longer due.
            found["unreachable"] += 1
    return found


def process_waiting_events() -> int:
    """Process the notices whose task did not come to its end. Returns how many."""
    some_minutes_ago = timezone.now() - timedelta(minutes=5)
    waiting = ProviderEvent.objects.filter(processed_at=None, received_at__lt=some_minutes_ago)
    processed = len(list(try_each(in_chunks(waiting), process_event, unless=ProviderUnreachable)))
    # What still waits has failed just now, not for want of an answer: after days of that it will not mend.
    for event in in_chunks(waiting.filter(received_at__lt=timezone.now() - LOOK_BACK)):
        logger.error("Given up: the notice %s failed for %s days", event, LOOK_BACK.days)
        close_event(event, "given up: it could not be processed")
    return processed


def _missed_events(code: str) -> Iterator[ProviderEvent]:
    known = set(
        ProviderEvent.objects.filter(provider=code, processed_at__isnull=False)
        .filter(received_at__gte=timezone.now() - 2 * LOOK_BACK)
        .values_list("event_id", flat=True)
    )
    for notice in SOURCES[code].events_since(timezone.now() - LOOK_BACK):
        if notice.event_id not in known:
            yield store(code, notice)


def _unseen_attempts(code: str) -> QuerySet[PaymentAttempt]:
    unseen = Q(looked_at=None) | Q(looked_at__lt=timezone.now() - UNSEEN_FOR)
    waiting = Q(state__in=[*UNFINISHED_ATTEMPTS, AttemptState.PROCESSING])
    attempts = PaymentAttempt.objects.filter(unseen, waiting, provider__in=codes_of(code))
    # One that failed before it reached the provider has nothing there to look at.
    nothing_there = Q(state=AttemptState.FAILED, external_id=None)
    return attempts.exclude(nothing_there).select_related("instalment").order_by("looked_at")[:AT_ONCE]


def _look(attempt: PaymentAttempt) -> None:
    age = timezone.now() - attempt.created_at
    never_arrived = attempt.external_id is None and age > KEY_LASTS
    abandoned = attempt.state in UNFINISHED_ATTEMPTS and age > LEFT_ALONE
    try:
        if never_arrived or abandoned:
            give_up(attempt, actor=None)
        else:
            look_again(attempt)
    except ProviderRefused:
        # It would stand first in every hour's row, and the others would never be looked at.
        report_unknown(attempt)


def _unfinished_refunds(code: str) -> QuerySet[Refund]:
    states = (RefundState.REQUESTED, RefundState.SENT, RefundState.DETAILS_WANTED)
    # What is sent by hand no provider tells about.
    refunds = Refund.objects.filter(by_wire=False, state__in=states, attempt__provider__in=codes_of(code))
    older = refunds.filter(requested_at__lt=timezone.now() - UNSEEN_FOR)
    in_turn = F("looked_at").asc(nulls_first=True), "pk"
    return older.select_related("attempt__instalment").order_by(*in_turn)[:AT_ONCE]
