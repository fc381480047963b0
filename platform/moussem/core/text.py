"""One text in three languages, which of them a reader gets, where it stands in a list; a text on one line."""

import unicodedata
from functools import lru_cache

from django.utils.translation import get_language

from moussem.core.signs import JOINING, has_words

# An Arabic reader without an Arabic text is served French before English: that is what is taught in Morocco.
FALLBACKS = {"en": ("en", "fr", "ar"), "fr": ("fr", "en", "ar"), "ar": ("ar", "fr", "en")}

# Marks that turn the order of the text around them; marks that only say a direction are left.
TURNING = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
# Letters that Unicode does not take apart, as dictionaries place them.
ALIKE = str.maketrans({"ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": "", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l"})
LONGEST_KEY = 9
# Letters of Latin scripts that are written with one or two plain ones; the others are taken apart.
PLAIN_FOR = {
    **dict.fromkeys("œŒ", "oe"), **dict.fromkeys("æÆ", "ae"), **dict.fromkeys("øØ", "o"),
    **dict.fromkeys("ßẞ", "ss"), **dict.fromkeys("łŁ", "l"), **dict.fromkeys("đĐðÐ", "d"),
    **dict.fromkeys("þÞ", "th"), "ı": "i",
}  # fmt: skip
MARKED = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
ARTICLE = "ال"


def _plain_letters() -> dict[str, str]:
    """Each letter of Latin scripts that bears a mark, with what is typed in its place."""
    found = dict(PLAIN_FOR)
    for letter in map(chr, MARKED):
        apart = unicodedata.normalize("NFKD", letter)
        bare = "".join(char for char in apart if not unicodedata.combining(char))
        if bare.isascii() and bare.isalpha():
            found[letter] = bare
    return found


PLAIN_LETTERS = _plain_letters()
_TO_PLAIN = str.maketrans(PLAIN_LETTERS)


def unaccented(text: str) -> str:
    """The text with plain Latin letters; other scripts, such as Arabic, are left as they are."""
    return unicodedata.normalize("NFC", text).translate(_TO_PLAIN)


@lru_cache(maxsize=4096)
def reading_order(name: str) -> str:
    """What a name is sorted by: accents, hamzas, case, marks and the Arabic article count for nothing."""
    # An alif with its hamza belongs to the word: ألمانيا keeps its first two letters.
    words = [word.removeprefix(ARTICLE) or word for word in name.casefold().split()]
    letters = unicodedata.normalize("NFKD", " ".join(words))
    bare = "".join(char for char in letters if not unicodedata.combining(char)).translate(ALIKE)
    return " ".join("".join(char if char.isalnum() else " " for char in bare).split())


def one_line(text: str) -> str:
    """The text without line breaks, control characters, and marks that turn what stands around it.

    Of a text without anything to see nothing is left, here and below.
    """
    words = text.translate(TURNING).split()
    kept = ["".join(char for char in word if char.isprintable() or char in JOINING) for word in words]
    # A word of which nothing is seen would leave its space, at the edge too.
    return " ".join(word for word in kept if has_words(word))


def unbroken(text: str) -> str:
    """The text on one line with the spaces it was typed with, without what a feed or a mail breaks at."""
    kept = "".join(_in_a_line(char) for char in text.translate(TURNING))
    return text if kept == text else " ".join(filter(None, kept.split(" ")))


def _in_a_line(char: str) -> str:
    kind = unicodedata.category(char)
    if kind in ("Cc", "Zl", "Zp"):
        return " "
    # Halves of a pair, and what Unicode calls no sign at all: XML knows neither.
    return "" if kind == "Cs" or ord(char) & 0xFFFE == 0xFFFE else char


def several_lines(text: str) -> str:
    """The text with its line breaks, without control characters and marks that turn what stands around it."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n").translate(TURNING)
    left = "".join(char for char in kept if char in "\n\t" or char in JOINING or char.isprintable())
    return left if has_words(left) else ""


def latin_digits(text: str) -> str:
    """The text with Latin digits in the place of Arabic, Persian and all others."""
    return "".join(str(unicodedata.decimal(char, char)) for char in text)


def bare_number(text: str) -> str:
    """A number that was copied from a paper, the same one however it was written.

    Its letters and digits alone, in capitals, each in its plainest form; where it has none, all that is seen.
    """
    capital = latin_digits(unicodedata.normalize("NFKC", text)).upper()
    seen = [char for char in unicodedata.normalize("NFKC", capital) if has_words(char)]
    # Tatweel and the long mark of Japanese are drawn as dashes, though Unicode counts them among letters.
    kept = [char for char in seen if char.isalnum() and unicodedata.category(char) != "Lm"]
    return unicodedata.normalize("NFKC", "".join(kept or seen))


def key_in(text: str) -> int | None:
    """The key of an object as an address or a form has it; None for what cannot be one.

    Nothing has a key so long, and turning thousands of digits into a number is refused by Python itself.
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY else None


def isolated(words: str) -> str:
    """Words that may read the other way, so that they do not turn what stands around them."""
    return f"\N{FIRST STRONG ISOLATE}{words}\N{POP DIRECTIONAL ISOLATE}" if words else ""


def pick(*, en: str = "", fr: str = "", ar: str = "", language: str | None = None) -> str:
    """The text in the asked (else the active) language, or in the nearest language that has one."""
    texts = {"en": en, "fr": fr, "ar": ar}
    wanted = (language or get_language() or "en").split("-")[0]
    return next((texts[code] for code in FALLBACKS.get(wanted, FALLBACKS["en"]) if texts[code]), "")
