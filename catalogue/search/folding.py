"""Words as the search compares them: letters folded, endings cut, Darija by its sound. No Django in here.

Both engines index and are asked for what `stems` makes of a text, so they cannot differ in what a word is.
"""

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

# What Unicode does not take apart, and letters for sounds that Arabic has no letter for.
LETTERS = str.maketrans(
    {
        "ى": "ي",
        "ة": "ه",
        "ٱ": "ا",
        "ـ": "",
        "ڭ": "ك",
        "گ": "ك",
        "ݣ": "ك",
        "ڤ": "ف",
        "پ": "ب",
        "ک": "ك",
        "ی": "ي",
    }
    | {"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ı": "i"}
)
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９٫٬", "012345678901234567890123456789.,")
WORD = re.compile(r"[^\W_]+")
ARABIC = re.compile(r"[\u0600-\u06ff]")
# Vowel signs and the stroke that draws a word out stand inside words.
MARKS = re.compile(r"[\u064b-\u065f\u0670\u0640]")
ARTICLE = "ال"
PREFIXES = ("وال", "بال", "كال", "فال", "ال", "لل")
# An ending is cut only where more than a root is left: زيتون (olives) is not a plural of زيت (oil).
ENDINGS = (("ات", 3), ("ين", 4), ("ون", 4), ("ه", 3), ("ا", 3))
ITALIAN = ("ae", "oi", "ei")
FINAL_VOWELS = "aeioy"
SOUNDS = (
    ("gh", "r"),
    ("rh", "r"),
    ("kh", "h"),
    ("sh", "x"),
    ("ch", "x"),
    ("ph", "f"),
    ("th", "t"),
    ("dj", "j"),
    ("qu", "k"),
    ("ou", "u"),
    ("oo", "u"),
    ("3", "a"),
    ("7", "h"),
    ("9", "k"),
    ("5", "h"),
    ("2", ""),
    ("w", "u"),
    ("o", "u"),
    ("q", "k"),
    ("c", "k"),
)
MUTE = "aeiy"
# The article of Darija stands before a consonant: lward, el ward, l3sel.
ARTICLES = re.compile(r"(?:[ea]l|l)(?=[0-9bcdfghjkmnpqrstvwxyz])(?=\w{2})")
SHORTEST_SOUND = 3


def fold(text: str) -> str:
    """The text in small letters without accents, vowel signs or hamza; one form of each Arabic letter."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return (
        "".join(char for char in apart if not unicodedata.combining(char))
        .translate(LETTERS)
        .translate(DIGITS)
    )


# A text is read for its meaning and then for its stems.
@lru_cache(maxsize=64)
def written(text: str) -> tuple[str, ...]:
    """The words of a text in small letters with their accents: "thé" is no article, "the" is."""
    plain = unicodedata.normalize("NFC", text.casefold()).replace("ʼ", "'")
    return tuple(WORD.findall(MARKS.sub("", plain)))


def words(text: str) -> list[str]:
    """The folded words of a text, in their order."""
    return [folded for word in written(text) for folded in folded_parts(word)]


@lru_cache(maxsize=50_000)
def folded_parts(word: str) -> tuple[str, ...]:
    """A written word, folded: nearly always one."""
    return tuple(WORD.findall(fold(word)))


def stems(text: str) -> list[str]:
    """The stems of a text, in their order."""
    return [stem(word) for word in words(text)]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A folded word without article, plural and gender, whichever language it is of; short words stay."""
    return _arabic_stem(word) if ARABIC.match(word) else _latin_stem(word)


def _arabic_stem(word: str) -> str:
    for prefix in PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            word = word[len(prefix) :]
            break
    for ending, left in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= left:
            return word[: -len(ending)]
    return word


def singular(word: str) -> str:
    """A word without the one letter that makes most plurals in Latin letters."""
    return word[:-1] if len(word) > 3 and word[-1] in "sx" and word[-2] != "s" else word


def is_plural(word: str, known: str) -> bool:
    """Whether one word is the other but for its number, as it is mostly made: dates, boxes, berries."""
    if singular(word) == singular(known):
        return True
    short, long = sorted((word, known), key=len)
    return len(short) >= SHORTEST_SOUND and long in (short + "es", short.removesuffix("y") + "ies")


def is_plural_in(languages: Collection[str], word: str, known: str) -> bool:
    """Whether a word is the plural of another one as one of some languages makes it: scatole, Kisten."""
    if "it" in languages and word[:-1] == known[:-1] and known[-1] + word[-1] in ITALIAN:
        return True
    return "de" in languages and known.endswith("e") and word == known + "n"


def _latin_stem(word: str) -> str:
    word = singular(word)
    if len(word) > 4 and word.endswith(("en", "ln", "rn")):
        word = word[:-1]
    for _ in range(2):
        if len(word) > 3 and word[-1] in FINAL_VOWELS:
            word = word[:-1]
    return word


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """What a Darija word in Latin letters sounds like: kamoun and kammun, rhassoul and ghassul are one.

    Empty for what is too short to be told apart by its consonants, and for Arabic letters.
    """
    if ARABIC.match(word) or len(word) < 4:
        return ""
    for written, heard in SOUNDS:
        word = word.replace(written, heard)
    heard = "".join(char for place, char in enumerate(word) if place == 0 or char not in MUTE)
    once = "".join(char for place, char in enumerate(heard) if place == 0 or char != heard[place - 1])
    return once if len(once) >= SHORTEST_SOUND else ""


def bare_of(word: str) -> tuple[str, ...]:
    """A Darija word in Latin letters without its article (l3sel, el3sel, zzit); nothing where it has none."""
    if ARABIC.match(word) or len(word) < SHORTEST_SOUND:
        return ()
    if match := ARTICLES.match(word):
        return (word[match.end() :],)
    return (word[1:],) if word[0] == word[1] and word[0].isalpha() else ()


def distance(one: str, other: str, most: int) -> int:
    """Typing errors between two words (letters added, lost, changed, swapped); ``most`` + 1 for more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, char in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, against in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (char != against))
            if i > 1 and j > 1 and char == other[j - 2] and one[i - 2] == against:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
