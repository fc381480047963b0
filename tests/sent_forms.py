"""What a browser would send of a page: every field of its form as it stands there."""

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

NEVER_SENT = ("submit", "button", "file", "reset", "image")


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.first_of: dict[str, str] = {}
        self.is_of_the_form = self.chooses_several = False
        self.chosen_in = self.written_in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        name, kind = told.get("name", ""), told.get("type", "text")
        if tag == "form":
            self.is_of_the_form = told.get("method") == "post" and not told.get("action")
        if not self.is_of_the_form:
            return
        if tag == "input" and name and kind not in NEVER_SENT:
            if kind not in ("checkbox", "radio") or "checked" in told:
                self._send(name, told.get("value", "on" if kind == "checkbox" else ""))
        elif tag == "select":
            self.chosen_in, self.chooses_several = name, "multiple" in told
        elif tag == "option" and self.chosen_in:
            if "selected" in told:
                self._send(self.chosen_in, told["value"])
            # A list that chooses nothing stands on its first line.
            self.first_of.setdefault(self.chosen_in, told["value"])
        elif tag == "textarea":
            self.written_in = name
            self._send(name, "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self.chosen_in:
            if not self.chooses_several and self.chosen_in in self.first_of:
                self.sent.setdefault(self.chosen_in, [self.first_of[self.chosen_in]])
            self.chosen_in = ""
        elif tag == "textarea" and self.written_in:
            # A browser leaves out the break that begins a text, and ends its lines as the web does.
            text = self.sent[self.written_in][0].removeprefix("\n")
            self.sent[self.written_in] = [text.replace("\n", "\r\n")]
            self.written_in = ""

    def handle_data(self, data: str) -> None:
        if self.written_in:
            self.sent[self.written_in][0] += data

    def _send(self, name: str, value: str) -> None:
        self.sent.setdefault(name, []).append(value)


def as_shown(answer: Any, typed: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """The fields of the form that a page shows, with these typed over; an empty list leaves a field out."""
    reader = _Fields()
    reader.feed(answer.content.decode())
    return {name: value for name, value in {**reader.sent, **(typed or {}), **more}.items() if value != []}


def send(client: Any, address: str, typed: Mapping[str, Any] | None = None, **more: Any) -> Any:
    """The answer to the form of this page, opened now and sent with these typed over."""
    return client.post(address, as_shown(client.get(address), typed, **more))
