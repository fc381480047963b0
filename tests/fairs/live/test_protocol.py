import json
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairs.live import protocol
from fairs.live.commands import load_subjects
from fairs.live.errors import BY_CODE, refused
from fairs.live.protocol import Unreadable, Wrong

pytestmark = pytest.mark.unit
load_subjects()
UUID = str(uuid4())


def said(**body):
    return protocol.command("chat.say", "7", **{"room": 3, "uuid": UUID, "text": "Salam", **body})


def code_of(frame):
    with pytest.raises(Unreadable) as caught:
        protocol.parse(frame)
    return caught.value.code


def test_a_command_is_read_as_it_was_sent():
    asked = protocol.parse(said())

    assert (asked.name, asked.ref, asked.room) == ("chat.say", "7", 3)
    assert (str(asked.body["uuid"]), asked.body["text"]) == (UUID, "Salam")


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (b"", "live_frame_malformed"),
        (b"[]", "live_frame_malformed"),
        (b"\xff\xfe", "live_frame_malformed"),
        (b"[" * 5_000, "live_frame_malformed"),
        (b'{"v":1,"do":"chat.say","body":[]}', "live_frame_malformed"),
        (b'{"v":1,"do":"chat.say","ref":7,"body":{}}', "live_frame_malformed"),
        (b'{"v":1,"do":"chat.say","ref":"' + b"x" * 41 + b'"}', "live_frame_malformed"),
        (b'{"v":1,"do":"room.join","body":{"room":' + b"9" * 5_000 + b"}}", "live_frame_malformed"),
        (b'{"v":2,"do":"chat.say"}', "live_version_unknown"),
        (b'{"v":true,"do":"chat.say"}', "live_version_unknown"),
        (b'{"v":1.0,"do":"chat.say"}', "live_version_unknown"),
        (b'{"do":"chat.say"}', "live_version_unknown"),
        (b'{"v":1,"do":"chat.shout"}', "live_command_unknown"),
        (said(text=""), "live_field_wrong"),
        (said(text="   "), "live_field_wrong"),
        (said(text="x" * 1_001), "live_field_wrong"),
        (said(text="a\0b"), "live_field_wrong"),
        (said(text="\u202etxt.exe"), "live_field_wrong"),
        (said(text="\u200b\u200f \u2800\u3164"), "live_field_wrong"),
        (said(text="a" + "\u0336" * 6), "live_field_wrong"),
        (said(text=7), "live_field_wrong"),
        (said(uuid="7"), "live_field_wrong"),
        (said(uuid=None), "live_field_wrong"),
        (said(room=0), "live_field_wrong"),
        (said(room=True), "live_field_wrong"),
        (said(room="3"), "live_field_wrong"),
        (said(room=2**60), "live_field_wrong"),
        (said(strange=1), "live_field_wrong"),
        (said(text="x" * 9_000), "live_frame_too_long"),
        (said(text="?").replace(b"?", rb"\udc80"), "live_field_wrong"),
    ],
)
def test_frame_that_says_nothing_is_refused_by_its_code(frame, code):
    assert code_of(frame) == code


def test_refusal_names_the_command_it_answers():
    with pytest.raises(Unreadable) as caught:
        protocol.parse(said(text=""))

    assert (caught.value.ref, caught.value.facts) == ("7", {"field": "text"})


def test_every_code_of_the_protocol_has_its_sentence():
    assert all(str(refused(Unreadable(code, most="1", version="1", field="text"))) for code in BY_CODE)


def test_field_that_is_not_told_has_what_stands_for_it():
    assert protocol.parse(protocol.command("room.join", "", room=1)).body == {"room": 1, "since": None}


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        (protocol.whole(9), 9, 10),
        (protocol.whole(9, least=2), 2, 1),
        (protocol.choice("yes", "no"), "yes", "maybe"),
        (protocol.flag(), True, 1),
        (protocol.raw(5), " a\r\n", "a\0"),
        (protocol.many(protocol.whole(9), 2), [1, 2], [1, 2, 3]),
        (protocol.many(protocol.whole(9), 2), [], "12"),
    ],
)
def test_field_takes_what_it_says_and_nothing_else(field, good, bad):
    assert field.read(good) == (tuple(good) if isinstance(good, list) else good)
    with pytest.raises(Wrong):
        field.read(bad)


def test_empty_lines_are_told_as_one():
    assert protocol.parse(said(text="a\n" + " \n" * 900 + "b\nc\n\nd")).body["text"] == "a\n\nb\nc\n\nd"


def test_pages_hold_entries_that_were_encoded_before():
    entry = protocol.event("entry", 3, {"kind": "chat", "data": {"text": "سلام"}}, 8)

    told = json.loads(protocol.page(3, [entry, entry], head=9, more=True))

    assert told == {
        "v": 1, "event": "page", "room": 3, "head": 9, "more": True, "entries": [json.loads(entry)] * 2,
    }  # fmt: skip


@given(st.binary(max_size=300) | st.text(max_size=300))
def test_nothing_that_is_sent_breaks_the_reader(frame):
    try:
        protocol.parse(frame)
    except Unreadable as unreadable:
        assert unreadable.code in BY_CODE


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)


@given(st.sampled_from(sorted(protocol.SHAPES)), st.dictionaries(st.text(max_size=8), JSON, max_size=4), JSON)
def test_command_is_read_whole_or_refused(name, body, room):
    frame = json.dumps({"v": 1, "do": name, "ref": "r", "body": {"room": room, **body}})
    try:
        asked = protocol.parse(frame)
    except Unreadable as unreadable:
        assert unreadable.code in BY_CODE
    else:
        assert asked.body.keys() == protocol.SHAPES[name].fields.keys()


@given(st.text(max_size=200), st.integers(1, 2**50))
def test_what_is_sent_comes_back_the_same(text, room):
    frame = protocol.command("chat.say", "1", room=room, uuid=UUID, text=text)
    try:
        asked = protocol.parse(frame)
    except Unreadable:
        return
    assert (asked.room, asked.body["text"].split()) == (room, text.split())


def test_frames_that_are_passed_on_are_known_by_how_they_are_written():
    entry = protocol.event("entry", 12, {"kind": "chat"}, 41)
    erased = protocol.event("erased", 12, {"seqs": [41]})
    other = protocol.event("entry.other", 12, {})
    frames = [entry, erased, other]
    empty, full = (protocol.page(12, told, head=41, more=False) for told in ([], [entry, entry]))

    assert [one.startswith(protocol.ENTRY) for one in frames] == [True, False, False]
    assert [one.startswith(protocol.ERASED) for one in frames] == [False, True, False]
    assert [one.endswith(protocol.NO_ENTRIES) for one in (empty, full)] == [True, False]
    assert [json.loads(one)["entries"] for one in (empty, full)] == [[], [json.loads(entry)] * 2]
