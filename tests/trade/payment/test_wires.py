from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from moussem.core.dates import today_here
from moussem.core.errors import NotYours
from moussem.core.models import LogEntry, OutboxMessage
from moussem.organisations.states import Role
from moussem.trade.payment.actions import (
    announce_wire,
    cancel_plan,
    let_wire_lapse,
    make_due,
    record_wire,
    refund_order,
    start_attempt,
    take_back_wire,
    withdraw_wire,
)
from moussem.trade.payment.errors import (
    AnnouncedBefore,
    WireInTheFuture,
    WireNotPositive,
    WireRecordedElsewhere,
)
from moussem.trade.payment.models import Discrepancy, Instalment, PaymentAttempt, Refund
from moussem.trade.payment.states import AttemptState, InstalmentState, RefundState, Trigger
from moussem.trade.payment.tasks import let_wires_lapse
from tests.factories.organisations import MembershipFactory
from tests.factories.payment import instalments, seller_side
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
_A, _I = AttemptState, InstalmentState
DAY = date(2026, 11, 20)


@pytest.fixture
def deposit():
    return instalments("1000.00")[0]


def owner_of(instalment):
    return instalment.plan.order.seller.memberships.get(role=Role.OWNER).user


def booked(instalment, amount, number="R-1", currency="EUR", **more):
    actor = more.pop("actor", None) or owner_of(instalment)
    return record_wire(instalment, Decimal(amount), currency, number, more.pop("on", DAY), actor=actor)


def standing(instalment):
    instalment.refresh_from_db()
    return instalment.state, instalment.paid, instalment.charges


def test_wire_in_full_settles_and_tells_both_in_their_languages(deposit, django_capture_on_commit_callbacks):
    seller = owner_of(deposit)
    seller.language = "ar"
    seller.save()

    with django_capture_on_commit_callbacks(execute=True):
        booked(deposit, "300.00")

    assert standing(deposit) == (_I.SETTLED, 300, 0)
    mails = {letter.to[0]: letter.body for letter in mail.outbox}
    assert set(mails) == {deposit.plan.order.user.email, seller.email}
    assert "/ar/pay/" in mails[seller.email]
    assert "/en/pay/" in mails[deposit.plan.order.user.email]


@pytest.mark.parametrize(
    ("amount", "state", "charges"),
    [("270.00", _I.SETTLED, 30), ("269.99", _I.PLANNED, 0), ("285.50", _I.SETTLED, Decimal("14.50"))],
)
def test_what_banks_keep_within_the_tolerance_is_posted_as_charges(deposit, amount, state, charges):
    booked(deposit, amount)

    assert standing(deposit) == (state, Decimal(amount), charges)


def test_small_instalment_is_not_settled_by_next_to_nothing():
    deposit = instalments("200.00")[0]

    booked(deposit, "30.00")

    assert standing(deposit)[0] == _I.PLANNED


def test_parts_add_up_and_the_last_one_settles(deposit):
    booked(deposit, "100.00", "R-1")
    deposit.refresh_from_db()
    assert (deposit.state, deposit.outstanding) == (_I.PLANNED, 200)

    booked(deposit, "200.00", "R-2")

    assert standing(deposit) == (_I.SETTLED, 300, 0)
    assert [one.received for one in PaymentAttempt.objects.all()] == [100, 200]


def test_same_entry_again_changes_nothing(deposit):
    first = booked(deposit, "100.00", "ab 12")
    lines, messages = LogEntry.objects.count(), OutboxMessage.objects.count()

    again = booked(deposit, "100.00", "AB12")

    assert again == first
    assert standing(deposit) == (_I.PLANNED, 100, 0)
    assert (LogEntry.objects.count(), OutboxMessage.objects.count()) == (lines, messages)


def test_entry_is_kept_as_it_was_written_and_shown_beside_what_it_is_compared_by(deposit, client):
    attempt = booked(deposit, "100.00", " ft-12/345 ")
    client.force_login(owner_of(deposit))
    page = reverse("payment:pay", args=[deposit.reference])

    shown = client.get(page).content.decode()
    with pytest.raises(WireRecordedElsewhere) as refusal:
        booked(deposit, "150.00", "FT12345")
    taken = take_back_wire(attempt, reason="Another buyer.", actor=owner_of(deposit))

    assert (attempt.written_as, taken.external_id) == ("ft-12/345", None)
    assert "ft-12/345 (FT12345)" in shown
    assert "“ft-12/345 (FT12345)”" in refusal.value.message
    assert "ft-12/345 (FT12345)" in client.get(page).content.decode()


@pytest.mark.parametrize(
    "typed",
    ["FT١٢٣٤٥", "FT۱۲۳۴۵", "FT12345\u200f", "ＦＴ１２３４５", "ft 12\u00ad345", "FT\u201112345", "FT⁄12345."],
)
def test_entry_is_the_same_in_whichever_digits_and_with_marks_nobody_sees(deposit, typed):
    first = booked(deposit, "100.00", "FT12345")

    assert booked(deposit, "100.00", typed) == first

    assert standing(deposit) == (_I.PLANNED, 100, 0)
    assert PaymentAttempt.objects.get().external_id == f"{deposit.plan.order.seller_id}:FT12345"


def test_upgrade_writes_the_numbers_of_entries_plainly_but_where_two_would_be_one(deposit):
    alone, one, twin = (booked(deposit, "10.00", number) for number in ("A-1", "FT12345", "B-2"))
    card = PaymentAttempt.objects.create(
        instalment=deposit, provider="demo", external_id="d:١", key=uuid4(), currency="EUR", amount=1
    )
    seller = deposit.plan.order.seller_id
    PaymentAttempt.objects.filter(pk=alone.pk).update(external_id=f"{seller}:FT٧\u200f")
    PaymentAttempt.objects.filter(pk=twin.pk).update(external_id=f"{seller}:FT١٢٣٤٥")

    import_module("moussem.trade.payment.migrations.0014_entries_in_plain_signs").write_plainly(apps, None)

    kept = {one.pk: one.external_id for one in PaymentAttempt.objects.all()}
    told = [kept[attempt.pk] for attempt in (alone, one, twin, card)]
    assert told == [f"{seller}:FT7", f"{seller}:FT12345", f"{seller}:FT١٢٣٤٥", "d:١"]


def test_upgrade_keeps_letters_and_digits_of_entries_and_shows_officers_where_two_would_be_one(deposit):
    numbers = {"A1": "A-1", "FT12345": "FT12345", "B2": "FT‐12345", "C3": "FT٬/", "D4": "--"}
    seller, reference = deposit.plan.order.seller_id, deposit.reference
    wires = [booked(deposit, "10.00", number) for number in numbers]
    for wire, number in zip(wires, numbers.values(), strict=True):
        PaymentAttempt.objects.filter(pk=wire.pk).update(external_id=f"{seller}:{number}")
    upgrade = import_module("moussem.trade.payment.migrations.0016_entries_in_letters_and_digits")

    for _time in range(2):
        upgrade.write_barely(apps, None)

    kept = PaymentAttempt.objects.order_by("pk").values_list("external_id", flat=True)
    assert list(kept) == [f"{seller}:{number}" for number in ("A1", "FT12345", "FT‐12345", "FT", "--")]
    finding = Discrepancy.objects.get()
    assert (finding.key, finding.attempt) == (f"wire:{wires[2].key}:twice", wires[2])
    told = (finding.expected, finding.found, finding.note)
    assert told == (f"{reference} FT12345", f"{reference} FT‐12345", "Recorded twice?")


def test_same_entry_saying_something_else_is_refused(deposit):
    booked(deposit, "100.00", "R-1")
    balance = deposit.plan.instalments.get(sequence=2)

    for instalment, amount in ((deposit, "200.00"), (balance, "100.00")):
        with pytest.raises(WireRecordedElsewhere) as refusal:
            booked(instalment, amount, "R-1")
        assert deposit.reference in refusal.value.message

    assert PaymentAttempt.objects.count() == 1
    assert standing(balance) == (_I.PLANNED, 0, 0)


def test_entry_that_another_order_has_for_a_moment_is_recorded_once_it_is_given_up(deposit):
    side = deposit.plan.order.seller.memberships.get(role=Role.OWNER)
    other = instalments("1000.00", seller=side)[0]
    waiting = [other]

    def meanwhile(execute, sql, params, many, context):
        if waiting and sql.startswith("UPDATE") and "external_id" in sql and "R-1" in str(params):
            # Undone with ours, whose number is now taken: so it stands nowhere when it is looked for.
            booked(waiting.pop(), "300.00")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(meanwhile):
        attempt = booked(deposit, "300.00")

    assert waiting == []
    assert (attempt.instalment, attempt.state, attempt.received) == (deposit, _A.SUCCEEDED, 300)
    assert [*PaymentAttempt.objects.exclude(external_id=None)] == [attempt]
    assert [standing(one)[:2] for one in (deposit, other)] == [(_I.SETTLED, 300), (_I.PLANNED, 0)]


def test_two_sellers_may_have_entries_with_the_same_number(deposit):
    other = instalments("1000.00")[0]

    booked(deposit, "300.00", "1")
    booked(other, "300.00", "1")

    assert [standing(one)[0] for one in (deposit, other)] == [_I.SETTLED, _I.SETTLED]


def test_too_much_settles_and_is_shown_to_staff(deposit):
    booked(deposit, "350.00")

    assert standing(deposit) == (_I.SETTLED, 350, 0)
    finding = Discrepancy.objects.get()
    assert (finding.expected, finding.found) == ("300.00 EUR", "350.00 EUR")


def test_other_currency_is_held_and_settles_nothing(deposit):
    attempt = booked(deposit, "300.00", currency="USD")

    assert (attempt.state, attempt.currency) == (_A.QUARANTINED, "USD")
    assert standing(deposit) == (_I.PLANNED, 0, 0)
    assert Discrepancy.objects.get().found == "300.00 USD"


def test_announced_transfer_is_the_one_that_arrives(deposit):
    payer = deposit.plan.order.user
    announced = announce_wire(start_attempt(deposit, "wire", actor=payer), actor=payer)

    arrived = booked(deposit, "300.00")

    assert (arrived.pk, arrived.state) == (announced.pk, _A.SUCCEEDED)
    assert standing(deposit)[0] == _I.SETTLED


def test_part_of_an_announced_transfer_leaves_the_rest_to_be_paid(deposit):
    payer = deposit.plan.order.user
    announce_wire(start_attempt(deposit, "wire", actor=payer), actor=payer)

    booked(deposit, "100.00")

    assert standing(deposit) == (_I.PLANNED, 100, 0)
    deposit.refresh_from_db()
    assert start_attempt(deposit, "wire", actor=payer).amount == 200


def test_money_for_a_cancelled_instalment_is_taken_in_and_given_back(deposit):
    cancel_plan(deposit.plan.order, actor=None)

    booked(deposit, "300.00")

    assert standing(deposit) == (_I.REFUNDING, 0, 0)
    refund = Refund.objects.get()
    assert (refund.amount, refund.state) == (300, RefundState.REQUESTED)
    assert not OutboxMessage.objects.filter(kind="mail").exists()


def test_second_transfer_after_a_refund_goes_back_too(deposit):
    booked(deposit, "300.00")
    order = deposit.plan.order
    (first,) = refund_order(order, actor=None, reason="sold_out")
    Refund.objects.update(state=RefundState.DONE)
    Instalment.objects.filter(pk=deposit.pk).update(state=_I.REFUNDED)

    late = booked(deposit, "300.00", number="R-2")

    assert standing(deposit) == (_I.REFUNDING, 0, 0)
    second = Refund.objects.exclude(pk=first.pk).get()
    assert (second.attempt, second.amount, second.reason) == (late, 300, "too_late")


def test_two_late_transfers_after_a_cancellation_both_go_back(deposit):
    order = deposit.plan.order
    cancel_plan(order, actor=None)

    booked(deposit, "300.00"), booked(deposit, "300.00", number="R-2")

    assert standing(deposit) == (_I.REFUNDING, 0, 0)
    assert list(Refund.objects.order_by("pk").values_list("amount", flat=True)) == [300, 300]
    assert not OutboxMessage.objects.filter(kind="mail").exists()


def test_words_alone_keep_no_goods_again_and_again(deposit):
    payer = deposit.plan.order.user
    for _time in range(2):
        withdraw_wire(announce_wire(start_attempt(deposit, "wire", actor=payer), actor=payer), actor=payer)
        deposit.refresh_from_db()
    third = start_attempt(deposit, "wire", actor=payer)

    with pytest.raises(AnnouncedBefore):
        announce_wire(third, actor=payer)

    third.refresh_from_db()
    assert (third.state, standing(deposit)[0]) == (_A.ACTION, _I.PLANNED)


def test_transfer_closes_what_was_begun_in_another_way(deposit, stripe, django_capture_on_commit_callbacks):
    card = start_attempt(deposit, "stripe_card", actor=deposit.plan.order.user)

    with django_capture_on_commit_callbacks(execute=True):
        booked(deposit, "100.00")

    card.refresh_from_db()
    assert card.state == _A.CANCELLED
    assert [one["status"] for one in stripe.books.payments.values()] == ["canceled"]


@pytest.fixture
def announced(deposit):
    """A transfer that was announced when the instalment fell due, sixteen days ago."""
    payer = deposit.plan.order.user
    make_due(deposit.plan.order, Trigger.ACCEPTANCE, actor=None)
    attempt = announce_wire(start_attempt(deposit, "wire", actor=payer), actor=payer)
    LogEntry.objects.filter(verb="moved.processing").update(at=timezone.now() - timedelta(days=16))
    return attempt


def test_transfer_that_never_came_is_no_longer_waited_for(deposit, announced):
    assert [let_wires_lapse() for _hour in range(2)] == [1, 0]

    announced.refresh_from_db()
    assert (announced.state, standing(deposit)[0]) == (_A.CANCELLED, _I.DUE)
    assert deposit.due_on >= today_here() + timedelta(days=3)
    told = OutboxMessage.objects.filter(kind="mail").last().payload
    assert (told["to"], "did not arrive" in told["body"]) == (deposit.plan.order.user.email, True)


def test_transfer_that_was_announced_lately_or_has_come_is_left_alone(deposit, announced):
    LogEntry.objects.filter(verb="moved.processing").update(at=timezone.now() - timedelta(days=14))
    assert let_wires_lapse() == 0

    booked(deposit, "300.00")

    assert let_wire_lapse(announced) is False
    assert standing(deposit)[0] == _I.SETTLED


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"amount": "0"}, WireNotPositive),
        ({"amount": "-300"}, WireNotPositive),
        ({"on": timezone.localdate() + timedelta(days=2)}, WireInTheFuture),
    ],
)
def test_wire_that_cannot_be_is_refused_and_nothing_is_recorded(deposit, change, refusal):
    before = LogEntry.objects.count()

    with pytest.raises(refusal):
        booked(deposit, **{"amount": "300", **change})

    assert PaymentAttempt.objects.count() == 0
    assert (standing(deposit), LogEntry.objects.count()) == ((_I.PLANNED, 0, 0), before)


def test_only_the_sellers_owner_and_staff_record(deposit):
    order = deposit.plan.order
    people = [
        order.user,
        seller_side().user,
        MembershipFactory(organisation=order.seller, role=Role.SALES).user,
        UserFactory(),
    ]
    for person in people:
        with pytest.raises(NotYours):
            booked(deposit, "300.00", actor=person)
    assert PaymentAttempt.objects.count() == 0

    booked(deposit, "300.00", actor=UserFactory(is_staff=True))

    assert Instalment.objects.get(pk=deposit.pk).state == _I.SETTLED
