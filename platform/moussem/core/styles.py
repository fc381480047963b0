"""The styles that every page needs, as one static file: over a weak network twenty are twenty journeys."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

# Beside its sheets, so that their pictures are found from it too.
WHOLE = "core/css/site.css"
# In the order in which they are read; what a page needs besides it links itself.
SHEETS = (
    *("tokens", "base", "layout", "header", "suggestions", "navigation", "rooms", "icons", "buttons"),
    *("forms", "files", "cards", "tables", "rows", "messages", "details", "marks", "steps", "charts"),
    "footer",
)
REMARK = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def whole() -> str:
    """All of them without their remarks, those for paper last."""
    sheets = [_text(name) for name in SHEETS]
    return REMARK.sub("", "\n".join([*sheets, f"@media print {{\n{_text('print')}}}\n"]))


class WholeFinder(BaseFinder):
    """Finds the one file, put together from the sheets as they are now."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(settings.VAR_DIR / "styles")

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Where the file is; nothing for any other."""
        found = [str(self._written())] if path == WHOLE else []
        return found if find_all or not found else found[0]

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:
        """The one file."""
        self._written()
        yield WHOLE, self.storage

    def _written(self) -> Path:
        file, text = Path(self.storage.path(WHOLE)), whole()
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            fresh = file.with_suffix(f".{id(text)}")
            fresh.write_text(text, encoding="utf-8")
            # Whoever reads at this moment reads all of the old one.
            fresh.replace(file)
        return file


def _text(name: str) -> str:
    return Path(finders.find(f"core/css/{name}.css")).read_text(encoding="utf-8")
