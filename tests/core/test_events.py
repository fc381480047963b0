"""A fact is heard on commit, where a failure undoes nothing, or within the write, where it undoes all."""

import pytest
from django.db import transaction

from moussem.core.events import Event
from moussem.core.models import Counter

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True)]


def names():
    return list(Counter.objects.order_by("pk").values_list("pk", flat=True))


def test_parts_are_written_in_their_order_before_the_others_hear():
    event, heard = Event(), []
    event.within(order=20)(lambda fact: heard.append(("second", fact)))
    event.within(order=10)(lambda fact: heard.append(("first", fact)))
    event.connect(lambda fact, **told: heard.append(("on commit", fact)), weak=False)

    with transaction.atomic():
        event.announce(Counter, fact=1)
        within = list(heard)

    assert within == [("first", 1), ("second", 1)]
    assert heard == [*within, ("on commit", 1)]


def test_part_that_fails_undoes_the_write_and_nobody_hears_of_it():
    event, heard = Event(), []

    @event.within(order=10)
    def fails(fact):
        Counter.objects.create(name="part")
        raise RuntimeError("the disk is full")

    event.connect(lambda fact, **told: heard.append(fact), weak=False)

    with pytest.raises(RuntimeError), transaction.atomic():
        Counter.objects.create(name="write")
        event.announce(Counter, fact=1)

    assert (names(), heard) == ([], [])


def test_part_hears_of_the_sender_that_it_asked_for_alone():
    event, heard = Event(), []
    event.within(order=10, sender=Counter)(lambda fact: heard.append(fact))

    event.announce(Event, fact=1)
    event.announce(Counter, fact=2)

    assert heard == [2]


def test_receiver_that_fails_on_commit_undoes_nothing(caplog):
    event = Event()

    def fails(**facts):
        raise RuntimeError("the mail is away")

    event.connect(fails)

    with transaction.atomic():
        Counter.objects.create(name="write")
        event.announce(Counter, fact=1)

    assert names() == ["write"]
    assert "did not take in" in caplog.text
