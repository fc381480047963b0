import csv

import pytest
from django.core.management import CommandError, call_command

from catalogue.concepts.actions import (
    add_concept,
    bring_back,
    change_concept,
    load_concepts,
    load_reference_concepts,
)
from catalogue.concepts.errors import ConceptChangedMeanwhile, ConceptRefused
from catalogue.concepts.states import Source
from catalogue.models import Concept, ConceptVersion
from catalogue.search.tables import COLUMNS, reference_files, rows_of
from moussem.core.log import history_of
from moussem.core.models import LogEntry
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ROWS = (
    {"code": "spice", "kind": "thing", "en": "spice"},
    {
        "code": "saffron",
        "kind": "thing",
        "parents": "spice",
        "en": "saffron",
        "fr": "safran",
        "hs6": "091020",
    },
    {"code": "threads", "kind": "form", "en": "thread|pistil"},
)


@pytest.fixture
def sheet(tmp_path):
    """A file of rows: ``sheet({"code": …}, …)``."""

    def write(*rows):
        path = tmp_path / "words.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, COLUMNS, restval="")
            table.writeheader()
            table.writerows(rows)
        return path

    return write


@pytest.fixture
def saffron(sheet):
    """The saffron of a table of three concepts."""
    load_concepts([sheet(*ROWS)], source=Source.REFERENCE)
    return Concept.objects.get(code="saffron")


def every_row():
    return [list(model.objects.order_by("pk").values()) for model in (Concept, ConceptVersion, LogEntry)]


def with_aliases(concept, **aliases):
    return {**concept.content, "aliases": aliases}


def test_every_state_of_a_concept_is_kept(saffron):
    editor = UserFactory()
    first = saffron.content

    changed = change_concept(
        saffron, with_aliases(saffron, fr=["or rouge"]), actor=editor, seen_version=1, note="heard in Fez"
    )

    assert (changed.version, changed.changed_by, changed.source) == (2, editor, Source.EDITOR)
    assert list(saffron.versions.values_list("number", "content", "changed_by", "note")) == [
        (1, first, None, ""),
        (2, changed.content, editor.pk, "heard in Fez"),
    ]
    assert [(line.verb, line.actor) for line in history_of(saffron)] == [("concept_changed", editor)]


def test_version_brought_back_becomes_the_newest(saffron):
    editor = UserFactory()
    first = saffron.content
    change_concept(saffron, with_aliases(saffron, fr=["or rouge"]), actor=editor, seen_version=1)

    back = bring_back(saffron.versions.get(number=1), actor=editor, seen_version=2)

    assert (back.content, back.version, saffron.versions.count()) == (first, 3, 3)
    assert [line.verb for line in history_of(saffron)] == ["concept_changed", "concept_brought_back"]


def test_change_to_the_same_is_no_version(saffron):
    before = every_row()

    change_concept(saffron, saffron.content, actor=UserFactory(), seen_version=1)

    assert every_row() == before


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"kind": "animal"}, "no kind of concept"),
        ({"parents": ["condiment"]}, "“condiment”, which is no concept"),
        ({"parents": ["saffron"]}, "a kind of itself: saffron → saffron"),
        ({"aliases": {"fr": ["safran", "!!"]}}, "holds no letter and no digit"),
        ({"aliases": {"fr": [""]}}, "An alias is empty"),
        ({"aliases": {"fr": ["safran|or"]}}, "holds a bar"),
        ({"aliases": {"fr": ["saf\u202eran"]}}, "a hidden mark"),
        ({"hs6": ["0910"]}, "write its six digits"),
    ],
)
def test_unsound_change_is_refused_and_changes_nothing(saffron, said, sentence):
    editor = UserFactory()
    before = every_row()

    with pytest.raises(ConceptRefused, match=sentence):
        change_concept(saffron, {**saffron.content, **said}, actor=editor, seen_version=1)

    assert every_row() == before


def test_circle_over_others_is_refused_with_its_way(saffron):
    spice = Concept.objects.get(code="spice")
    before = every_row()

    with pytest.raises(ConceptRefused, match="spice → saffron → spice"):
        change_concept(spice, {**spice.content, "parents": ["saffron"]}, actor=UserFactory(), seen_version=1)

    assert every_row() == before


def test_change_of_an_older_version_is_refused(saffron):
    editor = UserFactory()
    change_concept(saffron, with_aliases(saffron, fr=["or rouge"]), actor=editor, seen_version=1)
    before = every_row()

    with pytest.raises(ConceptChangedMeanwhile, match="to version 2"):
        change_concept(saffron, with_aliases(saffron, fr=["crocus"]), actor=editor, seen_version=1)
    with pytest.raises(ConceptChangedMeanwhile):
        add_concept("saffron", saffron.content, actor=editor)

    assert every_row() == before


def test_files_written_from_the_database_are_the_files(tmp_path):
    load_reference_concepts()

    call_command("export_concepts", tmp_path / "out.csv")

    assert rows_of(tmp_path / "out.csv") == rows_of(*reference_files())


def test_file_loaded_again_changes_nothing(saffron, sheet):
    before = every_row()

    loaded = load_concepts([sheet(*ROWS)])

    assert (loaded.new, loaded.changed, len(loaded.same)) == ([], [], 3)
    assert every_row() == before


def test_what_an_editor_changed_is_kept_unless_forced(saffron, sheet, capsys):
    change_concept(saffron, with_aliases(saffron, fr=["or rouge"]), actor=UserFactory(), seen_version=1)

    call_command("load_concepts", sheet(*ROWS))
    kept = Concept.objects.get(code="saffron").aliases
    call_command("load_concepts", sheet(*ROWS), force=True)
    forced = Concept.objects.get(code="saffron")

    assert kept == {"fr": ["or rouge"]}
    assert (forced.content, forced.version, forced.source) == (saffron.content, 3, Source.FILE)
    assert capsys.readouterr().out.splitlines() == [
        "concepts of the search: 0 new, 0 changed, 2 as they were",
        "1 concept was changed on this site and kept; --force loads the file over it: saffron",
        "concepts of the search: 0 new, 1 changed, 2 as they were",
    ]


def test_reference_is_not_loaded_over_what_a_file_says(saffron, sheet):
    own = {**ROWS[1], "fr": "safran|or rouge"}
    load_concepts([sheet(own)])

    loaded = load_concepts([sheet(*ROWS)], source=Source.REFERENCE)

    assert (loaded.kept, Concept.objects.get(code="saffron").aliases["fr"]) == (
        ["saffron"],
        ["safran", "or rouge"],
    )


def test_bad_rows_are_told_with_their_lines_and_nothing_is_written(saffron, sheet):
    before = every_row()
    bad = (
        {"code": "argan", "kind": "thing", "en": "argan"},
        {"code": "argan", "kind": "thing"},
        {"code": "a", "kind": "animal"},
        {"code": "b", "kind": "thing", "parents": "nobody"},
        {"code": "spice", "kind": "thing", "parents": "saffron"},
        {"code": "c", "kind": "thing", "fr": "un||deux"},
        {"code": "d", "kind": "thing", "fr": "…"},
    )

    with pytest.raises(CommandError) as refused:
        call_command("load_concepts", sheet(*bad))

    assert [line.split(": ")[0] for line in str(refused.value).splitlines()[1:]] == [
        f"words.csv, line {number}" for number in (3, 7, 4, 5, 6, 8)
    ]
    assert every_row() == before


@pytest.mark.parametrize("content", [b"code,kind\nx,thing\n", b"\xff\xfe", b"", b"\0"])
def test_file_that_is_no_list_of_concepts_is_refused(saffron, tmp_path, content):
    before = every_row()
    (tmp_path / "words.csv").write_bytes(content)

    with pytest.raises(CommandError, match=r"words\.csv: "):
        call_command("load_concepts", tmp_path / "words.csv")

    assert every_row() == before


@pytest.mark.parametrize("alias", ["=HYPERLINK(1)", "+saffron", "-saffron", "@saffron"])
def test_alias_that_a_spreadsheet_would_compute_is_refused(saffron, alias):
    with pytest.raises(ConceptRefused, match="spreadsheets take for a formula"):
        change_concept(saffron, with_aliases(saffron, fr=[alias]), actor=UserFactory(), seen_version=1)

    assert saffron.version == 1
