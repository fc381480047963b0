"""Signs that nobody sees. Knows no Django, for what is read without it."""

# Arabic and Persian words are written with these.
JOINING = "\u200c\u200d\u200e\u200f"
# What nobody sees, though Unicode counts it among letters, marks and symbols: fillers of Hangul and Khitan,
# the empty cell of Braille, a note without its head, and what only chooses the shape of the sign before it.
UNSEEN = {
    *JOINING,
    *"\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0",
    *"\U00013441\U00013442\U00016fe4\U0001d159",
    *map(chr, range(0xFE00, 0xFE10)),
    *map(chr, range(0xE0100, 0xE01F0)),
}


def has_words(text: str) -> bool:
    """Whether there is anything to see in a text: not spaces and invisible signs alone."""
    return any(char.isprintable() and not char.isspace() and char not in UNSEEN for char in text)
