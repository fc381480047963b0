import dataclasses

import pytest
import time_machine

from moussem.core import demonstration
from moussem.core.demonstration import Step, run_step, steps_to_run

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def steps(monkeypatch, tmp_path):
    """Two steps that read one file each, and what ran."""
    ran = []
    made = {}
    for order, name in ((20, "products"), (10, "regions")):
        file = tmp_path / name
        file.write_text("one")
        made[name] = Step(name, order, name, (file,), lambda name=name: ran.append(name))
    monkeypatch.setattr(demonstration, "STEPS", made)
    monkeypatch.setattr(demonstration, "open_rooms", lambda *names: None)
    return tmp_path, ran


def run_all():
    for step in steps_to_run():
        run_step(step)


def test_steps_run_in_their_order_and_once(steps):
    _folder, ran = steps

    run_all()
    run_all()

    assert ran == ["regions", "products"]


def test_step_whose_file_changed_runs_again_with_those_after_it(steps):
    folder, ran = steps
    run_all()

    (folder / "regions").write_text("two")
    run_all()

    assert ran == ["regions", "products"] * 2


def test_step_before_the_change_does_not_run_again(steps):
    folder, ran = steps
    run_all()

    (folder / "products").write_text("two")
    run_all()

    assert ran == ["regions", "products", "products"]


def test_step_of_an_hour_runs_again_in_the_next(steps, monkeypatch):
    _folder, ran = steps
    hour = dataclasses.replace(demonstration.STEPS["products"], hourly=True)
    monkeypatch.setitem(demonstration.STEPS, "products", hour)

    for moment in ("2026-11-27 10:05", "2026-11-27 10:55", "2026-11-27 11:00"):
        with time_machine.travel(f"{moment}+00:00", tick=False):
            run_all()

    assert ran == ["regions", "products", "products"]
