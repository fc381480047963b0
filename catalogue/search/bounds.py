"""What bounds a number: "no cuesten más de 7 €", "10 Euro oder mehr", "لا يقل عن 10". No Django in here.

In whichever language and on whichever side of the number they are said, they become one sign in front of it,
by which prices, lead times and amounts are read.
"""

import re

from catalogue.search.folding import fold
from catalogue.search.leadtimes import A_TIME
from catalogue.search.phrases import any_of, phrases_in
from catalogue.search.prices import DASH, MONEY, NUMBER, OURS, PER, TO, Price, number_said
from catalogue.search.sizes import ONE_MEASURE

AT_LEAST, AT_MOST = "≥", "≤"
NO_SIGNS = str.maketrans({AT_LEAST: " ", AT_MOST: " "})
MEANT = {"more": AT_LEAST, "least": AT_LEAST, "less": AT_MOST, "most": AT_MOST}
# A negation turns these round: no menos de.
TURNED = {"more": AT_MOST, "less": AT_LEAST}
TOLD = phrases_in("bounds.csv")
NONE = frozenset(map(fold, TOLD["not"]))
NOT = NONE.union(map(fold, TOLD["without"]))
# What a negation may be parted from its bound by: no cuesten más de.
PARTING = frozenset(map(fold, TOLD["cost"] + TOLD["small"]))
WORD = re.compile(r"[^\W\d_]+(?:['’]t(?!\w))?")
GAP = re.compile(r"[\s'’]{0,3}")
MA = re.compile(r"(?<!\w)(?:ma|ما)\s{0,2}\Z")
MOST_BETWEEN = 5
# "And" is written with the next word in Arabic.
BEFORE = re.compile(
    r"(?<!\w)(?:و(?=[\u0620-\u064a]))?"
    rf"(?:{'|'.join(f'(?P<{sense}>{any_of(TOLD[sense])})' for sense in MEANT)})(?:(?<=['’])|(?!\w))"
    rf"(?P<between>(?:[\s'’:]{{1,2}}(?:{any_of(TOLD['not'] + TOLD['small'] + TOLD['cost'])})(?!\w)){{0,3}})"
    rf"[\s'’:]{{0,2}}(?=(?:(?:{MONEY})\s?)?\d|{ONE_MEASURE}|{A_TIME})"
)
# A number that a range ends with has its bounds already.
BEHIND = re.compile(
    rf"(?<![\w.,{AT_LEAST}{AT_MOST}-])(?P<said>(?:(?:{MONEY})\s?)?(?:{NUMBER})(?:\s?(?:{MONEY})(?!\w)|\s?[^\W\d_]{{1,15}})??"
    rf"{PER}(?:\s[^\W\d_]{{1,15}})??)"
    r"(?:\s?\+|\s?,?\s?(?<![^\W\d_])"
    rf"(?:(?P<less>{any_of(TOLD['or less'])})|(?P<more>{any_of(TOLD['or more'])})))(?!\w)"
    rf"(?!\s?(?:de|d['’]|than|als|di|que|من|men|mn|{TO})?\s?(?:{MONEY})?\s?\d)"
)
# Of which, in French; in English nobody writes it before an article.
DONT = re.compile(r"(?<!\w)dont(?=\s(?:le|la|les)(?!\w)|\sl['’])")
# What begins a bound that is told more closely: ab 10 Euro aufwärts.
BEGUN = re.compile(
    r"(?<!\w)(?:from|ab|desde|da|dès|bis(?: zu)?|up to|hasta|fino a|jusqu['’ ]?[àa]|من|حتى)"
    rf"\s{{1,3}}(?=[{AT_LEAST}{AT_MOST}])"
)
# In French it is maize too, and in Darija water.
BUT = re.compile(rf"(?<=[\w€$£,] )(?<!\bde )(?<!\bdu )(?:mais|ma)\s{{1,3}}(?=[{AT_LEAST}{AT_MOST}])")
# A price behind goods of which nothing else is said.
ALL_PRICED = re.compile(
    rf"(?:\s{{0,2}}ma\s)?(?P<before>[^\d,;،{AT_LEAST}{AT_MOST}]{{1,100}})(?P<sign>[{AT_LEAST}{AT_MOST}])\s{{0,2}}"
    rf"(?P<price>(?:(?:{MONEY})\s?(?:{NUMBER})|(?:{NUMBER})\s?(?:{MONEY})){PER})\W{{0,3}}"
)
# "Honey > 30": nothing is said of what; the last words of a question, or of a part of it, or not.
BARE = re.compile(
    rf"(?P<sign>[{AT_LEAST}{AT_MOST}<>]"
    r"|(?<!\w)(?:up to|jusqu['’ ]?[àa]|hasta|bis zu|fino a|حتى)\s)=?\s{0,3}"
    rf"(?P<number>{NUMBER})(?![\w.,/%]*\w|\s?[%€$£°])(?P<end>\s*(?:[,،;.!?]|\Z))?"
)
# A sign before the number, as it is left where the same was said on both sides of it.
SIGNED = re.compile(rf"[{AT_LEAST}{AT_MOST}]\s{{0,2}}\Z")
RANGED = re.compile(rf"\d\s?(?:\S{{1,12}}\s)?(?:(?:{TO})\s|{DASH}\s?)\Z")


def signed(text: str) -> str:
    """A question in small letters whose bounds of numbers are signs in front of them: ≤ 7 euros."""
    text = BEHIND.sub(_in_front, _before(DONT.sub(",", text)))
    return _none_above(BUT.sub("but ", BEGUN.sub(" ", text)))


def bare_price(text: str, *, is_counted: bool) -> tuple[Price | None, str]:
    """The price that a number with a bound and without a unit is, in the money of whoever asks.

    Where the goods ``is_counted`` the number counts them: only a ceiling at the end is of their price. The
    number is told as it stands there.
    """
    for match in BARE.finditer(text):
        is_ceiling = match["sign"] not in (AT_LEAST, ">")
        amount = number_said(match["number"])
        if not amount or (is_counted and not (is_ceiling and match["end"] is not None)):
            continue
        low, high = (None, amount) if is_ceiling else (amount, None)
        return Price(low, high, OURS, match[0].strip()), match["number"]
    return None, ""


def _before(text: str) -> str:
    """A text with a sign where words stood in front of a number."""
    pieces, done = [], 0
    for match in BEFORE.finditer(text):
        sense = next(one for one in MEANT if match[one])
        start, is_turned = _negated(text, match.start())
        is_turned = is_turned or not NOT.isdisjoint(_folded(match["between"]))
        sign = TURNED.get(sense, MEANT[sense]) if is_turned else MEANT[sense]
        start = max(done, start)
        pieces += [text[done:start], f" {sign} "]
        done = match.end()
    return "".join([*pieces, text[done:]])


def _negated(text: str, start: int) -> tuple[int, bool]:
    """Where a bound begins with the negation before it, and whether there is one: non costino più di."""
    place, is_turned, end = start, False, start
    for match in reversed(list(WORD.finditer(text[:start]))[-MOST_BETWEEN:]):
        word = "".join(_folded(match[0]))
        if not GAP.fullmatch(text[match.end() : end]) or word not in NOT | PARTING:
            break
        if word in NOT:
            place, is_turned = match.start(), True
        end = match.start()
    # "Ma bghitch": it stands on both sides of its verb, and by itself it is water.
    twice = MA.search(text[:place]) if is_turned else None
    return (twice.start() if twice else place), is_turned


def _in_front(match: re.Match[str]) -> str:
    before = match.string[: match.start()]
    if SIGNED.search(before):
        return match["said"]
    if RANGED.search(before):
        return match[0]
    return f" {AT_MOST if match['less'] else AT_LEAST} {match['said']} "


def _none_above(text: str) -> str:
    """Whoever wants no dates above a price wants dates below it."""
    match = ALL_PRICED.fullmatch(text)
    if not match:
        return text
    before = match["before"]
    words = ((word, "".join(_folded(word[0]))) for word in WORD.finditer(before))
    goods = next((word.start() for word, folded in words if folded not in NONE | PARTING), len(before))
    if NONE.isdisjoint(_folded(before[:goods])):
        return text
    return f"{before[goods:]}{AT_MOST if match['sign'] == AT_LEAST else AT_LEAST} {match['price']}"


def _folded(text: str) -> list[str]:
    return [fold(word).replace("'", "").replace("’", "") for word in WORD.findall(text)]
