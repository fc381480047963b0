import pytest

from cms.actions.planting import plant


@pytest.fixture
def house(db):
    """The house as it stands before its first editor."""
    plant()
