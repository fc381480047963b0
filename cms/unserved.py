"""Wagtail's interface for other programs (its third), which this site does not serve.

Four of its packages build schemas and routers for it whenever a process starts, and load the editors' rooms
and two frameworks for APIs to do so: 17 MB and a third of the start of every command, worker and site, for
addresses that nobody can ask. See docs/decisions/0030-no-interface-that-is-not-served.md.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from wagtail.contrib.redirects.apps import WagtailRedirectsAppConfig
from wagtail.documents.apps import WagtailDocsAppConfig
from wagtail.images.apps import WagtailImagesAppConfig
from wagtail.snippets.apps import WagtailSnippetsAppConfig


class Nothing(ModuleType):
    """A module of which every name does nothing, whatever it is called with."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Nothing(name)

    def __call__(self, *words: Any, **named: Any) -> None:
        return None


@contextmanager
def unserved(package: str) -> Iterator[None]:
    """While a package makes ready, what it would tell the interface is heard by nobody."""
    names = ["wagtail.api.v3.api"]
    names += [f"{package}.api{part}" for part in ("", ".v3", ".v3.registry", ".v3.router")]
    absent = [name for name in names if name not in sys.modules]
    sys.modules.update({name: Nothing(name) for name in absent})
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


class Unserved:
    """What of a package's configuration is not for the interface."""

    name: str

    def ready(self) -> None:
        with unserved(self.name):
            super().ready()  # type: ignore[misc]


class Redirects(Unserved, WagtailRedirectsAppConfig):
    """Redirects, without the interface."""


class Documents(Unserved, WagtailDocsAppConfig):
    """Documents, without the interface."""


class Images(Unserved, WagtailImagesAppConfig):
    """Images, without the interface."""


class Snippets(Unserved, WagtailSnippetsAppConfig):
    """Snippets, without the interface."""
