"""Whether words name one place, as a rule asks: what is known is judged, and what is not is asked about."""

import re
from enum import Enum
from itertools import combinations

from moussem.core.text import reading_order
from moussem.regions.models import Country
from moussem.trade.shipping.places import KINDS, STREETS, is_same_town, towns_in

# Between two names these make a journey, or a choice that nobody has made.
LEADING = {
    *("via", "to", "or", "then", "through", "otherwise", "oder", "nach", "uber", "bzw", "bis", "dann"),
    *("par", "ou", "puis", "vers", "sinon", "hasta", "hacia", "luego", "oppure", "poi"),
    *map(reading_order, ("إلى", "أو", "ثم", "عبر", "أم", "نحو")),
}
# These join two towns; between other names they are a part of a name: "Tour Bois et Argent".
JOINING = {"et", "and", "und", "y", "e", "o", "u", "och", "en", "&", "+", "/", "|", "…", reading_order("و")}
ARROW = "→"
# A sign needs no space beside it: "Lyon/Marseille", "Lyon->Marseille".
ARROWS = re.compile(r"[-=–—]*[>→⇒➜➔»↔⟶]+")
SIGN = re.compile(r"(→|&|\+|/|\||…|\.{3})")
PARTS = re.compile(r"[,،;:()\[\]]|\s[-–—]+\s")
# "وطنجة" is one word, and says "and Tangier".
AND_IN_ARABIC = "و"
# "Milano via Torino 5" names a street where Italian is spoken.
ITALIAN = {"IT", "SM", "VA", "CH"}
# "Gran Via" and "Granvia" are streets of Spain.
BEFORE_VIA = {"gran", "grand"}


class Naming(Enum):
    """What words name, as far as it can be known."""

    ONE = "one"
    PERHAPS_SEVERAL = "perhaps several"
    SEVERAL = "several"


def naming_of(place: str, country: Country) -> Naming:
    """Whether a place is one; two known towns with a word between them are two, whatever parts them."""
    parts = [words for part in PARTS.split(ARROWS.sub(f" {ARROW} ", place)) if (words := _words(part))]
    found = [
        _link(parts, at, position, country.code)
        for at, words in enumerate(parts)
        for position, word in enumerate(words)
        if word in LEADING or word in JOINING or word == ARROW
    ]
    if Naming.SEVERAL in found:
        return Naming.SEVERAL
    if Naming.PERHAPS_SEVERAL in found or _are_apart([town for words in parts for town in _alone(words)]):
        return Naming.PERHAPS_SEVERAL
    return Naming.ONE


def _words(part: str) -> list[str]:
    words: list[str] = []
    for word in SIGN.sub(r" \1 ", part).replace("...", "…").split():
        read = reading_order(word)
        after = read.removeprefix(AND_IN_ARABIC)
        if after != read and list(towns_in([after])) and not list(towns_in([read])):
            words += [AND_IN_ARABIC, after]
        elif "'" in word or "’" in word or "-" in word:
            # "Mont-d’Or" and "Roissy-en-France" are one word, of which no part leads anywhere.
            words.append(read)
        else:
            words += read.split() or [word]
    return words


def _link(parts: list[list[str]], at: int, position: int, country: str) -> Naming:
    word, within, rest = parts[at][position], parts[at][:position], parts[at][position + 1 :]
    before = within or (parts[at - 1] if at else [])
    after = rest or (parts[at + 1] if at + 1 < len(parts) else [])
    if not (_has_name(before) and _has_name(after)) or (word == "via" and _is_street(within, rest, country)):
        return Naming.ONE
    if word == ARROW or _are_apart([*_towns(before)], [*_towns(after)]):
        return Naming.SEVERAL
    # "12 chemin vers le lac".
    leads = word in LEADING and STREETS.isdisjoint({*within} - {"via", "st"})
    return Naming.PERHAPS_SEVERAL if leads else Naming.ONE


def _is_street(before: list[str], after: list[str], country: str) -> bool:
    """Whether "via" is the word for a street: "Gran Via 585", "Milano via Torino 5", "Milano, via Torino"."""
    if before and before[-1] in BEFORE_VIA:
        return True
    numbered = any(char.isdigit() for word in after for char in word)
    if country in ITALIAN:
        return numbered or not before
    return numbered and not _towns(after)


def _towns(words: list[str]) -> list[str]:
    return list(towns_in([one for word in words for one in word.split()]))


def _alone(words: list[str]) -> list[str]:
    """The towns of a part that says nothing else: of "12 rue de Lyon" none."""
    single = [one for word in words for one in word.split() if one not in KINDS]
    towns = list(towns_in(single))
    return towns if " ".join(towns) == " ".join(single) else []


def _are_apart(before: list[str], after: list[str] | None = None) -> bool:
    """Whether two of these are different towns; of two lists, whether one of each are."""
    pairs = combinations(before, 2) if after is None else ((one, other) for one in before for other in after)
    return any(not is_same_town(one, other) for one, other in pairs)


def _has_name(words: list[str]) -> bool:
    return any(any(map(str.isalpha, word)) and word not in LEADING and word not in JOINING for word in words)
