import json
import signal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from matchmaking.phrases import UNREADABLE, sentence_about
from matchmaking.reading import Unreadable
from tests.matchmaking.test_reading import document

pytestmark = pytest.mark.unit


def solved(folder, found, **options):
    """What the command writes for a document, and what it says."""
    (folder / "in.json").write_text(json.dumps(found))
    said = StringIO()
    call_command("solve_timetable", folder / "in.json", folder / "out.json", stderr=said, **options)
    return json.loads((folder / "out.json").read_text()), said.getvalue()


def test_a_timetable_is_written(tmp_path):
    answer, said = solved(tmp_path, document())

    meeting = {"request": 0, "slot": 1, "table": 0, "person_a": 0, "person_b": 1, "pool": 0}
    assert (answer["format"], answer["status"], answer["meetings"]) == ("b2b-schedule/1", "ok", [meeting])
    assert "value 120 of 120" in said


def test_contradicting_pins_are_named(tmp_path):
    pin = {"request": 0, "slot": 0, "table": 0, "person_a": 0, "person_b": 1, "pool": 0}

    answer, said = solved(tmp_path, document(pinned=[pin]))

    assert (answer["status"], answer["conflict"]) == ("infeasible", [0])
    assert "contradict each other: 0" in said


@pytest.mark.parametrize("left_out", ["requests", "tables", "interpreter_pools"])
def test_a_fair_that_lacks_something_has_an_empty_timetable(tmp_path, left_out):
    answer, _said = solved(tmp_path, document(**{left_out: [], "published": []}))

    assert answer["meetings"] == []


def test_a_clock_ends_the_search_early(tmp_path):
    answer, said = solved(tmp_path, document(), seconds=0)

    assert (len(answer["meetings"]), "stopped early" in said) == (1, True)


def test_a_wrong_file_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="The list “slots” is missing"):
        solved(tmp_path, document(slots=None))

    assert not (tmp_path / "out.json").exists()


def test_a_million_slots_are_refused_with_their_number(tmp_path):
    with pytest.raises(CommandError, match="“slots” has 1000000 rows; at most 1000 are solved"):
        solved(tmp_path, document(slots=[{}] * 1_000_000), seconds=1)

    assert not (tmp_path / "out.json").exists()


def test_a_row_that_cannot_be_is_refused_with_its_number(tmp_path):
    twice = [document()["slots"][0], document()["slots"][0] | {"id": 1}]

    with pytest.raises(CommandError, match="Row 1 of “slots” begins before the slot above it ends"):
        solved(tmp_path, document(slots=twice))

    assert not (tmp_path / "out.json").exists()


class Impatient(StringIO):
    """Whoever reads the first line of progress sends these signals at once."""

    def __init__(self, *signals):
        super().__init__()
        self.signals = list(signals)

    def write(self, text):
        super().write(text)
        while self.signals:
            signal.raise_signal(self.signals.pop())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_who_tells_it_to_end_has_what_was_found(tmp_path, number):
    (tmp_path / "in.json").write_text(json.dumps(document()))
    said, before = Impatient(number), signal.getsignal(number)

    call_command("solve_timetable", tmp_path / "in.json", tmp_path / "out.json", stderr=said)

    assert len(json.loads((tmp_path / "out.json").read_text())["meetings"]) == 1
    assert ("stopped early" in said.getvalue(), signal.getsignal(number)) == (True, before)


def test_who_tells_it_twice_has_nothing_written(tmp_path):
    (tmp_path / "in.json").write_text(json.dumps(document()))
    said, before = Impatient(signal.SIGINT, signal.SIGINT), signal.getsignal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        call_command("solve_timetable", tmp_path / "in.json", tmp_path / "out.json", stderr=said)

    assert [path.name for path in tmp_path.iterdir()] == ["in.json"]
    assert signal.getsignal(signal.SIGINT) == before


def test_a_request_that_is_pinned_twice_is_refused_in_a_sentence(tmp_path):
    pin = {"request": 0, "slot": 1, "table": 0, "person_a": 0, "person_b": 1, "pool": 0}

    with pytest.raises(CommandError, match="Row 1 of “pinned” holds request 0 at another place"):
        solved(tmp_path, document(pinned=[pin, pin | {"slot": 0}]))

    assert not (tmp_path / "out.json").exists()


def test_a_value_too_large_is_refused_with_the_largest_that_is_not(tmp_path):
    dear = document()["requests"][0] | {"value": 10**15 + 1}

    with pytest.raises(CommandError, match="1000000000000001 as “value”; at most 1000000000000000 is"):
        solved(tmp_path, document(requests=[dear]))

    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize("option", ["effort", "seconds"])
@pytest.mark.parametrize("found", [float("nan"), float("inf"), -1.0])
def test_an_effort_or_a_time_that_cannot_be_is_refused_in_a_sentence(tmp_path, option, found):
    with pytest.raises(CommandError, match=f"--{option}: {found} cannot be"):
        solved(tmp_path, document(), **{option: found})

    assert not (tmp_path / "out.json").exists()


def test_a_timetable_that_cannot_be_written_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "in.json").write_text(json.dumps(document()))

    with pytest.raises(CommandError, match="No such file or directory"):
        call_command("solve_timetable", tmp_path / "in.json", tmp_path / "no" / "out.json", stderr=StringIO())


def test_every_code_has_its_sentence():
    told = dict.fromkeys(("file", "line", "found", "wanted", "where", "row", "key", "slots"), "x")

    assert [code for code in UNREADABLE if "%(" in sentence_about(Unreadable(code, **told))] == []
