"""What a question says is not wanted, and what it says no to besides: no minimum. No Django in here."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from catalogue.search.denials import GOODS, HOW, SHAPES
from catalogue.search.everyday import REFERENCE
from catalogue.search.folding import ARABIC, MARKS, WORD, words
from catalogue.search.lexicon import Lexicon
from catalogue.search.matching import Match
from catalogue.search.sayings import FREE, NEGATIONS, destinations

# What may stand between a refusal and what it refuses: "pas de", "without any", "sans ajout de", "not too".
STEPPED_OVER = frozenset(words((REFERENCE.parent / "stepped_over.txt").read_text(encoding="utf-8")))
# These are refused themselves, unless it is said of what: no additives, sans ajout de sucre.
ADDED = frozenset(words("additives addition ajout ajouts zusatz adicion anadidos aggiunta aggiunte"))
# What goods are made of or come from stands behind these: pas de tapis en laine.
LINKS = frozenset(words("en aus in dyal ديال"))
# Savon à l'argan.
AT = frozenset(words("à au aux al alla"))
# Where a sentence pauses.
COMMA, PAUSE = ",", re.compile("[,،;.!?()]")
# After "free": what follows is what is not wanted.
OF = frozenset(words("of from von vom de d da di من"))
# "Frei Haus": who pays the carriage, and no word of what the goods hold.
DELIVERED = frozenset(
    words(
        "haus grenze werk lager baustelle rampe schiff hafen bord station bahnhof empfanger ort waggon "
        "lieferadresse bestimmungsort verwendungsstelle bordsteinkante deutsche"
    )
)
# So many words that nobody knows are given up with the refusal in front of them: "sans frais cachés".
NEAR = 2
# After these what was refused goes on: "without thyme or euphorbia".
ALSO = frozenset(words("and et y e und و plus w"))
OR = frozenset(words("or ou o oder او wla wela"))
SAYS_HOW = frozenset(("quality", "attribute"))
TIED = re.compile(r"(\w+)-free(?!\w)")


def skipped_before(text: str, typed: Sequence[str], lexicon: Lexicon) -> list[frozenset[str]]:
    """For each word that was kept of a text, the words that were passed over right before it; commas too."""
    found: list[frozenset[str]] = []
    waiting: set[str] = set()
    plain = MARKS.sub("", unicodedata.normalize("NFC", text.casefold()))
    places = [match.start() for match in WORD.finditer(plain)]
    marked = lexicon.passing.marked(text)
    ends = [0, *(match.end() for match in WORD.finditer(plain))]
    for number, (parts, passed) in enumerate(marked):
        if number < len(places) and number > 0 and PAUSE.search(plain, ends[number], places[number]):
            waiting.add(COMMA)
        if passed:
            waiting.update(parts)
            continue
        for _part in parts:
            found.append(frozenset(waiting))
            waiting.clear()
    # Where all words are passed over all are kept.
    return found[: len(typed)] if len(found) >= len(typed) else [frozenset()] * len(typed)


@dataclass(frozen=True)
class Said:
    """The words of a question, what was passed over before each, and what they mean by their places."""

    typed: Sequence[str]
    skipped: Sequence[frozenset[str]]
    # Several of a place are the parts of a compound.
    meant: Mapping[int, Sequence[Match]]
    lexicon: Lexicon
    text: str = ""

    @property
    def held(self) -> dict[int, Match]:
        """The meaning by place; of a compound what its last part means."""
        return {place: told[-1] for place, told in self.meant.items()}

    def asks_more(self, *others: Match, kinds: Sequence[str] = ("thing", "form")) -> list[Match]:
        """What is asked for of some kinds besides some meanings."""
        told = {id(match): match for matches in self.meant.values() for match in matches}
        return [one for one in told.values() if one not in others and one.alias.kind in kinds]


def refused(said: Said) -> tuple[list[Match], set[int]]:
    """What is not wanted, and the places of the words that say so."""
    typed, skipped, held = said.typed, said.skipped, said.held
    found: list[Match] = []
    places: set[int] = set()
    tied = {word for match in TIED.finditer(said.text) for word in words(match[1])}
    for number, word in enumerate(typed):
        if number in held or word not in NEGATIONS | FREE:
            continue
        places.add(number)
        if word in NEGATIONS and _ends_with(number, said):
            # "Couscous, wheat excluded".
            more, passed = list(said.meant[number - 1]), set()
        elif word in NEGATIONS or _says_of(number, typed, skipped):
            more, passed = _behind(number, said, found)
        else:
            is_tied = number > 0 and typed[number - 1] in tied
            more, passed = _before(number, typed, skipped, held, is_tied=is_tied)
        found += more
        places |= passed
    return found, places


def _ends_with(number: int, said: Said) -> bool:
    """Whether a refusal stands behind what it refuses: cuero no, alfombras."""
    if number + 1 == len(said.typed):
        # "Tapis pas chers": another word is refused, which is passed over.
        is_last = words(said.text)[-1] == said.typed[number]
    else:
        is_last = COMMA in said.skipped[number + 1] <= STEPPED_OVER | {COMMA}
    return is_last and number - 1 in said.meant and not said.skipped[number]


def _says_of(number: int, typed: Sequence[str], skipped: Sequence[frozenset[str]]) -> bool:
    """Whether a "free" says of what: free of salt, frei von Duft."""
    return number + 1 < len(typed) and bool(skipped[number + 1] & OF)


def _behind(number: int, said: Said, refused_before: Sequence[Match]) -> tuple[list[Match], set[int]]:
    """The meanings right behind a refusal, or the unknown words that it refuses instead."""
    typed, skipped, held = said.typed, said.skipped, said.held
    place = _next(number + 1, typed, held)
    passed = set(range(number + 1, place))
    between = set().union(*skipped[number + 1 : place + 1])
    is_near = not between - STEPPED_OVER
    if is_near and place < len(typed) and place not in held and typed[place] in destinations():
        # Nothing is from Iran here: whoever refuses it sends nothing there either.
        return [], passed | _foreign(place, typed, skipped)
    if place >= len(typed) or place not in held:
        return [], passed | _unknown(place, typed, skipped, held)
    is_added = not ADDED.isdisjoint({*between, *(typed[one] for one in passed)})
    is_other = bool(between - STEPPED_OVER - {COMMA}) or (is_added and not skipped[place] & OF)
    if is_other or (passed and COMMA in skipped[place]):
        # "No minimum order, honey", "no additives, cold pressed": another word is refused.
        return [], passed
    after = _after(place, typed, held)
    is_compound = len(said.meant[place]) > 1 or after not in held
    if not is_compound and not skipped[after] & (ALSO | OR) and _is_wanted(place, said, refused_before):
        # "Honey but not honey of thyme".
        place = after
    found, after = _one_of(place, said, refused_before)
    while after < len(typed):
        joining = skipped[after] | {typed[after]} if after not in held else skipped[after]
        following = _next(after + (after not in held and typed[after] in ALSO | OR), typed, held)
        if not joining & (ALSO | OR):
            break
        if following not in held:
            if joining & OR:
                passed |= _unknown(following, typed, skipped, held)
            break
        more, end = _one_of(following, said, [*refused_before, *found])
        if not _is_of_one_list(found[0], more, is_or=bool(joining & OR)):
            break
        passed |= set(range(after, following))
        found, after = [*found, *more], end
    return found, passed


def _foreign(place: int, typed: Sequence[str], skipped: Sequence[frozenset[str]]) -> set[int]:
    """The countries of a list: not from Tunisia or Algeria."""
    more = takewhile(
        lambda one: typed[one] in destinations() and skipped[one] <= STEPPED_OVER | ALSO | OR | {COMMA},
        range(place + 1, len(typed)),
    )
    return {place, *more}


def _next(place: int, typed: Sequence[str], held: Mapping[int, Match]) -> int:
    while place < len(typed) and typed[place] in STEPPED_OVER and place not in held:
        place += 1
    return place


def _after(place: int, typed: Sequence[str], held: Mapping[int, Match]) -> int:
    """The place behind the words of the meaning that stands at one."""
    return next((one for one in range(place, len(typed)) if held.get(one) is not held[place]), len(typed))


def _is_wanted(place: int, said: Said, others: Sequence[Match]) -> bool:
    """Whether the goods of the meaning at a place are asked for elsewhere, too."""
    match = said.held[place]
    left = said.asks_more(match, *others)
    return match.alias.kind in GOODS and any(one.alias.codes == match.alias.codes for one in left)


def _is_of_one_list(first: Match, more: Sequence[Match], *, is_or: bool) -> bool:
    """Whether what follows can only be refused with what was: powder or ground, not powder, and honey.

    "And argan oil" names goods of their own.
    """
    kinds = {first.alias.kind, more[0].alias.kind}
    return (len(kinds) == 1 or kinds <= HOW) and (is_or or len(more) == 1)


def _one_of(place: int, said: Said, others: Sequence[Match]) -> tuple[list[Match], int]:
    """The meaning at a place that is refused, with the form or goods that belong to it, and where they end.

    "Sans huile d'olive" refuses both; "no powder saffron" asks for saffron, and "not wool rugs" for rugs.
    """
    typed, skipped, held = said.typed, said.skipped, said.held
    first, after = held[place], _after(place, typed, held)
    if len(said.meant[place]) > 1:
        return _of_compound(said.meant[place], said, others), after
    second = held.get(after)
    if second is None or len(said.meant[after]) > 1 or COMMA in skipped[after]:
        return [first], after
    end = _after(after, typed, held)
    has_more = bool(said.asks_more(first, second, *others))
    if _says_how(place, after, said):
        if not has_more or _is_wanted(place, said, [second, *others]):
            # "Pas d'olives noires" asks for olives.
            return [second], end
        if second.alias.kind == "thing":
            return [first, second], end
    if _is_wanted(after, said, [first, *others]):
        return [first], after
    kinds = (first.alias.kind, second.alias.kind)
    if kinds == ("thing", "form"):
        is_both = not skipped[after] and has_more
    else:
        # "Sans huile olive savon"; Arabic joins the two without a word.
        is_one = has_more and (first.alias.codes[0] == "oil" or ARABIC.match(typed[after]) is not None)
        is_linked = bool(skipped[after] & (OF | AT)) or is_one
        is_both = kinds == ("form", "thing") and is_linked
    if not is_both:
        return [first], after
    third = held.get(end)
    if third and not has_more and third.alias.kind in SAYS_HOW and COMMA not in skipped[end]:
        # "Pas d'huile d'argan torréfiée".
        return [third], _after(end, typed, held)
    return [first, second], end


def _says_how(place: int, after: int, said: Said) -> bool:
    """Whether a meaning behind goods says how they are not to be: olives noires, miel de thym."""
    goods, how = said.held[place].alias, said.held[after].alias
    if goods.kind != "thing" or said.skipped[after] & (ALSO | OR):
        return False
    is_linked = bool(said.skipped[after] & (OF | LINKS))
    if how.kind in SAYS_HOW:
        return True
    if how.kind == "form":
        return is_linked or how.codes[0] in SHAPES
    if how.kind == "place":
        return is_linked
    if how.kind != "thing":
        return False
    # Arabic and Darija join goods and what they are of without a word.
    word = said.typed[after]
    is_arabic = ARABIC.match(word) is not None
    is_darija = any(map(str.isdigit, said.typed[place] + word)) and not is_arabic
    is_said = said.typed[place - 1] == "without" and (is_arabic or is_darija)
    is_bare = is_said or (is_arabic and word.startswith("ال"))
    return is_linked or is_bare or goods.codes[0] in said.lexicon.ancestors(how.codes[0])


def _of_compound(parts: Sequence[Match], said: Said, others: Sequence[Match]) -> list[Match]:
    """What is refused of a word that means several things: of Thymianhonig its thyme."""
    left = said.asks_more(*parts, *others)
    asked = [one.alias.codes for one in left]
    new = [one for one in parts if one.alias.codes not in asked]
    has_goods = any(one.alias.kind == "thing" for one in left)
    last = parts[-1].alias
    if len(new) == len(parts) and last.codes[0] in SHAPES and not has_goods:
        # "Kein Safranpulver, nur Fäden".
        return [parts[-1]]
    if new and left:
        return new
    *how, goods = parts
    # "Kein Olivenöl" refuses it; "keine Lederbabouchen" asks for babouches.
    return list(parts) if goods.alias.kind == "form" else how


def _unknown(
    place: int, typed: Sequence[str], skipped: Sequence[frozenset[str]], held: Mapping[int, Match]
) -> set[int]:
    """The words that nobody knows from a place on, up to where the goods go or something else is said."""
    found: set[int] = set()
    for number in range(place, min(place + NEAR, len(typed))):
        if number in held or typed[number] in destinations():
            break
        if found and skipped[number] and not skipped[number] <= ALSO | OR | {COMMA}:
            break
        found.add(number)
    return found


def _before(
    number: int,
    typed: Sequence[str],
    skipped: Sequence[frozenset[str]],
    held: Mapping[int, Match],
    *,
    is_tied: bool,
) -> tuple[list[Match], set[int]]:
    """What stands before a "free", unless that is said of what comes next: free delivery, frei Haus."""
    after = number + 1
    if after < len(typed) and after not in held and not is_tied:
        # A city is told as where the goods go.
        if typed[after] in destinations() and typed[after] not in DELIVERED:
            return [], set()
        told = list(takewhile(lambda one: typed[one] in DELIVERED, range(after + 1, len(typed))))
        return [], {after, *told}
    if after < len(typed) and typed[number] == "frei" and held[after].alias.kind == "place":
        return [], set()
    if number == 0 or skipped[number]:
        return [], set()
    if number - 1 in held:
        last = held[number - 1]
        # "Olive oil free soap" is free of both.
        goods = held.get(number - len(last.places) - 1) if last.alias.kind == "form" else None
        is_both = goods is not None and goods.alias.kind == "thing" and not skipped[number - 1]
        return [goods, last] if goods and is_both else [last], set()
    # "Pesticide free mint".
    return [], {number - 1}
