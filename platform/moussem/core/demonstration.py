"""What the demonstration is filled with.

Rooms register steps in their `demonstration.py`; `manage.py demo` runs them. A step may run again:
it brings its rows back in line with what it reads. It runs only when its own module or one of the
files it reads has changed since the last time.
"""

import hashlib
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone

from moussem.core.models import LastRun
from moussem.core.rooms import open_rooms

PREFIX = "demonstration:"


@dataclass(frozen=True)
class Step:
    """One part of the demonstration: reference data first (10), products (30), people (50), trade (70)."""

    name: str
    order: int
    label: str
    reads: tuple[Path, ...]
    run: Callable[[], object]
    # What it brings in stands around today, or around this hour, and is brought in anew each day or hour.
    daily: bool = False
    hourly: bool = False

    def fingerprint(self) -> str:
        """What the step works from, in one word."""
        digest = hashlib.sha256(Path(inspect.getfile(inspect.unwrap(self.run))).read_bytes())
        if self.daily or self.hourly:
            here = timezone.localtime(timezone=timezone.get_default_timezone())
            digest.update(f"{here:{'%F %H' if self.hourly else '%F'}}".encode())
        for path in self.reads:
            for file in sorted(path.rglob("*") if path.is_dir() else [path]):
                if file.is_file() and "__pycache__" not in file.parts:
                    digest.update(file.read_bytes())
        return digest.hexdigest()


@dataclass(frozen=True)
class SignIn:
    """A person of the demonstration that a visitor may be, and the page where most is to be seen as them."""

    email: str
    role: str
    page: str = ""


# Known to everybody, on purpose; `manage.py demo` prints it.
PASSWORD = "moussem-demo"  # noqa: S105
STEPS: dict[str, Step] = {}
SIGN_INS: list[SignIn] = []


def demonstrates(
    *, order: int, label: str, reads: Sequence[Path] = (), daily: bool = False, hourly: bool = False
) -> Callable[[Any], Any]:
    """Register a step: a function without arguments that may run twice."""

    def register(function: Callable[[], object]) -> Callable[[], object]:
        name = f"{function.__module__}.{function.__qualname__}"
        STEPS[name] = Step(name, order, label, tuple(reads), function, daily, hourly)
        return function

    return register


def steps_to_run() -> list[Step]:
    """The first step whose sources changed since it last ran, and every step after it, in their order."""
    open_rooms("demonstration")
    done = dict(LastRun.objects.filter(name__startswith=PREFIX).values_list("name", "fingerprint"))
    steps = sorted(STEPS.values(), key=lambda step: (step.order, step.name))
    changed = [done.get(PREFIX + step.name) != step.fingerprint() for step in steps]
    return steps[changed.index(True) :] if True in changed else []


def run_step(step: Step) -> None:
    """Run a step and remember what it worked from."""
    step.run()
    LastRun.objects.update_or_create(
        name=PREFIX + step.name, defaults={"at": timezone.now(), "fingerprint": step.fingerprint()}
    )
