import pytest

from matchmaking.demonstration import COMPILING, compile_beside, warm_solver

pytestmark = pytest.mark.unit


def test_the_solver_compiles_in_a_process_of_its_own():
    assert compile_beside().wait(timeout=120) == 0


def test_only_the_demonstration_compiles_ahead():
    warm_solver()

    assert COMPILING == []
