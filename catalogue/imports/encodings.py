"""Which encoding a text file is in, told by its bytes. No Django in here."""

import codecs
import re
from dataclasses import dataclass

# What a list may be decoded with when its reader corrects the guess.
OFFERED = ("utf-8", "cp1256", "cp1252", "utf-16")
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ARABIC_RUN = re.compile(r"[\u0621-\u064a]{2,}")
LATIN_IN_WORD = re.compile(r"(?<=[A-Za-z])[\u0621-\u064a]|[\u0621-\u064a](?=[A-Za-z])")
# Utf-8 that was once read as cp1252 and saved again: Ã© for é, Ø§ for alif.
TWICE = re.compile(r"Ã[\x80-\xbf©¨ª«§¢®´¹»]|[ØÙ][\x80-\xbf§£¨©ª«®±²³´]|â€[™œ“”˜]")


@dataclass(frozen=True)
class Guess:
    """The encoding, whether the bytes prove it, and whether the text was spoilt before it came here."""

    encoding: str
    is_certain: bool
    is_spoilt: bool = False


class Undecodable(Exception):
    """The bytes are no text in this encoding."""


def guess_encoding(content: bytes) -> Guess:
    """The encoding of a list: by its mark, else utf-8 where it is valid, else Arabic or French Windows."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return Guess(encoding, True)
    if b"\0" in content:
        raise Undecodable
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return Guess(_windows(content), False)
    return Guess("utf-8", True, is_spoilt=bool(TWICE.search(text)))


def decode(content: bytes, encoding: str) -> str:
    """The text; refused when the bytes do not fit the encoding."""
    try:
        return content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        raise Undecodable from error


def _windows(content: bytes) -> str:
    """Arabic letters come in words of their own; French accents stand between Latin letters."""
    as_arabic = content.decode("cp1256", errors="replace")
    arabic = sum(len(run) for run in ARABIC_RUN.findall(as_arabic))
    french = len(LATIN_IN_WORD.findall(as_arabic))
    try:
        content.decode("cp1252")
    except UnicodeDecodeError:
        return "cp1256"
    return "cp1256" if arabic > french else "cp1252"
