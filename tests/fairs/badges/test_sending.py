"""What a hostile or broken device sends is refused with a sentence, and nothing of it is kept."""

import json
from uuid import uuid4

import pytest

from fairs.badges.errors import TooManyScans, UnreadableScans
from fairs.badges.sending import MOST_AT_ONCE, MOST_BYTES, read_sending

pytestmark = pytest.mark.unit

NOW = 1_800_000_000_000
SCAN = {"key": "0c5c0f7e-1f0e-4b69-9a3c-2f8de8f0a111", "door": 1, "code": "MA-0001", "way": "in", "at": NOW}


def body(*scans, **more):
    return json.dumps({"device": "phone", "sent_at": NOW, "scans": list(scans), **more}).encode()


def test_scan_is_read():
    read = read_sending(body(SCAN))

    assert [(one.door, one.code, one.way, one.shown) for one in read.scans] == [(1, "MA-0001", "in", "")]


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"7",
        b"[" * 100_000,
        b'{"device": "phone", "sent_at": 1, "scans": {}}',
        b'{"device": "phone", "sent_at": NaN, "scans": []}',
        body(device=""),
        body(device="x" * 41),
        body(device=None),
        body(sent_at="now"),
        body(sent_at=-1),
        body(sent_at=10**40),
        body(sent_at=True),
        body(None),
        body([1, 2]),
        body(SCAN, SCAN),
    ],
)
def test_body_that_is_no_list_of_scans_is_refused(sent):
    with pytest.raises(UnreadableScans):
        read_sending(sent)


@pytest.mark.parametrize(
    "change",
    [
        {"key": "1"},
        {"key": 7},
        {"key": None},
        {"door": "1"},
        {"door": True},
        {"door": 0},
        {"door": 2**80},
        {"door": 1.5},
        {"code": ""},
        {"code": "x" * 301},
        {"code": "a\0b"},
        {"code": "\ud800"},
        {"code": ["MA-0001"]},
        {"way": "up"},
        {"way": ["in"]},
        {"way": {}},
        {"at": "2026-01-01"},
        {"at": 1e300},
        {"at": -5},
        {"shown": "yes"},
        {"shown": ["in"]},
    ],
)
def test_scan_of_wrong_kinds_is_refused(change):
    with pytest.raises(UnreadableScans):
        read_sending(body({**SCAN, **change}))


def test_thousands_of_scans_are_refused():
    many = [{**SCAN, "key": str(uuid4())} for _number in range(MOST_AT_ONCE + 1)]
    with pytest.raises(TooManyScans):
        read_sending(body(*many))
    with pytest.raises(TooManyScans):
        read_sending(body(*many * 50))


def test_huge_body_is_refused():
    with pytest.raises(TooManyScans):
        read_sending(b" " * (MOST_BYTES + 1))
