"""Editions that run today with a door open all day, their keeper, badges and what a device sends."""

import json
from datetime import time, timedelta
from uuid import uuid4

from django.utils import timezone

from fairs.badges.actions import issue_by_hand
from fairs.badges.models import Door, DoorKeeper
from fairs.badges.sending import read_sending
from fairs.editions.states import EditionState
from fairs.guests.states import GuestState, Tier
from fairs.models import Exhibitor, Guest
from tests.factories.fairs import EditionFactory, who_runs
from tests.factories.people import UserFactory
from tests.factories.trade import buyer, seller

# Twelve of the day in the zone of the fair, whatever the clock of the machine says.
ALL_DAY = {"opens": time(0), "closes": time(23, 59, 59)}


def running(**edition):
    """An edition whose second of three days is today."""
    told = {"state": EditionState.RUNNING, "starts_on": timezone.localdate() - timedelta(days=1), **edition}
    return EditionFactory(**told)


def door_of(edition, name="Hall 1", **rules):
    """A door that is open all day, to everybody where no rule says otherwise."""
    return Door.objects.create(edition=edition, **{**named(name), **ALL_DAY, **rules})


def named(name):
    """The same name in each language."""
    return {f"name_{code}": name for code in ("en", "fr", "ar")}


def keeper_of(edition):
    """Somebody who keeps the doors of an edition."""
    return DoorKeeper.objects.create(edition=edition, person=UserFactory()).person


def badge_of(edition, name="Salma Idrissi", role="press"):
    """A badge by hand."""
    return issue_by_hand(edition, actor=who_runs(edition), name=name, role=role)


def guest_at(edition, tier=Tier.VISITOR, state=GuestState.ADMITTED):
    """A registration; a buyer's is of a buyer that the marketplace knows."""
    person = buyer() if tier != Tier.VISITOR else None
    return Guest.objects.create(
        edition=edition,
        person=person.user if person else UserFactory(),
        organisation=person.organisation if person else None,
        tier=tier,
        state=state,
    )


def exhibitor_at(edition):
    """A cooperative with an owner that exhibits, and the owner."""
    owner = seller()
    return Exhibitor.objects.create(edition=edition, organisation=owner.organisation), owner


def told(door, code, way="in", at=None, **more):
    """A scan as a device writes it."""
    moment = int((at or timezone.now()).timestamp() * 1000)
    return {"key": str(uuid4()), "door": door.pk, "code": code, "way": way, "at": moment, **more}


def body_of(*scans, device="phone", sent_at=None):
    """What a device sends."""
    moment = int((sent_at or timezone.now()).timestamp() * 1000)
    return json.dumps({"device": device, "sent_at": moment, "scans": list(scans)}).encode()


def sending(*scans, **more):
    """What a device sent, as it was read."""
    return read_sending(body_of(*scans, **more))
