"""The desk of a seller, as its pages are tested."""

import pytest

from tests.factories.catalogue import ProductFactory


@pytest.fixture
def desk(client, seller):
    """A client signed in as the seller."""
    client.force_login(seller.user)
    return client


@pytest.fixture
def product(seller):
    """One of the seller's products."""
    return ProductFactory(organisation=seller.organisation)
