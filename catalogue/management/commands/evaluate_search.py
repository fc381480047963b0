import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalogue.search.elastic import ElasticEngine
from catalogue.search.embedded import EmbeddedEngine
from catalogue.search.engine import Engine, EngineDown
from catalogue.search.evaluation import answers, fill
from catalogue.search.lines import lines_of
from catalogue.search.tables import reference_lexicon

NEEDED = ("products", "queries", "out")


class Command(BaseCommand):
    help = "Index a catalogue of JSON lines apart from the site's, and write what questions find in it."

    def add_arguments(self, parser: CommandParser) -> None:
        for name in NEEDED:
            parser.add_argument(f"--{name}", type=Path, required=True)
        parser.add_argument("--engine", choices=["embedded", "elasticsearch"], default="embedded")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write ``{"question": ["offer", … at most 50]}``; a file that cannot be read changes nothing."""
        lexicon = reference_lexicon()
        try:
            questions = list(lines_of(options["queries"]))
            with TemporaryDirectory() as folder:
                engine = self.engine(options["engine"], Path(folder))
                try:
                    sellers = fill(engine, lines_of(options["products"]), lexicon)
                    self.stderr.write(f"{len(sellers)} offers indexed; asking {len(questions)} questions")
                    found = answers(engine, questions, lexicon, sellers)
                finally:
                    engine.drop()
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"A file could not be read ({error!r}). Nothing was written.") from error
        except EngineDown as error:
            raise CommandError(f"The engine does not answer ({error}). Nothing was written.") from error
        options["out"].write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
        self.stderr.write(f"Written to {options['out']}")

    def engine(self, name: str, folder: Path) -> Engine:
        """An engine with an index of its own, that is dropped afterwards."""
        if name == "embedded":
            return EmbeddedEngine(folder)
        if not settings.ELASTICSEARCH_URL:
            raise CommandError("ELASTICSEARCH_URL names no server. Nothing was written.")
        return ElasticEngine(settings.ELASTICSEARCH_URL, f"evaluation-{uuid4().hex}")
