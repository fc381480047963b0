"""The plan of the house as data: storeys from the roof down, and where a module or a file stands."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# From the roof to the foundation; each may look at those after it.
STOREYS = {
    "moussem.config": "platform/moussem/config",
    "cms": "cms",
    "moussem.observatory": "platform/moussem/observatory",
    "matchmaking": "matchmaking",
    "fairs": "fairs",
    "moussem.trade": "platform/moussem/trade",
    "catalogue": "catalogue",
    "moussem.programmes": "platform/moussem/programmes",
    "moussem.organisations": "platform/moussem/organisations",
    "moussem.people": "platform/moussem/people",
    "moussem.regions": "platform/moussem/regions",
    "moussem.core": "platform/moussem/core",
}
NAMES = list(STOREYS)
ROOM_FILES = {
    "states",
    "errors",
    "rules",
    "models",
    "queries",
    "actions",
    "forms",
    "views",
    "consumers",
    "tasks",
    "urls",
    "events",
    "receivers",
    "panels",
}


def storey_of_module(module: str) -> str | None:
    """The storey of a dotted name, or None when it is not ours."""
    return next((name for name in NAMES if module == name or module.startswith(name + ".")), None)


def storey_of_file(path: Path) -> str | None:
    """The storey of a file, or None when it stands outside."""
    return next((name for name, folder in STOREYS.items() if path.is_relative_to(ROOT / folder)), None)


def looks_up(below: str, above: str) -> bool:
    """Whether ``above`` stands higher than ``below``."""
    return NAMES.index(above) < NAMES.index(below)


def files(*suffixes: str, tests: bool = False, migrations: bool = False) -> Iterator[Path]:
    """Our files with one of these suffixes, sorted."""
    folders = ["tests"] if tests else [*STOREYS.values(), "bench"]
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in suffixes and (migrations or "migrations" not in path.parts):
                yield path


def relative(path: Path) -> str:
    """The path as a person reads it."""
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Each function of a Python file and how many lines it takes."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def lines(path: Path) -> int:
    """How many lines a file has."""
    return len(path.read_text(encoding="utf-8").splitlines())
