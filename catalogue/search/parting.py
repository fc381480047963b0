"""Where a refusal parts words that mean something together: not mint, but tea. No Django in here."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from catalogue.search.denials import GOODS
from catalogue.search.joined import listed_apart
from catalogue.search.lexicon import Lexicon
from catalogue.search.matching import Match, Token, matches_in
from catalogue.search.refusals import COMMA, STEPPED_OVER, skipped_before
from catalogue.search.sayings import NEGATIONS

# Claims about more than the goods that some of their names say (no peanuts, and no nuts), and what other
# goods are not where these are meant: "senza pelle" is said of fish, and of bags.
CLAIMS = {"nut-free": ("peanut", ""), "skinless": ("leather", "food")}


def parted(
    tokens: Sequence[Token],
    typed: Sequence[str],
    lexicon: Lexicon,
    without: Iterable[str],
    text: str,
) -> list[Match]:
    """What the words of a question may mean, where a refusal does not belong to all of them."""
    skipped = skipped_before(text, typed, lexicon)
    matches = listed_apart(matches_in(tokens, lexicon, without=without), tokens, skipped, lexicon, without)
    matches = _said_apart(matches, tokens, lexicon, without)
    if NEGATIONS.isdisjoint(typed):
        return matches
    return _paused(matches, tokens, typed, lexicon, without, skipped) or _of_the_only_goods(
        matches, tokens, typed, lexicon, without
    )


def _said_apart(
    matches: list[Match], tokens: Sequence[Token], lexicon: Lexicon, without: Iterable[str]
) -> list[Match]:
    """The meanings, where a claim was said of one kind of goods: amlou without peanuts holds almonds."""
    for match in matches:
        one_kind, unlike = CLAIMS.get(match.alias.codes[0], ("", ""))
        goods = [one.alias.codes[0] for one in matches if one.alias.kind in GOODS]
        is_like = bool(unlike) and any(unlike in lexicon.ancestors(code) for code in goods)
        if not one_kind or not goods or is_like or NEGATIONS.isdisjoint(match.alias.words):
            continue
        claimed = matches_in([tokens[place] for place in match.places[1:]], lexicon)
        if any(one_kind in one.alias.codes for one in claimed):
            return matches_in(tokens, lexicon, without={*without, match.alias.codes[0]})
    return matches


def _paused(
    matches: list[Match],
    tokens: Sequence[Token],
    typed: Sequence[str],
    lexicon: Lexicon,
    without: Iterable[str],
    skipped: Sequence[frozenset[str]],
) -> list[Match]:
    """The meanings, where the sentence pauses within what would be refused: not mint, but tea."""
    for match in matches:
        for place in match.places[1:]:
            if COMMA in skipped[tokens[place].typed] and _is_refused(match, tokens, typed):
                return [one for part in _cut(tokens, place, lexicon, without) for one in part]
    return []


def _is_refused(match: Match, tokens: Sequence[Token], typed: Sequence[str]) -> bool:
    before = list(typed[: tokens[match.places[0]].typed])
    while before and before[-1] in STEPPED_OVER:
        before.pop()
    return bool(before) and before[-1] in NEGATIONS


def _of_the_only_goods(
    matches: list[Match],
    tokens: Sequence[Token],
    typed: Sequence[str],
    lexicon: Lexicon,
    without: Iterable[str],
) -> list[Match]:
    """The meanings, where a refusal says how the only goods are not to be: pas de thé vert."""
    things = [match for match in matches if match.alias.kind == "thing"]
    if len(things) != 1 or len(things[0].places) < 2 or not _is_refused(things[0], tokens, typed):
        return matches
    places = things[0].places
    for cut in (places[0] + 1, places[-1]):
        parts = _cut(tokens, cut, lexicon, without)
        beside = (cut - 1, cut)
        kinds = [
            next((one.alias.kind for one in told if place in one.places), "")
            for told, place in zip(parts, beside, strict=True)
        ]
        if sorted(kinds) == ["quality", "thing"]:
            return [*parts[0], *parts[1]]
    return matches


def _cut(
    tokens: Sequence[Token], cut: int, lexicon: Lexicon, without: Iterable[str]
) -> tuple[list[Match], list[Match]]:
    """What the words before a place and those from it on mean by themselves."""
    before, behind = (
        [
            replace(match, places=tuple(place + start for place in match.places))
            for match in matches_in(tokens[start:end], lexicon, without=without)
        ]
        for start, end in ((0, cut), (cut, len(tokens)))
    )
    return before, behind
