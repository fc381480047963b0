"""No text keeps the patterns of search busy for ever."""

import importlib
import json
import pkgutil
import re
import subprocess
import sys
from re import _constants, _parser

import pytest

import catalogue.search

pytestmark = pytest.mark.unit
# As long as a question may be.
LONGEST = 200
# Some hundred times what is needed: to be told from for ever.
GENEROUS = 120
# So often a part may be said whose words can be parted in several ways.
FEW = 5
GREEDY = (_constants.MAX_REPEAT, _constants.MIN_REPEAT)
RUN = """
import json, re, sys
for source, flags, texts in json.load(sys.stdin):
    pattern = re.compile(source, flags)
    for text in texts:
        pattern.sub(" ", text), pattern.fullmatch(text)
"""


def _patterns_in(value):
    if isinstance(value, re.Pattern):
        return [value]
    if isinstance(value, tuple | list):
        return [pattern for each in value for pattern in _patterns_in(each)]
    return _patterns_in(list(value.values())) if isinstance(value, dict) else []


def _patterns():
    found = {}
    for module in pkgutil.iter_modules(catalogue.search.__path__, "catalogue.search."):
        for name, value in vars(importlib.import_module(module.name)).items():
            for number, pattern in enumerate(_patterns_in(value)):
                found.setdefault(pattern, f"{module.name.rpartition('.')[2]}.{name}.{number}")
    return {name: pattern for pattern, name in found.items()}


PATTERNS = _patterns()


def _inside(parsed):
    """All that a parsed pattern is made of: its operations with their arguments."""
    for operation, argument in parsed:
        yield operation, argument
        for part in argument if isinstance(argument, tuple) else (argument,):
            for each in part if isinstance(part, list) else (part,):
                if isinstance(each, _parser.SubPattern):
                    yield from _inside(each)


def _is_parted_in_one_way(body):
    shortest, longest = body.getwidth()
    return shortest == longest and all(operation is not _constants.BRANCH for operation, _ in _inside(body))


def _loose(pattern):
    """The parts that are said often and may be parted in several ways: their number is an exponent."""
    parsed = _parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    for operation, argument in _inside(parsed):
        if operation in GREEDY and argument[1] > FEW and not _is_parted_in_one_way(argument[2]):
            yield argument[2]


@pytest.mark.parametrize(
    "source", ["(?:a|ab|b)+c", r"(?:\w\s*)+x", "(a|a)*b", "(?:in(?: under)?|under){1,9}5"]
)
def test_a_part_that_is_parted_in_many_ways_is_seen(source):
    assert list(_loose(re.compile(source)))


@pytest.mark.parametrize(
    "source", [r"\d{1,3}(?:[ .]\d{3})+", "(?:a|ab|b)++c", r"(?:\S+\s+){0,3}x", r"\w+\s*x"]
)
def test_a_part_that_is_parted_in_one_way_is_none(source):
    assert list(_loose(re.compile(source))) == []


@pytest.mark.parametrize("name", PATTERNS)
def test_nothing_that_is_said_often_can_be_parted_in_several_ways(name):
    assert list(_loose(PATTERNS[name])) == []


def _texts(pattern):
    """Every word of a pattern, and what may stand between, said over and over."""
    told = dict.fromkeys(re.findall(r"[^\W\d_]+", pattern.pattern))
    said = [*told, "1", "1.000", "1 000", "x1", "\u20ac", "%", "d'", "g.", "\u0640"]
    for word in said:
        for between in (" ", "  ", "-", ".", ": ", " 1 ", ""):
            yield (f"{word}{between}" * LONGEST)[:LONGEST]
            yield (f"{word}{between}" * LONGEST)[: LONGEST - 1] + "!"
    for mark in " .,:/-'1":
        yield mark * LONGEST


def test_every_pattern_comes_to_an_end_over_its_own_words_said_again_and_again():
    asked = [(one.pattern, one.flags, list(_texts(one))) for one in PATTERNS.values()]

    ended = subprocess.run([sys.executable, "-c", RUN], input=json.dumps(asked), text=True, timeout=GENEROUS)

    assert ended.returncode == 0
    assert len(asked) > 30
