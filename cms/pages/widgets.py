"""The sources of a page as they are typed: a row of three fields for each."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.pages.sources import PARTS, Source, faults_of, lines_of, text_of

LABELS = {
    "title": pgettext_lazy("of a source", "Title"),
    "address": pgettext_lazy("of a source", "Web address"),
    "date": pgettext_lazy("of a source", "Date"),
    "language": pgettext_lazy("of a source", "Language"),
}
HINTS = {"title": "", "address": "https://", "date": "2026-11-26", "language": ""}
WRONG = {
    "missing": _("Say what this source is called."),
    "unsafe": _("Begin with https:// and a name, or leave it empty."),
    "no_day": _("There is no such day. Write it as 2026-11-26, or a month and a year in words."),
}
LANGUAGES = [("", pgettext_lazy("language of a source", "As the page")), *settings.LANGUAGES]
EMPTY: Source = ("", "", "", "")


class SourceRows(forms.Widget):
    """Rows of a title, an address, a date and a language, kept as lines; an emptied row is taken away."""

    template_name = "cms/editors/sources.html"

    class Media:
        js = ["cms/js/sources.js"]
        css = {"all": ["cms/css/sources.css"]}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The rows that were typed, each with what is wrong with it, and an empty one to go on."""
        context = super().get_context(name, value, attrs)
        begin = context["widget"]["attrs"].get("id", f"id_{name}")
        told = list(lines_of(value or ""))
        context["rows"] = [_row(name, begin, number, one) for number, one in enumerate([*told, EMPTY])]
        context["next"] = _row(name, begin, "__number__", EMPTY)
        return context

    def id_for_label(self, id_: str) -> str:
        """The first field of the first row."""
        return f"{id_}-0-title" if id_ else id_

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """The rows as lines, in the order of their numbers."""
        numbers = sorted({int(found[1]) for key in data if (found := _key_of(name).fullmatch(key))})
        rows = [[str(data.get(f"{name}-{number}-{part}", "")) for part in PARTS] for number in numbers]
        known = dict(LANGUAGES)
        return text_of(
            (title, address, when, code if code in known else "") for title, address, when, code in rows
        )

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether a form came without any row."""
        return not any(_key_of(name).fullmatch(key) for key in data)


def _key_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(name)}-([0-9]{{1,4}})-(?:{'|'.join(PARTS)})")


def _row(name: str, begin: str, number: int | str, source: Source) -> dict[str, Any]:
    wrong = faults_of(source) if any(source) else {}
    fields = [
        {
            "part": part,
            "name": f"{name}-{number}-{part}",
            "id": f"{begin}-{number}-{part}",
            "label": LABELS[part],
            "hint": HINTS[part],
            "value": value,
            "choices": LANGUAGES if part == "language" else (),
            "error": WRONG[wrong[part]] if part in wrong else "",
        }
        for part, value in zip(PARTS, source, strict=True)
    ]
    return {"number": number + 1 if isinstance(number, int) else number, "fields": fields}
