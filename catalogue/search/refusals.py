"""What a question says is not wanted, and what it says no to besides: no minimum. No Django in here."""

from collections.abc import Mapping, Sequence
from itertools import takewhile

from catalogue.search.folding import words
from catalogue.search.lexicon import Lexicon
from catalogue.search.matching import Match
from catalogue.search.sayings import FREE, NEGATIONS, destinations

# What may stand between a refusal and what it refuses: "pas de", "without any", "sans ajout de", "not too".
STEPPED_OVER = frozenset(
    words(
        "a an any the of in from by for added additional addition additives with containing contains contain "
        "using made traces trace too very so all de d du des le la les l un une en au aux avec à par ajout "
        "ajoute ajoutee ajoutes ajoutees contenant contient traces trop tres el los las del con anadido "
        "anadida anadidos anadidas adicion contiene trazas demasiado muy der die das den dem des ein eine "
        "einer eines von vom aus mit im in zusatz zugesetzt zugesetzte zugesetzter zugesetztem zugesetzten "
        "spuren zu sehr di del della dei degli delle da al allo alla con aggiunta aggiunto aggiunti aggiunte "
        "tracce troppo molto contenente من في اي ال مضاف مضافه اضافه اثار dyal d f men chi"
    )
)
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


def skipped_before(text: str, typed: Sequence[str], lexicon: Lexicon) -> list[frozenset[str]]:
    """For each word that was kept of a text, the words that were passed over right before it."""
    found: list[frozenset[str]] = []
    waiting: set[str] = set()
    for parts, passed in lexicon.passing.marked(text):
        if passed:
            waiting.update(parts)
            continue
        for _part in parts:
            found.append(frozenset(waiting))
            waiting.clear()
    # Where all words are passed over all are kept.
    return found[: len(typed)] if len(found) >= len(typed) else [frozenset()] * len(typed)


def refused(
    typed: Sequence[str], skipped: Sequence[frozenset[str]], held: Mapping[int, Match]
) -> tuple[list[Match], set[int]]:
    """What is not wanted, and the places of the words that say so; ``held`` are the meanings by place."""
    found: list[Match] = []
    said: set[int] = set()
    for number, word in enumerate(typed):
        if number in held or word not in NEGATIONS | FREE:
            continue
        said.add(number)
        if word in NEGATIONS or _says_of(number, typed, skipped):
            more, passed = _behind(number, typed, skipped, held)
        else:
            more, passed = _before(number, typed, skipped, held)
        found += more
        said |= passed
    return found, said


def _says_of(number: int, typed: Sequence[str], skipped: Sequence[frozenset[str]]) -> bool:
    """Whether a "free" says of what: free of salt, frei von Duft."""
    return number + 1 < len(typed) and bool(skipped[number + 1] & OF)


def _behind(
    number: int, typed: Sequence[str], skipped: Sequence[frozenset[str]], held: Mapping[int, Match]
) -> tuple[list[Match], set[int]]:
    """The meanings right behind a refusal, or the unknown words that it refuses instead."""
    place = number + 1
    while place < len(typed) and typed[place] in STEPPED_OVER and place not in held:
        place += 1
    passed = set(range(number + 1, place))
    between = set().union(*skipped[number + 1 : place + 1])
    if place >= len(typed) or place not in held:
        return [], passed | _unknown(place, typed, skipped, held)
    if between - STEPPED_OVER:
        # "No minimum order, honey": another word is refused, which is passed over.
        return [], passed
    first = held[place]
    after = next((one for one in range(place, len(typed)) if held.get(one) is not first), len(typed))
    second = held.get(after)
    # "Sans huile de palme" and "without palm oil" refuse both.
    is_both = second is not None and (
        (first.alias.kind, second.alias.kind) == ("form", "thing")
        or ((first.alias.kind, second.alias.kind) == ("thing", "form") and not skipped[after])
    )
    return ([first, second] if second and is_both else [first]), passed


def _unknown(
    place: int, typed: Sequence[str], skipped: Sequence[frozenset[str]], held: Mapping[int, Match]
) -> set[int]:
    """The words that nobody knows from a place on, up to where the goods go or something else is said."""
    found: set[int] = set()
    for number in range(place, min(place + NEAR, len(typed))):
        if number in held or typed[number] in destinations() or (found and skipped[number]):
            break
        found.add(number)
    return found


def _before(
    number: int, typed: Sequence[str], skipped: Sequence[frozenset[str]], held: Mapping[int, Match]
) -> tuple[list[Match], set[int]]:
    """What stands before a "free", unless that is said of what comes next: free delivery, frei Haus."""
    after = number + 1
    if after < len(typed) and after not in held:
        # A city is told as where the goods go.
        if typed[after] in destinations() and typed[after] not in DELIVERED:
            return [], set()
        told = list(takewhile(lambda one: typed[one] in DELIVERED, range(after + 1, len(typed))))
        return [], {after, *told}
    if after < len(typed) and typed[number] == "frei" and held[after].alias.kind == "place":
        return [], set()
    is_beside = number - 1 in held and not skipped[number]
    return ([held[number - 1]] if is_beside else []), set()
