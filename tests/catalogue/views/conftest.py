import pytest


@pytest.fixture
def words():
    """The text of an answer, its white space made single."""
    return lambda response: " ".join(response.content.decode().split())
