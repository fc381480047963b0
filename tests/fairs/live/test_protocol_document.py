"""A stranger can write a client from the document: each command and event stands in it, and is true."""

import json
import re
from pathlib import Path

import pytest

from fairs.live import protocol
from fairs.live.commands import load_subjects
from fairs.live.errors import BY_CODE
from fairs.live.protocol import Close
from moussem.core.rooms import modules_named
from tests.house.plan import ROOT

pytestmark = pytest.mark.unit
load_subjects()
TEXT = (Path(ROOT) / "docs" / "live-protocol.md").read_text(encoding="utf-8")
FRAMES = [json.loads(one) for one in re.findall(r"```json\n(.+?)\n```", TEXT, re.DOTALL)]
SAID = [one for one in FRAMES if isinstance(one, dict) and "do" in one]
HEARD = [one for one in FRAMES if isinstance(one, dict) and "event" in one]


def test_every_command_and_event_has_its_part():
    parts = set(re.findall(r"^### `([a-z._]+)`$", TEXT, re.MULTILINE))

    assert parts == protocol.SHAPES.keys() | protocol.EVENTS.keys()


def test_every_command_has_an_example_that_is_understood():
    asked = [protocol.parse(json.dumps(one)) for one in SAID]

    assert {one.name for one in asked} == protocol.SHAPES.keys()


def test_every_event_has_an_example_as_it_is_sent():
    assert {one["event"] for one in HEARD} == protocol.EVENTS.keys()
    for one in HEARD:
        if one["event"] == "page":
            entries = [json.dumps(entry).encode() for entry in one["entries"]]
            sent = protocol.page(one["room"], entries, head=one["head"], more=one["more"])
        else:
            sent = protocol.event(one["event"], one["room"], one["body"], one.get("seq"))
        assert json.loads(sent) == one


def test_every_way_to_end_is_told():
    told = {
        int(code) for row in re.findall(r"^\| ([\d, ]+) \|", TEXT, re.MULTILINE) for code in row.split(",")
    }

    assert {int(code) for code in Close} <= told


def test_every_code_of_a_refusal_is_told():
    assert "fairs.live.errors" in set(modules_named("errors"))
    source = (Path(ROOT) / "fairs" / "live" / "errors.py").read_text(encoding="utf-8")
    codes = set(re.findall(r'code = "(\w+)"', source)) | BY_CODE.keys()

    assert [code for code in sorted(codes) if f"`{code}`" not in TEXT] == []
