"""The translation catalogues without GNU gettext: gathered, merged and compiled by Babel."""

import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

Spec = tuple[Any, ...] | None
KEYWORDS: dict[str, Spec] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
COMMENT_TAGS = ("Translators:",)
UNREAD = {"migrations", "reference", "locale"}
STOREYS = ("platform/moussem", "catalogue", "matchmaking", "fairs", "cms")
# Catalogues are compared in reviews; a fixed date keeps a run without new texts from changing them.
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)


def extract_template(fileobj: Any, keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    """The messages of a Django template: Django turns it into Python, Babel reads that."""
    source = templatize(fileobj.read().decode("utf-8"))
    # What is not a message has become X's whose indentation Python would not accept.
    flat = "\n".join(line.lstrip() for line in source.splitlines())
    yield from extract_python(io.BytesIO(flat.encode()), keywords, comment_tags, {"encoding": "utf-8"})


METHODS = {".py": "python", ".html": extract_template, ".txt": extract_template, ".js": "javascript"}


def sources(root: Path) -> Iterator[Path]:
    """Every file of the house that may hold a text for people."""
    for storey in STOREYS:
        for file in sorted((root / storey).rglob("*")):
            parts = file.relative_to(root).parts
            readable = file.suffix in METHODS and not UNREAD & set(parts)
            if readable and (file.suffix != ".txt" or "templates" in parts):
                yield file


def extract(root: Path) -> Catalog:
    """Every message of the house, with the files that say it."""
    catalog = Catalog(
        project="Moussem", copyright_holder="", msgid_bugs_address="", creation_date=UNDATED, charset="utf-8"
    )
    for file in sources(root):
        found = extract_from_file(METHODS[file.suffix], file, KEYWORDS, COMMENT_TAGS, strip_comment_tags=True)
        for _line, message, comments, context in found:
            catalog.add(
                message,
                locations=[(file.relative_to(root).as_posix(), 0)],
                auto_comments=comments,
                context=context,
            )
    return catalog


def catalogue_file(folder: Path, language: str) -> Path:
    """Where the catalogue of a language lives."""
    return folder / language / "LC_MESSAGES" / "django.po"


def read_catalogue(file: Path, language: str) -> Catalog:
    """The catalogue of a language; an empty one where there is none yet."""
    if not file.exists():
        return Catalog(
            locale=language,
            header_comment="# Texts of Moussem. `make messages` gathers them.",
            project="Moussem",
            version="1",
            msgid_bugs_address="",
            last_translator="",
            language_team="Moussem",
            creation_date=UNDATED,
            revision_date=UNDATED,
            fuzzy=False,
        )
    with file.open("rb") as lines:
        return read_po(lines, locale=language)


def update_catalogues(root: Path, folder: Path, languages: Iterable[str]) -> dict[str, int]:
    """Bring each language in line with the sources, keeping translations; how many texts still miss one."""
    template = extract(root)
    missing = {}
    for language in languages:
        file = catalogue_file(folder, language)
        catalog = read_catalogue(file, language)
        catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
        _unflag(catalog)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as out:
            write_po(out, catalog, width=100, sort_output=True, ignore_obsolete=True, include_lineno=False)
        missing[language] = len(untranslated(catalog))
    return missing


def _unflag(catalog: Catalog) -> None:
    """Only named places are filled here: “110% of the value” is not a format, whatever Babel thinks."""
    for message in catalog:
        if "%(" not in str(message.id):
            message.flags.discard("python-format")


def untranslated(catalog: Catalog) -> list[str]:
    """The messages of a catalogue that are empty, half empty (plurals) or fuzzy."""
    return [
        str(message.id)
        for message in catalog
        if message.id and (message.fuzzy or not all(_strings(message.string)))
    ]


def _strings(string: Any) -> list[str]:
    return list(string) if isinstance(string, list | tuple) else [string]


def compile_catalogues(folders: Iterable[Path]) -> list[Path]:
    """Compile each catalogue that changed since it was last compiled; which ones were."""
    compiled = []
    for folder in folders:
        for file in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
            target = file.with_suffix(".mo")
            if target.exists() and target.stat().st_mtime_ns >= file.stat().st_mtime_ns:
                continue
            catalog = read_catalogue(file, file.parts[-3])
            fresh = target.with_suffix(".mo.new")
            with fresh.open("wb") as out:
                write_mo(out, catalog)
            fresh.replace(target)
            compiled.append(file)
    return compiled
