"""A form that arrives without a single field breaks nothing, whoever sends it and wherever it goes."""

import re

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from tests.isolation.addresses import STAFF, UPLOADS, owned, patterns

pytestmark = [pytest.mark.integration, pytest.mark.walked, pytest.mark.django_db]
# What nobody has: a number, or a word, in the place of an argument.
ARGUMENT = re.compile(r"<(?:(\w+):)?\w+>")
NUMBER = {"int": "1", "uuid": "00000000-0000-4000-8000-000000000001"}


def addresses():
    """Every address outside staff's, with one of nobody's objects where it takes an argument."""
    for name, route, _takes in patterns(get_resolver()):
        if not route.startswith((UPLOADS, *STAFF)) and "(" not in route:
            yield name, "/" + ARGUMENT.sub(lambda one: NUMBER.get(one[1], "none"), route)


def broken_by_an_empty_form(browser, asked):
    """The names of the addresses that fail; what the others change is undone."""
    browser.raise_request_exception = False
    found = []
    for name, address in asked:
        with transaction.atomic():
            if browser.post(address, {}).status_code >= 500:
                found.append(name)
            transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("who", ["anybody", "buyer", "seller", "organiser"])
def test_empty_form_breaks_no_address(scene, browser_of, who):
    people = {"buyer": scene.y.owner, "seller": scene.b.owner, "organiser": scene.o.owner}
    browser = Client() if who == "anybody" else browser_of(people[who].user)

    assert broken_by_an_empty_form(browser, addresses()) == []


def test_empty_form_of_its_keeper_breaks_no_address(scene, browser_of):
    kept = {}
    for one in owned(scene):
        kept.setdefault(one.keeper.user, []).append((one.name, reverse(one.name, kwargs=one.kwargs)))

    assert {who: broken_by_an_empty_form(browser_of(who), asked) for who, asked in kept.items()} == {
        who: [] for who in kept
    }
