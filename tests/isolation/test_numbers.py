"""A number in an address may be longer than any row's: that is an address of nothing, never an error."""

import re

import pytest
from django.test import Client

from tests.isolation.addresses import owned
from tests.isolation.test_addresses import address_of, answers

pytestmark = [pytest.mark.integration, pytest.mark.walked, pytest.mark.django_db]

LENGTHS = (18, 20, 4000, 5000)


def with_long_numbers(address, length):
    """The address with its last number that long, where it has one."""
    return re.sub(r"\d+(?=\D*$)", "9" * length, address)


@pytest.mark.parametrize("length", LENGTHS)
def test_no_number_is_too_long_to_be_answered(scene, browser_of, length):
    browsers = {None: Client(raise_request_exception=False)}
    wrong = []
    for one in owned(scene):
        long = with_long_numbers(address_of(one), length)
        person = one.keeper.user
        if person not in browsers:
            browsers[person] = browser_of(person)
            browsers[person].raise_request_exception = False
        for browser in (browsers[None], browsers[person]):
            for method, answer in answers(browser, long, one.body).items():
                if answer.status_code >= 500:
                    wrong.append((method, one.name, answer.status_code))

    assert wrong == []
