"""What a question takes back: not 20 kg but 50 kg; and a "but" that is goods elsewhere. No Django in here."""

import re

from catalogue.search.amounts import BASE_UNITS, MEASURES
from catalogue.search.denials import GOODS, INSTEAD, SHAPES
from catalogue.search.folding import fold, words
from catalogue.search.lexicon import Alias, Lexicon
from catalogue.search.matching import matches_in, tokens_of
from catalogue.search.prices import CODE, MONEY, NUMBER
from catalogue.search.sayings import BULKY, NEGATIONS, RETAIL

NOT = (
    r"(?:(?:but|and|et|und|y|e) )?(?:(?:i |we )?(?:don['’]?t|do not) (?:want|need)|not|nicht|keine?[nmrs]?"
    r"|(?:non )?pas|non(?: (?:voglio|vogliamo))?|no(?: (?:quiero|queremos))?|w?machi|mashi|mish"
    r"|ma ?bghi(?:t|na)(?:ch|sh|x|chi)?|و?ليست?|و?لا(?: [أان]ريد)?|ما ?بغي(?:ت|نا)ش?ي?|مش|مو|موش|ماشي)"
)
BUT = (
    r"but|sondern|aber|mais|sino|pero|ma|bens[ìi]|però|بل|و?لكن|بس|wa?lakin|i want|quiero|voglio|bghi(?:t|na)"
    r"|بغي(?:ت|نا)|[أان]ريد"
)
AMOUNT = (
    rf"(?:(?:de|of|von|di|per|für|pour|for|من)\s|d['’])?(?:{MONEY})?\s?"
    rf"(?<![\d.,])(?:{NUMBER})(?![\d.,]*\d)(?P<gap>\s?)(?P<unit>{MONEY}|[^\W\d_]{{1,12}})?"
)
# "Not 20 kg of honey but 50 kg" keeps its honey.
TAKEN_BACK = re.compile(
    rf"(?<!\w)(?:{NOT})\s+{AMOUNT}(?!\w)(?P<goods>(?:\s[^\W\d_]{{1,20}}){{0,3}}?)\s*,?\s*(?:{BUT})\s+"
    rf"(?:(?:rather|only|plutôt|seulement|nur|solo|de|of|von|di)\s)?(?=(?:{MONEY})?\s?\d)"
)
REFUSED = re.compile(rf"(?<!\w)(?<!why )(?<!pourquoi )(?<!warum )(?:{NOT}|{INSTEAD})\s*{AMOUNT}(?!\w)")
ENDED = re.compile(r"\s*(?:[,،;.!?)]|\Z)")
NUMBERED = re.compile(r"\d")
# Goods too: maize in French without its accent, and water in Darija.
MAIS = re.compile(r"(?<=[\w)])(\s*,)?\s+mais(?=\s+\S)")
MA = re.compile(r"(?<=[\w)])(\s*,)?\s+ma(?=\s+\S)")
# Maize stands behind these: farine de mais, Weizen und Mais.
BEFORE_GOODS = frozenset(
    words(
        "de du des d le la les l un une en au à of from di del dello della von vom aus mit et ou und oder "
        "y e o and or ni né noch avec con with dyal sous plus x"
    )
)
# With these a condition goes on: miel mais pas plus de 50 kg, miele ma con favo.
GOES_ON = frozenset(
    words(
        "pas non sans moins au plus max maximum maxi jusqu jusque sous entre uniquement seulement surtout "
        "aussi plutôt pour avec en à au aux qui que livré livrée"
    )
)
GOES_ON_IN_ITALIAN = frozenset(
    words(
        "non senza solo soltanto anche con più meno almeno fino massimo max a al per quello quella che in da"
    )
)
# Said before, what follows is wanted instead: non datteri ma fichi.
IN_ITALIAN = frozenset(("non", "senza", "tranne", "eccetto", "niente"))
CONDITIONS = frozenset(("quality", "attribute", "use", "place", "certificate", "protected", "incoterm"))
# These do not say what they are made of: right behind them it is maize.
OF_MAIZE = frozenset(("cereal", "flour", "semolina", "flakes", "oil", "bran", "animal-feed"))
OF_CEREALS = OF_MAIZE | {"bread", "couscous", "pasta"}
DRA = re.compile(r"(?<=\s)dra(?!\w)")
FROM = frozenset(("mn", "men", "min", "from", "de", "du"))


def corrected(text: str, lexicon: Lexicon) -> str:
    """A question in small letters without the amounts it takes back, whose "but" is no goods."""
    if NUMBERED.search(text):
        text = TAKEN_BACK.sub(lambda match: _rest(match, lexicon), text)
        text = REFUSED.sub(lambda match: _without_amount(match, lexicon), text)
    text = DRA.sub(lambda match: "kebbal" if _is_maize(match, lexicon) else match[0], text)
    for pattern, going_on in ((MAIS, GOES_ON), (MA, GOES_ON_IN_ITALIAN)):
        text = pattern.sub(
            lambda match, told=going_on: " , " if _is_but(match, told, lexicon) else match[0], text
        )
    return text


def _rest(match: re.Match[str], lexicon: Lexicon) -> str:
    """What is left of an amount that another one follows: "3sel" is honey, and no three of anything."""
    is_amount = bool(match["gap"]) or not match["unit"] or _is_unit(match["unit"], lexicon)
    return f"{match['goods']} " if is_amount else match[0]


def _without_amount(match: re.Match[str], lexicon: Lexicon) -> str:
    """A refused amount refuses no goods: dates, not 1000 kg."""
    before, behind = match.string[: match.start()], match.string[match.end() :]
    if match["unit"]:
        return " " if _is_unit(match["unit"], lexicon) else match[0]
    is_last = NUMBERED.search(before) is not None and ENDED.match(behind) is not None
    return " " if is_last else match[0]


def _is_unit(word: str, lexicon: Lexicon) -> bool:
    told = fold(word)
    known = (told, *lexicon.words_like(told))
    is_measured = any(lexicon.units.get(each, "") in BASE_UNITS for each in known)
    return is_measured or told in MEASURES or told in RETAIL | BULKY or CODE.fullmatch(word) is not None


def _named(text: str, lexicon: Lexicon) -> list[Alias]:
    """The goods that a text names."""
    matches = matches_in(tokens_of(lexicon.telling(text), lexicon), lexicon)
    return [match.alias for match in matches if match.alias.kind in GOODS]


def _is_maize(match: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether the Darija word is the cereal, and not the valley: kseksou bla dra, khobz dra."""
    before = words(match.string[: match.start()])
    if not before or before[-1] in FROM:
        return False
    named = _named(" ".join(before), lexicon)
    is_of_cereals = any(not OF_CEREALS.isdisjoint(alias.codes) for alias in named)
    return is_of_cereals or not NEGATIONS.isdisjoint(before[-2:])


def _is_but(match: re.Match[str], going_on: frozenset[str], lexicon: Lexicon) -> bool:
    """Whether goods stand before it, and no goods but a further condition behind it."""
    before, behind = match.string[: match.start()], match.string[match.end() :]
    last, following = words(before)[-1], words(behind)[:1]
    if (last in BEFORE_GOODS and not match[1]) or last in NEGATIONS or not following:
        return False
    named, goes_on = _named(before, lexicon), following[0] in going_on
    if going_on is GOES_ON_IN_ITALIAN:
        is_instead = not IN_ITALIAN.isdisjoint(words(before))
        return is_instead or (bool(named) and (goes_on or _begins_with_condition(behind, lexicon)))
    if goes_on:
        return bool(named) or NUMBERED.search(before) is not None
    if not named or (not match[1] and not OF_MAIZE.isdisjoint(named[-1].codes)):
        return False
    return _begins_with_condition(behind, lexicon) or not _begins_with_goods(behind, lexicon)


def _begins_with_condition(text: str, lexicon: Lexicon) -> bool:
    first = _first_meant(text, lexicon)
    return first is not None and (first[0] in CONDITIONS or not SHAPES.isdisjoint(first[1]))


def _begins_with_goods(text: str, lexicon: Lexicon) -> bool:
    first = _first_meant(text, lexicon)
    return first is not None and first[0] in GOODS


def _first_meant(text: str, lexicon: Lexicon) -> tuple[str, tuple[str, ...]] | None:
    matches = matches_in(tokens_of(lexicon.telling(text), lexicon), lexicon)
    first = next((match.alias for match in matches if match.places[0] == 0), None)
    return (first.kind, first.codes) if first else None
