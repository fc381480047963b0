"""Staff's pages open to staff alone, and those of the editors to editors."""

import re

import pytest
from django.test import Client

from tests.isolation.addresses import staff_addresses
from tests.isolation.watching import state_of_the_database

pytestmark = [pytest.mark.integration, pytest.mark.walked, pytest.mark.django_db]

# Sign-in, sign-out, and the words and icons of the scripts: for whoever knocks.
OPEN = ("/login/", "/logout/", "/jsi18n/", "/sprite/")
SAMPLES = {"path": "1", "int": "1", "str": "1", "slug": "a"}
# A word without a kind, and the numbers of a comparison.
UNNAMED = re.compile(r"<\w+>|\(\?P<(?:pk|revision_id_[ab])>[^)]*\)")


def sample(route):
    """A route with something in the place of each argument."""
    filled = UNNAMED.sub("1", re.sub(r"<(\w+):\w+>", lambda found: SAMPLES[found[1]], route))
    filled = re.sub(r"\(\?P<\w+>[^)]*\)", "auth", filled)
    return "/" + filled.strip("^$").replace("$", "")


def test_nobody_but_staff_gets_behind_staff_addresses(scene, browser_of):
    people = [Client(), *(browser_of(one.owner.user) for one in (scene.a, scene.x, scene.o))]
    found, before = [], state_of_the_database()
    closed = [one for one in map(sample, staff_addresses()) if not one.endswith(OPEN)]
    for address in closed:
        for browser in people:
            for answer in (browser.get(address), browser.post(address, {"action": "delete_selected"})):
                at_the_door = answer.status_code == 302 and "login" in answer["Location"]
                if not at_the_door and answer.status_code not in (403, 404, 405):
                    found.append((address, answer.status_code))

    assert closed and found == []
    assert state_of_the_database() == before
