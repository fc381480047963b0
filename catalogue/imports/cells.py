"""Text from strangers made safe to keep, and safe to give back in a spreadsheet. No Django in here."""

import unicodedata

LONGEST = 5_000
# Letters that turn the direction of what follows: a name could be shown as another one.
OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u061c\u2060\ufeff\u00ad")
# What makes a spreadsheet reckon instead of read.
RECKONING = ("=", "+", "-", "@", "\t", "\r")


# Letters of other scripts that cannot be told from Latin ones, small as they are compared.
LOOK_ALIKE = str.maketrans("авекмнорстухіјѕαβεζηικμνορτυχ", "abekmhopctyxijsabezhikmnoptyx")


class BadText(Exception):
    """Why a text is not taken: ``bidi``, ``formula`` or ``long``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def clean_text(text: str) -> str:
    """A text without control or invisible characters, composed; refused where it could deceive."""
    if any(char in OVERRIDES for char in text):
        raise BadText("bidi")
    if len(text) > LONGEST:
        raise BadText("long")
    bare = bare_text(text)
    if bare.startswith(RECKONING):
        raise BadText("formula")
    return bare


def bare_text(text: str) -> str:
    """A text without what cannot be seen; line ends and tabs become spaces that can."""
    spaced = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    seen = (char for char in spaced if char == "\n" or not _is_hidden(char))
    return unicodedata.normalize("NFC", "".join(seen)).strip()


def looks_of(code: str) -> str:
    """What two codes have in common that a reader takes for one: neither capitals nor scripts part them."""
    return unicodedata.normalize("NFKC", code).casefold().translate(LOOK_ALIKE)


def _is_hidden(char: str) -> bool:
    # Zero-width joiners shape Persian and some Arabic words; in a list of goods they only hide twins.
    return char in INVISIBLE or unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn")


def neutral(text: str) -> str:
    """A cell that no spreadsheet will reckon with, and that cannot turn the direction of its neighbours."""
    shown = "".join(char for char in text if char not in OVERRIDES)
    return f"'{shown}" if shown.startswith(RECKONING) or shown.strip().startswith(RECKONING) else shown
