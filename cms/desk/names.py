"""Names of groups, collections, workflows and their steps: kept in English, read in the editor's language."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Model
from django.db.models.query_utils import DeferredAttribute
from django.utils.html import escape
from django.utils.translation import gettext, gettext_noop
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Collection, Task, Workflow

from cms.staff.roles import CORRESPONDENTS

# Words of Wagtail's which its own French takes for those of a region of the country.
LANGUAGES = (
    gettext_noop("Locale"),
    gettext_noop("locale"),
    gettext_noop("Locale: "),
    gettext_noop("Switch locales"),
    gettext_noop("Available in %(translations_total)s locales"),
)


class Named(str):
    """A name as it is kept, that is shown in the active language wherever it is written out."""

    __slots__ = ()

    def __str__(self) -> str:
        return in_words(str.__str__(self))

    def __html__(self) -> str:
        return escape(str(self))


def in_words(name: str) -> str:
    """A name of ours in the active language; one that somebody else gave as it is."""
    place = name.removeprefix(f"{CORRESPONDENTS} ")
    if place != name:
        # The code of the region stands first: it finds the group again, and says nothing to a reader.
        _code, _space, region = place.partition(" ")
        return gettext("Correspondents of %(region)s") % {"region": region or place}
    # Nothing is asked for nothing: a catalogue would answer with its head.
    return gettext(name) if name else name


class ReadInWords(DeferredAttribute):
    """The name of a row. Wagtail writes it in dozens of places, in templates and in messages."""

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        kept = super().__get__(instance, owner)
        return Named(kept) if isinstance(kept, str) else kept

    def __set__(self, instance: Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


def as_kept(instance: Model) -> str:
    """What a form is filled with, so that no translation is kept for the name."""
    return str.__str__(instance.name)  # type: ignore[attr-defined]


@hooks.register("register_log_actions", order=1)
def steps_in_words(actions: LogActionRegistry) -> None:
    """The history of a page keeps the names of workflows and steps; after Wagtail's own, which it wraps."""
    for action, formatter in actions.formatters.items():
        if action.startswith("wagtail.workflow."):
            formatter.format_message = partial(_tell_in_words, formatter.format_message)


def _tell_in_words(tell: Callable[[Any], str], entry: Any) -> str:
    entry.data = _with_names(entry.data)
    return tell(entry)


def _with_names(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _with_names(part, name) for name, part in value.items()}
    return Named(value) if key == "title" and isinstance(value, str) else value


for kind in (Group, Collection, Task, Workflow):
    name = kind._meta.get_field("name")
    kind.name = ReadInWords(name)
    name.value_from_object = as_kept
