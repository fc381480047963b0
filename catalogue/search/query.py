"""What a visitor typed, read: what is wanted, what it should be like, and how much of it.

A reading is shown to the visitor, who can undo any part of it. No Django in here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from catalogue.search.amounts import POURED, Quantity, is_range, take_quantity
from catalogue.search.bounds import NO_SIGNS, bare_price, signed
from catalogue.search.capitals import capitals_read
from catalogue.search.compounds import named_after
from catalogue.search.conditions import passed_over, said_once
from catalogue.search.corrections import corrected
from catalogue.search.denials import as_refusals, in_one_word
from catalogue.search.everyday import FOR_THE, is_said_beside, means_all, sought
from catalogue.search.folding import folded_parts, stem, words, written
from catalogue.search.itself import Beside, beside, meaning, undone
from catalogue.search.joined import and_apart
from catalogue.search.leadtimes import take_lead
from catalogue.search.lexicon import SOUND, Lexicon
from catalogue.search.lists import Found, Item, items_of, less
from catalogue.search.makings import as_petals, made_into
from catalogue.search.matching import Match, Token, tokens_of, without_names
from catalogue.search.numerals import in_digits
from catalogue.search.openings import opened
from catalogue.search.parting import parted
from catalogue.search.ports import with_named_places
from catalogue.search.prices import take_price
from catalogue.search.reading import ABROAD, Part, Reading
from catalogue.search.refusals import Said, refused, skipped_before
from catalogue.search.sayings import (
    CARDBOARD,
    CONTAINERS,
    IN_TINS,
    MATERIALS,
    NEGATIONS,
    SIZED,
    TOGETHER,
    UNPACKED,
    WOMEN,
    WORN,
    counted,
    destination_said,
    destinations,
    in_question,
    plainly,
)
from catalogue.search.sizes import measured
from catalogue.search.tariff import take_hs
from catalogue.search.told import has_both
from catalogue.search.whereabouts import as_region, words_around
from catalogue.words import clean_question

LONGEST = 200
MOST_WORDS = 24
COUNT = re.compile(r"[1-9]\d{0,4}")
# A country by its name behind these, though goods have it too: to Chile.
TOWARDS = frozenset(words("to towards for vers pour nach para verso au الى"))
# What is said of goods that are eaten.
FOOD = "food"
USED_AS = {FOOD: "culinary", "perfume": "perfumery"}
# What other goods are made into, whatever those are: organic for infusion.
PURPOSES = frozenset(("infusion",))
FOR = frozenset(words("for pour para für fuer per zum zur ل"))
# Of these some grams are an order.
DEAR = frozenset(
    ("spice", "essential-oil", "absolute", "perfume", "incense", "threads", "dyeing", "gum-resin")
)


def read(
    text: str, lexicon: Lexicon, *, without: Iterable[str] = (), names: frozenset[str] = frozenset()
) -> Reading:
    """What was typed, ``without`` codes that are not meant; ``names`` are never guessed to be goods."""
    text, without = clean_question(text, LONGEST), undone(frozenset(without), USED_AS)
    left = in_digits(opened(plainly(counted(capitals_read(text).casefold()))), lexicon)
    left = corrected(signed(left), lexicon)
    left, lead = (left, None) if "lead" in without else take_lead(left)
    left, price = (left, None) if "price" in without else take_price(left)
    left = and_apart(in_one_word(in_question(as_refusals(measured(left))), lexicon), lexicon)
    left, hs = take_hs(left, lexicon, without)
    left, passed = passed_over(left, lexicon, without)
    counted_in = left
    left, quantity = take_quantity(left, lexicon, without)
    bounded, left = left, left.translate(NO_SIGNS)
    if not (left.strip() or quantity or price or hs or lead):
        # "12 pallets": of what is not said.
        left, passed = counted_in, passed if not counted_in.strip() else []
    typed = lexicon.telling(left)[:MOST_WORDS]
    if (price or quantity or hs or lead) and lexicon.passing.says_nothing(left):
        # "à moins de 20 €" leaves an "à", which nobody looks for.
        typed = []
    tokens = tokens_of(typed, lexicon)
    matches = without_names(parted(tokens, typed, lexicon, without, left), tokens, typed, names)
    sentence = Sentence(left, typed, tokens, matches, lexicon)
    if quantity and sentence.is_packed(quantity):
        passed, quantity = [*passed, quantity.typed], None
    has_more, is_measured = bool(price or quantity or hs or lead), bool(quantity or hs)
    heard = sentence.heard(without, has_more=has_more, is_measured=is_measured)
    parts, left_over = heard.parts, [typed[token.typed] for token in tokens if token.typed not in heard.taken]
    rest = {} if means_all(left_over) else {sought(word): word for word in left_over}
    if parts or price or quantity or hs or lead:
        rest = _telling(rest, parts)
    if any(part.kind in ("thing", "form") for part in parts) and not price and "price" not in without:
        price, number = bare_price(bounded, is_counted=sentence.is_counted)
        rest = {root: word for root, word in rest.items() if root not in map(stem, words(number))}
    if not (quantity or hs) and "quantity" not in without:
        quantity = sentence.pieces(rest)
    if parts and not SIZED.search(left):
        # "5 saffron" asks for nothing that is counted.
        rest = {root: word for root, word in rest.items() if not COUNT.fullmatch(word)}
    told = Reading(
        text,
        _once(parts),
        hs,
        quantity,
        price,
        lead,
        rest=tuple(rest),
        unknown=tuple(rest.values()),
        echoes=tuple(dict.fromkeys(heard.echoes)),
        items=heard.items,
        after=heard.after,
        passed=said_once(passed) if parts or hs or not typed else (),
    )
    return less(told, read(text, lexicon, names=names).items, without) if without else told


class Heard(NamedTuple):
    """The parts of a question, places of words not to be looked up, stems of those guessed, a list of goods
    and what goods are named after."""

    parts: list[Part]
    taken: set[int]
    echoes: list[str]
    items: tuple[Item, ...]
    after: tuple[Part, ...]


@dataclass(frozen=True)
class Sentence:
    """The words of a question and what they may mean, before it is decided what they are there for."""

    text: str
    typed: list[str]
    tokens: list[Token]
    matches: list[Match]
    lexicon: Lexicon

    def numbers(self, match: Match) -> list[int]:
        """The places of the typed words that an alias stands for."""
        return list(dict.fromkeys(self.tokens[place].typed for place in match.places))

    @property
    def goods(self) -> list[Match]:
        """What can be put in a bag or a bottle: no crafts, and no material they are made of."""
        return [match for match in self.matches if self._can_be_packed(match)]

    @property
    def is_counted(self) -> bool:
        """Whether the goods are sold by the piece: fifty rugs."""
        things = [code for match in self.matches if match.alias.kind == "thing" for code in match.alias.codes]
        return any("craft" in self.lexicon.ancestors(code) for code in things)

    def pieces(self, rest: dict[str, str]) -> Quantity | None:
        """How many pieces are asked for by a number among the words left, which it is taken from."""
        counts = [word for word in rest.values() if COUNT.fullmatch(word) and not SIZED.search(self.text)]
        if not counts or not self.is_counted:
            return None
        # Of two the larger is asked: 100-150 rugs.
        more = counts[1] if len(counts) > 1 and is_range(counts[0], counts[1], self.text) else counts[0]
        del rest[stem(more)]
        return Quantity(Decimal(more), "piece", more)

    def is_packed(self, quantity: Quantity) -> bool:
        """Whether an amount says how much is in a pack: some grams of what is sold by the kilogram."""
        small = re.fullmatch(r".*?(?:g|gr|ml|[^\W\d]{3,})\.?", quantity.typed) and quantity.amount < 1
        codes = {above for m in self.goods for c in m.alias.codes for above in self.lexicon.ancestors(c)}
        return bool(small) and quantity.unit in POURED and bool(codes) and not codes & DEAR

    def heard(self, unread: frozenset[str], *, has_more: bool, is_measured: bool) -> Heard:
        """What is asked for."""
        kept = [
            match
            for match in self.matches
            if match.alias.kind != "unit" and not (self._is_wearer(match) or self._is_goal(match))
        ]
        packs = self._packs(kept, is_measured=is_measured)
        kept = [match for match in kept if not packs.issuperset(self.numbers(match))]
        unwanted, refusing = self._refused(kept)
        taken: set[int] = set()
        if kept or has_more:
            # A unit, a pack or a "not" by itself is all that was asked.
            taken |= refusing | packs
            for match in set(self.matches) - set(kept):
                if match.alias.kind == "unit" or self._is_wearer(match):
                    taken.update(self.numbers(match))
        found, echoes = [], []
        for match in kept:
            numbers = self.numbers(match)
            taken.update(numbers)
            said = " ".join(self.typed[number] for number in numbers)
            guessed = match.doubt >= SOUND
            echoes += [stem(self.typed[number]) for number in numbers if guessed]
            kind, codes = self._meant(match, kept, unwanted)
            part = Part(kind, codes, said, guessed, is_unwanted=match in unwanted)
            part = as_region(part, numbers, self.typed)
            if not unread.issuperset(part.codes):
                found.append((part, numbers))
        parts, ports = with_named_places(found, self.typed)
        abroad = self._abroad(taken, unread, is_plain=bool(parts or has_more))
        taken |= ports | {number for number, _part in abroad}
        taken |= words_around([numbers for part, numbers in found if part.kind == "place"], self.typed)
        skipped = skipped_before(self.text, self.typed, self.lexicon)
        goods = [Found(*one) for one in found]
        items = items_of(goods, skipped, self.typed, self.lexicon)
        after = () if items else named_after(goods, skipped, self.text, self.lexicon)
        return Heard([*parts, *(part for _number, part in abroad)], taken, echoes, items, after)

    def _meant(self, match: Match, kept: list[Match], unwanted: list[Match]) -> tuple[str, tuple[str, ...]]:
        """The kind and codes of a meaning; "food" says what other goods are for, or are not."""
        kind, codes = match.alias.kind, match.alias.codes
        if has_both(codes[0], self.lexicon):
            is_how = match in unwanted or self._is_purpose(match, kept)
            return beside(codes[0], self.lexicon) if is_how else self._by_itself(match, kept)
        others = [one for one in kept if one is not match and one.alias.kind in ("thing", "form")]
        if match not in unwanted and (into := self._made_into(match, others, unwanted)):
            return "use", (into,)
        is_all = not others and not PURPOSES.isdisjoint(codes)
        is_purpose = match not in unwanted and (is_all or self._is_purpose(match, kept))
        use = USED_AS.get(codes[0], "") if codes == (FOOD,) or match in unwanted or is_purpose else ""
        if others and use in self.lexicon.concepts:
            return self.lexicon.concepts[use].kind, (use,)
        things = [code for one in others if one not in unwanted for code in one.alias.codes]
        return ("use", codes) if is_purpose else (kind, as_petals(codes, things, self.lexicon))

    def _made_into(self, match: Match, others: list[Match], unwanted: list[Match]) -> str:
        """What other goods are for that are made into these: rosemary tea."""
        goods = [Beside(one.alias, self.numbers(one), False) for one in others if one not in unwanted]
        skipped = skipped_before(self.text, self.typed, self.lexicon)
        return made_into(match.alias.codes, self.numbers(match), goods, skipped, self.lexicon)

    def _by_itself(self, match: Match, kept: list[Match]) -> tuple[str, tuple[str, ...]]:
        """What goods mean that say how others are beside them."""
        rest = [one for one in kept if one is not match]
        others = [Beside(one.alias, self.numbers(one), self._is_purpose(one, kept)) for one in rest]
        skipped = skipped_before(self.text, self.typed, self.lexicon)
        return meaning(match.alias.codes[0], self.numbers(match), others, skipped, self.lexicon)

    def _is_purpose(self, match: Match, kept: list[Match]) -> bool:
        """Whether goods say what other goods before them are for: rose buds for tea."""
        if match.alias.kind not in ("thing", "form"):
            return False
        first, *more = self.numbers(match)
        is_made_into = not PURPOSES.isdisjoint(match.alias.codes)
        if is_made_into and any(map(self._is_for, more)):
            # Herbs for tea are herbal tea.
            return True
        before = [one for one in kept if max(self.numbers(one)) < first]
        has_goods = any(one.alias.kind in ("thing", "form") for one in before)
        return first > 0 and (is_made_into or has_goods) and self._is_for(first)

    def _is_for(self, number: int) -> bool:
        """Whether a word says what something is for."""
        # An article that is one word with its "for" is folded away.
        attached = (one for one in written(self.text) if one.startswith(FOR_THE))
        skipped = skipped_before(self.text, self.typed, self.lexicon)[number]
        return not FOR.isdisjoint(skipped) or (self.typed[number],) in map(folded_parts, attached)

    def _is_wearer(self, match: Match) -> bool:
        """Whether "women" says who wears the goods, and not who makes them."""
        is_bare = all(self.typed[number] in WOMEN for number in self.numbers(match))
        if not is_bare or TOGETHER.search(self.text):
            return False
        things = (code for one in self.matches if one.alias.kind == "thing" for code in one.alias.codes)
        return any(self.lexicon.ancestors(code) & WORN for code in things)

    def _is_goal(self, match: Match) -> bool:
        """Whether goods are a country that these are to go to: to Chile."""
        first, *more = self.numbers(match)
        if more or self.typed[first] not in destinations():
            return False
        return bool(skipped_before(self.text, self.typed, self.lexicon)[first] & TOWARDS)

    def _can_be_packed(self, match: Match) -> bool:
        if all(self.typed[number] in CONTAINERS for number in self.numbers(match)):
            return False
        above = {above for code in match.alias.codes for above in self.lexicon.ancestors(code)}
        if match.alias.kind == "thing":
            return not above & UNPACKED
        return match.alias.kind == "form" and not above & MATERIALS

    def _packs(self, kept: list[Match], *, is_measured: bool) -> set[int]:
        """The places of words that say what the goods are packed in, where there are goods or an amount.

        A bag with a price alone is a bag.
        """
        if not (self.goods or is_measured):
            return set()
        made = {
            number
            for match in kept
            if match.alias.kind == "form" and set(match.alias.codes) & MATERIALS
            for number in self.numbers(match)
        }
        longer = {number for m in kept if len(numbers := self.numbers(m)) > 1 for number in numbers}
        forms = [m for m in kept if m.alias.kind == "form" and not set(m.alias.codes) & MATERIALS]
        things = [code for m in self.goods if m.alias.kind == "thing" for code in m.alias.codes]
        above = {each for code in things for each in self.lexicon.ancestors(code)}
        canned = {
            number
            for match in forms
            for number in self.numbers(match)
            # A tin of sardines is canned; one of saffron is a pack, and a box of cardboard is a box.
            if CARDBOARD.isdisjoint(self.typed[number + 1 : number + 2]) and (not things or above & IN_TINS)
        }
        packs = {
            number
            for number, word in enumerate(self.typed)
            if word in CONTAINERS and number not in longer | canned
        }
        beside = {number for number in made if packs & {number - 1, number + 1}}
        if self.goods:
            # "Olive oil in glass bottles" asks for oil; a leather bag by itself is goods.
            return packs | beside
        # "Bags without leather" are goods too.
        refused = {number - 1 for number in made if number > 1 and self.typed[number - 1] in NEGATIONS}
        return {number for number in packs if not (made | refused) & {number - 1, number + 1}}

    def _refused(self, kept: list[Match]) -> tuple[list[Match], set[int]]:
        """What is not wanted, and the places of the words that say so."""
        meant: dict[int, list[Match]] = {}
        for match in kept:
            for number in self.numbers(match):
                meant.setdefault(number, []).append(match)
        skipped = skipped_before(self.text, self.typed, self.lexicon)
        return refused(Said(self.typed, skipped, meant, self.lexicon, self.text))

    def _abroad(self, taken: set[int], unread: frozenset[str], *, is_plain: bool) -> list[tuple[int, Part]]:
        """Where the goods are to go: no word of theirs, but told; ``is_plain`` where goods are known."""
        found = []
        skipped = skipped_before(self.text, self.typed, self.lexicon)
        for number, word in enumerate(self.typed):
            code = f"{ABROAD}-{word}"
            # "Bicycle to Germany" says it, and "Germany" is what is asked.
            is_told = is_plain or (number > 0 and bool(skipped[number] & TOWARDS))
            if is_told and number not in taken and word in destinations() and code not in unread:
                # As it was typed: with its accents, and its hamza.
                shown = (one for one in written(self.text) if folded_parts(one) == (word,))
                said = destination_said(word) or next(shown, word)
                found.append((number, Part(ABROAD, (code,), said)))
        return found


def _telling(rest: dict[str, str], parts: Iterable[Part]) -> dict[str, str]:
    """The words that nobody knew but for those that say nothing beside what was understood.

    Nobody looks for "delivered"; a number may still count something.
    """
    kinds = frozenset(part.kind for part in parts)
    return {
        root: word for root, word in rest.items() if COUNT.fullmatch(word) or not is_said_beside(word, kinds)
    }


def _once(parts: list[Part]) -> tuple[Part, ...]:
    told = {(part.kind, part.codes, part.place, part.is_unwanted): part for part in parts}
    return tuple(told.values())
