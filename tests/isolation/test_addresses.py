"""No address shows or changes what belongs to others. A new address fails here until it is classified."""

import re

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.factories.trade import member_of
from tests.isolation.addresses import PUBLIC, names_with_arguments, owned
from tests.isolation.scene import strangers_to
from tests.isolation.watching import state_of_the_database

pytestmark = [pytest.mark.integration, pytest.mark.walked, pytest.mark.django_db]

TURNED_AWAY = {404, 405}
# Everybody reads the page of a session, which says who may enter its live room.
PAGE_OF_SESSION = re.compile(r"/en/fairs/[\w-]+/programme/\d+/")
# Who works for a checked agency or chamber records what a cooperative consents to.
OF_BODIES = {"organisations:record_consent"}


def answers(browser, address, body):
    """What reading an address and sending to it give."""
    return {"GET": browser.get(address), "POST": browser.post(address, body)}


def is_turned_away(answer):
    """Whether the answer is that of an address of nothing, or leads from a live room to its session."""
    to_session = PAGE_OF_SESSION.fullmatch(answer.get("Location", "")) and not answer.content
    return answer.status_code in TURNED_AWAY or (answer.status_code == 302 and bool(to_session))


def reached(answer):
    """Whether somebody got somewhere else than to the sign-in."""
    to_sign_in = answer.get("Location", "").startswith("/en/account/")
    return answer.status_code in (200, 302, 422) and not to_sign_in


def address_of(one):
    return reverse(one.name, kwargs=one.kwargs)


def leaks(who, browser, entries):
    """Everything that a stranger was not turned away from, or changed."""
    found, before = [], state_of_the_database()
    for one in entries:
        for method, answer in answers(browser, address_of(one), one.body).items():
            if not is_turned_away(answer):
                found.append((who, method, one.name, answer.status_code))
    return found if state_of_the_database() == before else [*found, (who, "changed something")]


def test_every_address_with_an_argument_is_classified(scene):
    ours = {one.name for one in owned(scene)}

    assert names_with_arguments() == ours | set(PUBLIC)


def test_keeper_reaches_every_owned_address(scene, browser_of):
    """Else a 404 for strangers would prove nothing."""
    missed = []
    for one in owned(scene):
        browser = browser_of(one.keeper.user)
        with transaction.atomic():
            read, sent = answers(browser, address_of(one), one.body).values()
            transaction.set_rollback(True)
        if not (reached(read) or reached(sent)):
            missed.append((one.name, read.status_code, sent.status_code))

    assert missed == []


def test_stranger_neither_reads_nor_changes_anything(scene, browser_of):
    found = []
    for who, person in strangers_to(scene.a, scene.x, scene).items():
        # A delegate may always read what was consented to in their own name.
        own = {"organisations:consents"} if "delegate whose" in who else set()
        own |= OF_BODIES if "organiser" in who else set()
        found += leaks(who, browser_of(person), [one for one in owned(scene) if one.name not in own])

    assert found == []


def test_visitor_is_sent_to_sign_in_or_finds_nothing(scene):
    browser, found, before = Client(), [], state_of_the_database()
    for one in owned(scene):
        for method, answer in answers(browser, address_of(one), one.body).items():
            to_sign_in = answer.status_code == 302 and answer["Location"].startswith("/en/account/")
            if not to_sign_in and not is_turned_away(answer):
                found.append((method, one.name, answer.status_code))

    assert found == []
    assert state_of_the_database() == before


def test_other_side_of_a_trade_finds_only_what_is_shared(scene, browser_of):
    private = [one for one in owned(scene) if not one.shared]
    sides = {
        side: [one for one in private if one.keeper.organisation != side]
        for side in (scene.a.organisation, scene.x.organisation, scene.o.organisation)
    }

    found = leaks("the seller", browser_of(scene.a.owner.user), sides[scene.a.organisation])
    found += leaks("the buyer", browser_of(scene.x.owner.user), sides[scene.x.organisation])
    fair = [one for one in sides[scene.o.organisation] if one.name not in OF_BODIES]
    found += leaks("the organiser", browser_of(scene.o.owner.user), fair)

    assert found == []


def test_viewer_changes_nothing_of_its_own_organisation(scene, browser_of):
    """A member who may only look sends what an owner could send."""
    for side in (scene.a, scene.x, scene.o):
        browser = browser_of(member_of(side.organisation, "viewer").user)
        before = state_of_the_database()
        for one in owned(scene):
            browser.post(address_of(one), one.body)
            assert (one.name, state_of_the_database()) == (one.name, before)
