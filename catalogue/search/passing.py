"""Words that are passed over, unless goods or places are called by them. No Django in here.

"El" is an article, and El Hajeb is a town.
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain

from catalogue.search.folding import fold, folded_parts, stem, words, written


class Passing:
    """The words passed over in each language, and the names that hold a word passed over in another one."""

    def __init__(self, stops: Iterable[tuple[str, str]]) -> None:
        """``stops`` are (language, text)."""
        self._stops_in: dict[str, set[str]] = defaultdict(set)
        for language, text in stops:
            self._stops_in[language].update(written(text))
        self._stops = frozenset(chain.from_iterable(self._stops_in.values()))
        self.folded = frozenset(part for stop in self._stops for part in folded_parts(stop))
        # By their first word.
        self._names: dict[str, list[tuple[str, ...]]] = defaultdict(list)

    def hold(self, aliases: Iterable[tuple[str, str, str]]) -> None:
        """Keep names as they are where they stand in a text of any language: (code, language, text)."""
        listed = list(aliases)
        alone: dict[tuple[str, str], set[str]] = defaultdict(set)
        for code, language, text in listed:
            if len(written(text)) == 1:
                alone[language, fold(text)].add(code)
        found = set()
        for code, language, text in listed:
            marked = self.marked(text, language)
            name = tuple(part for parts, passed in marked if not passed for part in parts)
            if not name or (len(name) == 1 and alone[language, name[0]] - {code}):
                # "In salt" is no salt.
                name = tuple(words(text))
            if len(name) > 1 and not self.folded.isdisjoint(name):
                found.add(name)
        for name in sorted(found):
            self._names[name[0]].append(name)

    def stems_in(self, language: str) -> frozenset[str]:
        """The stems of the words that a language passes over."""
        return frozenset(
            stem(part) for stop in self._stops_in.get(language, ()) for part in folded_parts(stop)
        )

    def says_nothing(self, text: str) -> bool:
        """Whether a text holds only words that are passed over."""
        return all(word in self._stops for word in written(text))

    def marked(self, text: str, language: str = "") -> list[tuple[tuple[str, ...], bool]]:
        """The folded words of a text, each with whether it is passed over: in its language, else in any."""
        stops = self._stops_in.get(language, self._stops)
        told = [(folded_parts(word), word in stops) for word in written(text)]
        if any(passed for _parts, passed in told):
            kept = {number for start in range(len(told)) for number in self._name_from(start, told)}
            told = [(parts, passed and number not in kept) for number, (parts, passed) in enumerate(told)]
        return told

    def _name_from(self, start: int, told: list[tuple[tuple[str, ...], bool]]) -> set[int]:
        """The places of a name that begins at a place of a text; small words may stand within."""
        found: set[int] = set()
        for name in self._names.get("".join(told[start][0]), ()):
            places = [start]
            for number in range(start + 1, len(told)):
                if len(places) == len(name):
                    break
                parts, passed = told[number]
                if parts == (name[len(places)],):
                    places.append(number)
                elif not passed:
                    break
            if len(places) == len(name):
                found.update(places)
        return found
