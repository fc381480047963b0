"""What stands beside other goods in a question: dates and honey, تمر وعسل. No Django in here."""

import re
from collections.abc import Iterable, Sequence

from catalogue.search.folding import ARTICLE, words
from catalogue.search.lexicon import EXACT, STEM, Lexicon
from catalogue.search.matching import Match, Token, matches_in
from catalogue.search.refusals import COMMA

# As they are folded; each is passed over as a word.
JOINING = frozenset((*words("and et y e und w و or ou oder o أو plus más più وأيضا وكذلك"), COMMA))
AND = re.compile(r"(?<!\w)و([\u0620-\u064a]{3,20})(?!\w)")
SIGN = re.compile(r"(?<=[^\W\d_])(?:\s?[&+]\s?|\s?/\s?(?=[^\W\d_]{3}))(?=[^\W\d_])")


def and_apart(text: str, lexicon: Lexicon) -> str:
    """A question whose "and" is a word by itself: in Arabic it is a letter of the next one."""
    return AND.sub(lambda match: _apart(match, lexicon), SIGN.sub(" and ", text))


def listed_apart(
    matches: list[Match],
    tokens: Sequence[Token],
    skipped: Sequence[frozenset[str]],
    lexicon: Lexicon,
    without: Iterable[str],
) -> list[Match]:
    """What a question may mean where goods are joined: honey and dates are no honey of dates."""
    joined = {code for one in matches if _is_list(one, tokens, skipped, lexicon) for code in one.alias.codes}
    return matches_in(tokens, lexicon, without={*without, *joined}) if joined else matches


def _is_list(
    match: Match, tokens: Sequence[Token], skipped: Sequence[frozenset[str]], lexicon: Lexicon
) -> bool:
    """Whether a meaning is of goods with an "and" between them, each goods of their own."""
    if len(match.places) < 2 or match.alias.words in lexicon.joined:
        return False
    sides: list[list[str]] = [[]]
    for before, place in zip((match.places[0], *match.places), match.places, strict=False):
        # "And also" joins as an "and" does.
        first, last = tokens[before].typed, tokens[place].typed
        between = {one.word for one in tokens if first < one.typed < last}.union(
            *skipped[first + 1 : last + 1]
        )
        if not JOINING.isdisjoint(between):
            sides.append([])
        sides[-1].append(tokens[place].word)
    named = [{code for word in side for code in _things(word, lexicon)} for side in sides]
    # "Medjool, dates": one of them names the goods by itself.
    return len(sides) > 1 and all(named) and named[0].union(*named[1:]).isdisjoint(match.alias.codes)


def _things(word: str, lexicon: Lexicon) -> set[str]:
    """The goods that a word is a whole name of."""
    known = lexicon.beginning(word, EXACT, STEM).alone
    return {code for alias, _doubt in known if alias.kind == "thing" for code in alias.codes}


def _apart(match: re.Match[str], lexicon: Lexicon) -> str:
    is_whole = lexicon.is_word(match[0]) if match[1].startswith(ARTICLE) else _is_known(match[0], lexicon)
    return match[0] if is_whole or not _is_known(match[1], lexicon) else f"و {match[1]}"


def _is_known(word: str, lexicon: Lexicon) -> bool:
    return any(doubt <= STEM for each in words(word) for _known, doubt in lexicon.meanings(each))
