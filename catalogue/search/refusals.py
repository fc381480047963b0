"""What a question says is not wanted, and what it says no to besides: no minimum. No Django in here."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from catalogue.search.folding import ARABIC, words
from catalogue.search.lexicon import Lexicon
from catalogue.search.matching import Match, Token, matches_in
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
# After these what was refused goes on: "without thyme or euphorbia".
ALSO = frozenset(words("and et y e und و plus"))
OR = frozenset(words("or ou o oder او wla wela"))
# Only goods beside goods, and only how they are beside how they are, are of one list.
HOW = frozenset(("form", "quality", "use"))
# Refusals of several words, as one of them.
SAID_IN_WORDS = (
    (re.compile(r"(?<!\w)hors (?:taxes?|tva|douanes?)(?!\w)"), " "),
    (re.compile(r"(?<!\w)hors (?!d['’]|saison|norme|pair|stock|ue\b|europe)(?=\w)"), "sauf "),
    (
        re.compile(
            r"(?<!\w)(?:(?:with the exception|with exception|to the exclusion) of|(?:apart|aside) from"
            r"|(?:à|a) l['’]exception (?:des?|du)|(?:à|a) l['’]exclusion (?:des?|du)|en dehors (?:des?|du)"
            r"|(?:a|con) excepci[óo]n del?|ad eccezione d(?:i|el|ella|ei|elle)|mit ausnahme (?:von|der|des)"
            r"|abgesehen vo[nm]|divers[oaie] da(?:l|lla|i|gli|lle)|(?:ما|من) ?عدا|باستثناء"
            r"|(?:i|we) (?:don['’]?t|do not|dont|never) (?:want|need|like|take|buy)"
            r"|(?:don['’]?t|do not|dont|never) (?:want|need|send|ship|give|sell)(?: me| us)?"
            r"|(?:je ne veux|nous ne voulons) pas|(?:yo )?no (?:quiero|queremos)"
            r"|non (?:voglio|vogliamo)|(?:ich will|wir wollen) (?:nicht|kein\w{0,2})"
            r"|ما ?بغي(?:ت|نا)(?:ش|شي|ها|هاش)|ma ?bghi(?:t|na)(?:ch|sh|x|chi)?)(?!\w)"
        ),
        " without ",
    ),
    # Born, in French; without its accent it is half of a French refusal.
    (re.compile(r"(?<!\w)né(?!\w)"), " senza "),
    (re.compile(r"(?<!\w)weder(?= (?:\S+ ){1,4}noch(?!\w))"), " ohne "),
    (re.compile(r"(?<=\w )noch(?= (?!mehr|ein|zu|nicht)\w)"), " oder "),
    # "And" is written with the next word in Arabic; roses, leaves and faces begin like it.
    (
        re.compile(
            r"(?<!\w)((?:بدون|بلا|بغير|غير|دون|ليس|ماعدا|عدا|إلا|الا|سوى|without|ماشي|خالي[ةه]? من)"
            r"\s{1,3}\S+\s{1,3})"
            r"و(?!رد|رق|جه|زن|طن|لا)(?=[^\W\d_]{3})"
        ),
        r"\1و ",
    ),
)
NEITHER = re.compile(r"(?<!\w)weder(?!\w)")
# German says it at the end of a word: palmölfrei; its "los" ends words of other languages too.
ENDING = re.compile(
    r"(?<!\w)(?:(\w{3,40}?)-?(frei)|(kern|stein|geruch|geruchs|farb|duft|naht|haut|gräten|fett)(los))"
    r"(?:e[nrsm]?)?(?!\w)"
)
# Who pays is no word of what the goods hold.
PAID = frozenset(words("porto zoll steuer fracht kosten versandkosten gebühren spesen versand risiko fehler"))
TIED = re.compile(r"(\w+)-free(?!\w)")
FREE_OTHER = re.compile(r"(?<!\w)(\w{3,40})[ -]free (\w{3,40})")


def in_one_word(text: str, lexicon: Lexicon) -> str:
    """A question in small letters whose refusals are one word each, in front of what they refuse."""
    if not NEITHER.search(text):
        patterns = [one for one in SAID_IN_WORDS if one[1] != " oder "]
    else:
        patterns = list(SAID_IN_WORDS)
    for pattern, meant in patterns:
        text = pattern.sub(meant, text)
    text = FREE_OTHER.sub(lambda match: _other_in_front(match, lexicon), text)
    return ENDING.sub(lambda match: _in_front(match, lexicon), text)


def _other_in_front(match: re.Match[str], lexicon: Lexicon) -> str:
    """ "Alcohol free perfume" is not free of perfume, which is a saying too."""
    one, other = (words(match[place])[-1] for place in (1, 2))
    said = {lexicon.aliases[number].words for number in lexicon.aliases_with("free")}
    return (
        f"without {match[1]} {match[2]}"
        if (other, "free") in said and (one, "free") not in said
        else match[0]
    )


def _in_front(match: re.Match[str], lexicon: Lexicon) -> str:
    """ "Palmölfrei" as it is said in two words, where it is no word by itself: glutenfrei."""
    stem, ending = match[1] or match[3], match[2] or match[4]
    if lexicon.is_word(f"{stem}{ending}"):
        return f"{stem}{ending}"
    return " " if PAID.issuperset(words(stem)) else f"ohne {stem}"


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


def parted(
    matches: list[Match],
    tokens: Sequence[Token],
    typed: Sequence[str],
    lexicon: Lexicon,
    without: Iterable[str],
) -> list[Match]:
    """What a question may mean, where a refusal says how the only goods are not to be: not sweet paprika."""
    things = [match for match in matches if match.alias.kind == "thing"]
    if len(things) != 1 or len(things[0].places) < 2:
        return matches
    cut = things[0].places[0] + 1
    before = list(typed[: tokens[cut - 1].typed])
    while before and before[-1] in STEPPED_OVER:
        before.pop()
    if not before or before[-1] not in NEGATIONS:
        return matches
    how = matches_in(tokens[:cut], lexicon, without=without)
    rest = [
        replace(match, places=tuple(place + cut for place in match.places))
        for match in matches_in(tokens[cut:], lexicon, without=without)
    ]
    says_how = any(match.places[-1] == cut - 1 and match.alias.kind == "quality" for match in how)
    return [*how, *rest] if says_how and any(one.alias.kind == "thing" for one in rest) else matches


def refused(
    typed: Sequence[str], skipped: Sequence[frozenset[str]], held: Mapping[int, Match], text: str = ""
) -> tuple[list[Match], set[int]]:
    """What is not wanted, and the places of the words that say so; ``held`` are the meanings by place."""
    found: list[Match] = []
    said: set[int] = set()
    tied = {word for match in TIED.finditer(text) for word in words(match[1])}
    for number, word in enumerate(typed):
        if number in held or word not in NEGATIONS | FREE:
            continue
        said.add(number)
        if word in NEGATIONS or _says_of(number, typed, skipped):
            more, passed = _behind(number, typed, skipped, held)
        else:
            is_tied = number > 0 and typed[number - 1] in tied
            more, passed = _before(number, typed, skipped, held, is_tied=is_tied)
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
    place = _next(number + 1, typed, held)
    passed = set(range(number + 1, place))
    between = set().union(*skipped[number + 1 : place + 1])
    if place >= len(typed) or place not in held:
        return [], passed | _unknown(place, typed, skipped, held)
    if between - STEPPED_OVER:
        # "No minimum order, honey": another word is refused, which is passed over.
        return [], passed
    if _is_wanted(place, held) and held.get(after := _after(place, typed, held)):
        # "Honey but not honey of thyme".
        place = after
    found = _one_of(place, typed, skipped, held)
    while (after := _after_all(found, typed, held)) < len(typed):
        joining = skipped[after] | {typed[after]} if after not in held else skipped[after]
        following = _next(after + (after not in held and typed[after] in ALSO | OR), typed, held)
        if not joining & (ALSO | OR):
            break
        if following not in held:
            if joining & OR:
                passed |= _unknown(following, typed, skipped, held)
            break
        more = _one_of(following, typed, skipped, held, found)
        if not _is_of_one_list(found[0], more, is_or=bool(joining & OR)):
            break
        passed |= set(range(after, following))
        found += more
    return found, passed


def _next(place: int, typed: Sequence[str], held: Mapping[int, Match]) -> int:
    while place < len(typed) and typed[place] in STEPPED_OVER and place not in held:
        place += 1
    return place


def _after(place: int, typed: Sequence[str], held: Mapping[int, Match]) -> int:
    """The place behind the words of the meaning that stands at one."""
    return next((one for one in range(place, len(typed)) if held.get(one) is not held[place]), len(typed))


def _after_all(found: Sequence[Match], typed: Sequence[str], held: Mapping[int, Match]) -> int:
    return max((one + 1 for one, match in held.items() if match in found), default=len(typed))


def _is_wanted(place: int, held: Mapping[int, Match]) -> bool:
    """Whether the goods of the meaning at a place were asked for before it, too."""
    codes, kind = held[place].alias.codes, held[place].alias.kind
    earlier = (match for one, match in held.items() if one < place and match is not held[place])
    return kind in ("thing", "form") and any(match.alias.codes == codes for match in earlier)


def _is_of_one_list(first: Match, more: Sequence[Match], *, is_or: bool) -> bool:
    """Whether what follows can only be refused with what was: powder or ground, not powder, and honey.

    "And argan oil" names goods of their own.
    """
    kinds = {first.alias.kind, more[0].alias.kind}
    return (len(kinds) == 1 or kinds <= HOW) and (is_or or len(more) == 1)


def _one_of(
    place: int,
    typed: Sequence[str],
    skipped: Sequence[frozenset[str]],
    held: Mapping[int, Match],
    others: Sequence[Match] = (),
) -> list[Match]:
    """The meaning at a place that is refused, with the form or the goods that belong to it.

    "Sans huile d'olive" refuses both; "no powder saffron" asks for saffron, and "not wool rugs" for rugs.
    """
    first, after = held[place], _after(place, typed, held)
    second = held.get(after)
    if second is None or _is_wanted(after, held):
        return [first]
    kinds = (first.alias.kind, second.alias.kind)
    left = [one for one in held.values() if one is not first and one is not second and one not in others]
    has_more = any(one.alias.kind in ("thing", "form") for one in left)
    if kinds == ("thing", "form"):
        is_both = not skipped[after] and has_more
    else:
        # "Sans huile olive savon"; Arabic joins the two without a word.
        is_one = has_more and (first.alias.codes[0] == "oil" or ARABIC.match(typed[after]) is not None)
        is_linked = bool(skipped[after] & OF) or is_one
        is_both = kinds == ("form", "thing") and is_linked
    return [first, second] if is_both else [first]


def _unknown(
    place: int, typed: Sequence[str], skipped: Sequence[frozenset[str]], held: Mapping[int, Match]
) -> set[int]:
    """The words that nobody knows from a place on, up to where the goods go or something else is said."""
    found: set[int] = set()
    for number in range(place, min(place + NEAR, len(typed))):
        if number in held or typed[number] in destinations():
            break
        if found and skipped[number] and not skipped[number] <= ALSO | OR:
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
        return [held[number - 1]], set()
    # "Pesticide free mint".
    return [], {number - 1}
