"""Files of the index that a full disk or a bad copy cut short in place: nobody dies, and it is built anew."""

import os
import subprocess
import sys

import pytest

from catalogue.search import indexing
from catalogue.search.document import Document
from catalogue.search.embedded import PARTS, EmbeddedEngine
from catalogue.tasks import heal_the_index
from tests.catalogue.search.test_index_damage import answered
from tests.factories.catalogue import ProductFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
# What a process does with an index: all of it, after a file of it was cut, and then again.
USES = """
import os, sys, time
from pathlib import Path
from catalogue.search import embedded
from catalogue.search.embedded import EmbeddedEngine
from catalogue.search.engine import EngineDown
from catalogue.search.ranking import Plan

# Nobody else writes, so nobody is waited for, and the process ends at once: threads of the library's own
# may still look at a cut file, which no check of ours can keep them from.
embedded.TURN = 0
folder, part, share = Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])
engine = EmbeddedEngine(folder, makes_index=False)
uses = [engine.count, lambda: engine.ask(Plan()), lambda: list(engine.ids()), engine.see,
        lambda: engine.write([]), engine.settle, lambda: EmbeddedEngine(folder, makes_index=False)]
# A thread of the library looks once at what was opened, before the engine can tell it not to.
time.sleep(0.2)
for file in folder.glob(f"*.{part}"):
    os.truncate(file, int(file.stat().st_size * share))
for use in uses:
    try:
        use()
    except EngineDown:
        print("down", end=" ")
sys.stdout.flush()
os._exit(0)
"""


def cut(folder, part, share=0.5):
    for file in folder.glob(f"*.{part}"):
        os.truncate(file, int(file.stat().st_size * share))


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """An index that is larger than a page of memory."""
    folder = tmp_path_factory.mktemp("index")
    engine = EmbeddedEngine(folder)
    engine.write(Document(str(n), {}, {}, (f"w{n}", "saffron"), (f"b{n}",)) for n in range(20_000))
    engine.settle()
    return folder


@pytest.mark.parametrize("share", [0, 0.5])
@pytest.mark.parametrize("part", [*PARTS, "fieldnorm", "pos"])
def test_process_whose_index_is_cut_short_is_told_and_lives(written, tmp_path, part, share):
    folder = tmp_path / "index"
    subprocess.run(["cp", "-r", written, folder], check=True)

    told = subprocess.run(
        [sys.executable, "-c", USES, folder, part, str(share)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )

    assert (told.returncode, told.stdout.split()) == (0, ["down"] * 7), told.stderr


@pytest.mark.parametrize("part", PARTS)
def test_index_cut_short_under_a_process_is_answered_for_and_built_anew(searching, client, part):
    shelf = searching("embedded")
    ProductFactory.create_batch(2)
    indexing.rebuild()
    damaged = shelf._named()
    assert answered(client) == (200, 2, False)
    cut(shelf.root / damaged, part)

    assert (answered(client), shelf.fits()) == ((200, 2, True), False)
    heal_the_index()

    assert (shelf._named() == damaged, shelf.fits(), answered(client)) == (False, True, (200, 2, False))


def test_shorter_file_that_takes_the_place_of_an_open_one_stops_nobody(tmp_path):
    engine = EmbeddedEngine(tmp_path / "index")
    engine.write([Document("1", {}, {}, ("saffron",), ("safran",))])
    engine.settle()
    reader = EmbeddedEngine(tmp_path / "index", makes_index=False)
    for part in PARTS:
        for file in (tmp_path / "index").glob(f"*.{part}"):
            (tmp_path / "shorter").write_bytes(b"")
            (tmp_path / "shorter").replace(file)

    assert (reader.count(), list(reader.ids())) == (1, ["1"])


def test_files_that_a_writer_threw_away_stop_nobody_who_has_them_open(searching):
    shelf = searching("embedded")
    products = ProductFactory.create_batch(12)
    indexing.rebuild()
    reader = type(shelf)(shelf.root).current()
    for product in products:
        indexing.put(shelf.current(), [product.pk], version=0)

    assert (reader.count(), len(list(reader.ids()))) == (12, 12)
    reader.see()
    assert reader.count() == 12
