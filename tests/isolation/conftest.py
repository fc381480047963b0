import logging
from types import SimpleNamespace

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.test import Client
from django.urls import get_resolver

from tests.isolation.scene import build


@pytest.fixture
def scene(settings, caplog):
    """Two cooperatives and two buyers, in a demonstration, since that has one address more."""
    # Each answer to a stranger is a warning of Django's.
    caplog.set_level(logging.ERROR, "django.request")
    # Addresses are read once a process: those of the demonstration must not stay for other tests.
    assert get_resolver().url_patterns
    settings.DEMONSTRATION = True
    return build()


@pytest.fixture
def browser_of():
    """A browser where this person has just signed in, whatever second step they use."""

    def sign_in(person):
        browser = Client()
        browser.force_login(person)
        session = browser.session
        request = SimpleNamespace(session=session)
        record_authentication(request, person, method="password", reauthenticated=True)
        session.save()
        return browser

    return sign_in
