"""Which of three languages a reader gets; texts that stay on their line; the order of names."""

import unicodedata

from django.utils.translation import get_language

# An Arabic reader without an Arabic text is served French before English: that is what is taught in Morocco.
FALLBACKS = {"en": ("en", "fr", "ar"), "fr": ("fr", "en", "ar"), "ar": ("ar", "fr", "en")}

# Arabic and Persian words are written with these.
JOINING = "\u200c\u200d\u200e\u200f"
# Marks that turn the order of the text around them; marks that only say a direction are left.
TURNING = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


def one_line(text: str) -> str:
    """The text without line breaks, control characters, and marks that turn what stands around it."""
    words = text.translate(TURNING).split()
    return " ".join("".join(char for char in word if char.isprintable() or char in JOINING) for word in words)


def pick(*, en: str = "", fr: str = "", ar: str = "", language: str | None = None) -> str:
    """The text in the asked (else the active) language, or in the nearest language that has one."""
    texts = {"en": en, "fr": fr, "ar": ar}
    wanted = (language or get_language() or "en").split("-")[0]
    return next((texts[code] for code in FALLBACKS.get(wanted, FALLBACKS["en"]) if texts[code]), "")


# Where a dictionary files a letter that is written in several ways; vowel signs and hamza fall away before.
FILED = str.maketrans({"ى": "ي", "ة": "ه", "ٱ": "ا", "ـ": ""})
ARTICLE = "ال"


def filed(name: str) -> str:
    """Where a name stands in a list: without accents, capitals, vowel signs and the Arabic article.

    Enough for the Latin and Arabic alphabets, whose letters Unicode numbers in their order.
    """
    # The article has a bare alef: ألمانيا begins with another letter.
    words = unicodedata.normalize("NFC", name).split()
    bare = " ".join(word.removeprefix(ARTICLE) if len(word) > len(ARTICLE) + 1 else word for word in words)
    apart = unicodedata.normalize("NFKD", bare.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char)).translate(FILED)
