"""What a visitor typed, as words that forgive capitals, accents and Arabic spelling. No Django in here."""

import re
import unicodedata

MOST_WORDS = 6
LONGEST = 100
ARTICLE = "ال"
# Letters that readers type for one another; each group is searched as one letter.
ALIKE = (
    "aàáâãäå",
    "cç",
    "eèéêë",
    "iìíîï",
    "nñ",
    "oòóôõö",
    "uùúûü",
    "yýÿ",
    "'’ʼ`",
    "اأإآٱ",
    "يىئ",
    "ةه",
    "وؤ",
)
LETTERS = {letter: group for group in ALIKE for letter in group}
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def clean_text(text: str, longest: int = LONGEST) -> str:
    """One line of visible characters: no control, no direction override, no more than ``longest``."""
    # Cut first: normalising ten kilobytes to keep a hundred characters would be work for nothing.
    seen = "".join(" " if char.isspace() else char for char in text[: 4 * longest])
    kept = "".join(char for char in seen if unicodedata.category(char) not in UNSEEN)
    return " ".join(unicodedata.normalize("NFC", kept).split())[:longest].strip()


def clean_question(text: str, longest: int) -> str:
    """A question as one line of whole words: one that is too long loses the word it would be cut in."""
    cleaned = clean_text(text, longest + 1)
    if len(cleaned) <= longest:
        return cleaned
    kept = cleaned[:longest]
    return (kept if cleaned[longest].isspace() else kept.rpartition(" ")[0] or kept).strip()


def words_of(text: str) -> list[str]:
    """The words to look for, without the Arabic article; at most six."""
    words = clean_text(text).casefold().split()[:MOST_WORDS]
    return [word.removeprefix(ARTICLE) if len(word) > len(ARTICLE) + 1 else word for word in words]


def pattern_of(word: str) -> str:
    """A regular expression that finds a word whatever its accents; literals and classes, so always fast."""
    return "".join(_class_of(char) for char in word)


def _class_of(char: str) -> str:
    group = LETTERS.get(char)
    if group is None:
        return re.escape(char) if not char.isalnum() else char
    return "[" + "".join(dict.fromkeys(group + group.upper())) + "]"
