"""What a template shows without asking gettext, and what it does inline; a reading, not a rendering."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

# Django's syntax goes first: it stands anywhere in HTML, even inside a tag.
TRANSLATED = re.compile(r"{%-?\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
COMMENTED = re.compile(r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}", re.DOTALL)
SYNTAX = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
SHOWN = {"alt", "aria-label", "aria-description", "title", "placeholder", "label"}
BUTTONS = {"submit", "button", "reset"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Words that no language translates: the product's name, codes and units.
PROPER = {"moussem", "oscar", "django", "stripe", "kg", "cm", "incoterm", "incoterms"}
WORD = re.compile(r"[^\W\d_]{2,}")


def words(text: str) -> list[str]:
    """The words of a text that a translator would want to see; codes in capitals are left out."""
    return [word for word in WORD.findall(text) if not word.isupper() and word.lower() not in PROPER]


@dataclass
class Reading:
    """What was found in one template."""

    texts: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Reading()
        self.stack: list[tuple[str, bool]] = []

    @property
    def untranslatable(self) -> bool:
        """Whether an element around says translate="no" or holds no text for people."""
        return any(silent for _tag, silent in self.stack)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._look_for_inline(tag, values)
        silent = values.get("translate") == "no" or tag in {"script", "style", "code", "svg"}
        if not silent and not self.untranslatable:
            self._look_for_texts(tag, values)
        if tag not in VOID:
            self.stack.append((tag, silent))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        open_tags = [name for name, _silent in self.stack]
        if tag in open_tags:
            del self.stack[len(open_tags) - 1 - open_tags[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if words(data) and not self.untranslatable:
            self.found.texts.append(" ".join(data.split()))

    def _look_for_inline(self, tag: str, values: dict[str, str]) -> None:
        self.found.inline += [f"{tag} {name}" for name in values if name == "style" or name.startswith("on")]
        if tag == "style" or (
            tag == "script" and "src" not in values and "json" not in values.get("type", "")
        ):
            self.found.inline.append(tag)
        if any(value.strip().lower().startswith("javascript:") for value in values.values()):
            self.found.inline.append(f"{tag} javascript:")

    def _look_for_texts(self, tag: str, values: dict[str, str]) -> None:
        shown = [values[name] for name in SHOWN if name in values]
        if tag == "input" and values.get("type") in BUTTONS:
            shown.append(values.get("value", ""))
        if tag == "meta" and values.get("name") == "description":
            shown.append(values.get("content", ""))
        self.found.texts += [text for text in shown if words(text)]


def read(source: str) -> Reading:
    """The texts outside gettext and the inline styles and scripts of a template."""
    for pattern in (COMMENTED, TRANSLATED, SYNTAX):
        source = pattern.sub("", source)
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return reader.found
