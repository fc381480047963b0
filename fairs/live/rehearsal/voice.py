"""The practice buyer's recorded voice: what it says aloud of a line, without the names that are read."""

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.templatetags.static import static

from fairs.live.rehearsal.hearing import WITHOUT_ANSWER, Miss

SPOKEN = Path(__file__).with_name("spoken.csv")
GREETING, CLOSING = "greeting", "closing"


@cache
def spoken() -> dict[str, dict[str, str]]:
    """What is recorded: for each language the sentences by name; the Arabic ones with their vowels."""
    with SPOKEN.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {language: {row["name"]: row[language] for row in rows} for language in ("en", "fr", "ar")}


def file_of(name: str, language: str) -> str:
    """A recording among the static files."""
    return f"fairs/voice/{language}/{name}.mp3"


def recordings(language: str) -> dict[str, str]:
    """The address of every recording in a language, by its name."""
    return {name: static(file_of(name, language)) for name in spoken().get(language, ())}


def question_spoken(question: dict[str, object]) -> str:
    """The recording of a kept question; where no certificate is known, quality is asked for."""
    topic = str(question["topic"])
    return "quality" if topic == "proof" and not question.get("names") else topic


def again_spoken(topic: str) -> str:
    """The recording of a question asked once more."""
    return f"{topic}-again"


def reaction_spoken(misses: Iterable[str]) -> str:
    """The recording of what a buyer says to an answer, as `words.reaction` writes it."""
    if Miss.OTHER in misses:
        return "other"
    return "go-on" if WITHOUT_ANSWER & set(misses) else "noted"
