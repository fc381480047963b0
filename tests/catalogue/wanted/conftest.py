from functools import partial

import pytest

from catalogue.wanted.actions import ask_for, save_search
from tests.factories.organisations import MembershipFactory


@pytest.fixture
def buyer(db):
    """The owner of a buyer; ``buyer.user`` asks and saves."""
    return MembershipFactory(organisation__buyer=True)


@pytest.fixture
def desk(client, buyer):
    """A browser where the buyer has signed in."""
    client.force_login(buyer.user)
    return client


@pytest.fixture
def asked(buyer):
    """A request of the buyer: ``asked("saffron", quantity=…)``."""
    return partial(ask_for, actor=buyer.user, organisation=buyer.organisation, language="en")


@pytest.fixture
def saved(buyer):
    """A saved search of the buyer: ``saved("q=safran")``."""

    def save(query="q=safran", name="Saffron", actor=buyer.user, language="en"):
        return save_search(query, name=name, actor=actor, language=language, currency="EUR")[0]

    return save
