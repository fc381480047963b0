"""What a list can be narrowed by, in words: choices with their counts, and what was asked as chips."""

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.dates import MONTHS
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from catalogue.ranges import price_text, range_text, within_text
from catalogue.search.asked import GROUPS, Asked, Group
from catalogue.search.folding import words as words_of
from catalogue.search.lexicon import Lexicon
from catalogue.search.narrowing import MOST_WORDS, word_key
from catalogue.search.query import read
from catalogue.search.questions import in_our_money
from catalogue.search.ranking import LEAD, PRICE, QUANTITY, key_of
from catalogue.search.reading import SELLER, Reading
from catalogue.search.results import Results, how_many
from catalogue.search.sellers import seller_meant
from catalogue.understood import harvest_in, name_of, named, told_of
from catalogue.wishes import quantity_said
from moussem.core.templatetags.figures import number_text
from moussem.core.text import reading_order
from moussem.organisations.states import SpokenLanguage

# So many choices of a group are shown before the rest is folded away.
SHOWN = 8
# So many choices are offered to be taken back where nothing is found, tried for so long, in seconds.
MOST_LESSENED = 6
LESSENING_LASTS = 0.6
LONGEST_TITLE = 80
TITLES: Mapping[str, Any] = {
    "department": gettext_lazy("Department"),
    "family": gettext_lazy("Family"),
    "is": pgettext_lazy("filter", "What it is like"),
    "region": gettext_lazy("Region of origin"),
    "province": gettext_lazy("Province of origin"),
    "certificate": gettext_lazy("Certificates"),
    "protected": gettext_lazy("Protected name"),
    "moq": gettext_lazy("Smallest first order"),
    "lead": gettext_lazy("Lead time"),
    "month": gettext_lazy("Harvest month"),
    "speaks": gettext_lazy("Answers in"),
    "price": gettext_lazy("Price"),
}
MARKS: Mapping[str, Any] = {
    "in-stock": pgettext_lazy("filter", "In stock now"),
    "verified": pgettext_lazy("filter", "Producer checked by the marketplace"),
    "organic": pgettext_lazy("filter", "Certified organic"),
    "fair-trade": pgettext_lazy("filter", "Certified fair trade"),
    "women-led": gettext_lazy("Led by women"),
    "remote": pgettext_lazy("filter", "From a remote area"),
    "sample": pgettext_lazy("filter", "Sample on offer"),
}
SORTS: Mapping[str, Any] = {
    "relevance": pgettext_lazy("order of a list", "What fits best"),
    "new": pgettext_lazy("order of a list", "Newest first"),
    "price": pgettext_lazy("order of a list", "Lowest price per kg, litre or piece"),
    "moq": pgettext_lazy("order of a list", "Smallest first order"),
    "lead_time": pgettext_lazy("order of a list", "Shortest lead time"),
}
# What is offered to narrow a place by, beside the way to all choices.
SHORTCUTS = ("in-stock", "organic", "women-led")
# Groups whose choices do not say what they are about.
UNTOLD = ("moq", "lead", "speaks", "price")
# Groups that stand open; the others are one press away.
OPEN = ("family", "is", "region")
Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Choice:
    """One choice of a group."""

    code: str
    label: str
    count: int | None
    is_chosen: bool


@dataclass(frozen=True)
class ChoiceGroup:
    """A group of choices as the page draws it; ``folded`` are those that most readers pass over."""

    name: str
    title: str
    is_single: bool
    is_open: bool
    shown: list[Choice]
    folded: list[Choice]


@dataclass(frozen=True)
class Chip:
    """One thing that was asked, in words, and the address of the list without it."""

    label: str
    href: str
    # chosen: a choice of the visitor; understood: read from words; typed: words that say nothing.
    kind: str = "chosen"


@dataclass(frozen=True)
class Less:
    """How many products there are with one choice less or more, and the address of that list."""

    number: int
    label: str
    href: str


def groups_of(results: Results, names: Names) -> list[ChoiceGroup]:
    """The groups that have something to choose, in the order of the page."""
    found = [_group(group, results, names) for group in GROUPS]
    return [group for group in found if group.shown]


def shortcuts_of(results: Results) -> list[Less]:
    """The choices that most people make of a place, each with its number and its list within the place."""
    counts = results.counts.get("marks", {})
    ways = ((code, results.asked.adding("is", code)) for code in SHORTCUTS if counts.get(code))
    return [Less(counts[code], str(MARKS[code]), _href(way)) for code, way in ways]


def known(asked: Asked, names: Names) -> Asked:
    """The same question without codes that nobody knows: they ask nothing."""
    chosen = {
        name: codes
        for name, told in asked.chosen.items()
        if (codes := tuple(code for code in told if label_of(name, code, names)))
    }
    department = asked.department if asked.department in names.get("department", {}) else ""
    return replace(asked, chosen=chosen, department=department)


def departments_of(results: Results, names: Names) -> list[Choice]:
    """The departments with their counts; one is chosen, or none."""
    counts = results.counts.get("department", {})
    chosen = results.asked.department
    choices = [
        Choice(
            code, names["department"].get(code, code), None if results.is_makeshift else count, code == chosen
        )
        for code, count in counts.items()
        if code in names["department"]
    ]
    return sorted(choices, key=lambda one: reading_order(one.label))


def _group(group: Group, results: Results, names: Names) -> ChoiceGroup:
    chosen = results.asked.chosen.get(group.name, ())
    counts = results.counts.get(group.field, {})
    known = {code: label for code in {*counts, *chosen} if (label := label_of(group.name, code, names))}
    choices = [Choice(code, label, counts.get(code), code in chosen) for code, label in known.items()]
    choices = [one for one in choices if one.count or one.is_chosen]
    if results.is_makeshift:
        # They would be those of the whole list.
        choices = [replace(one, count=None) for one in choices]
    if group.only:
        choices.sort(key=lambda one: group.only.index(one.code))
        shown, folded = choices, []
    else:
        choices.sort(key=lambda one: (not one.is_chosen, -(one.count or 0), reading_order(one.label)))
        shown, folded = choices[:SHOWN], choices[SHOWN:]
    is_open = bool(chosen) or group.name in OPEN
    return ChoiceGroup(group.name, str(TITLES[group.name]), group.adds == "one", is_open, shown, folded)


def label_of(name: str, code: str, names: Names) -> str:
    """What a choice is called; empty for a code that nobody knows."""
    if name == "is":
        return str(MARKS.get(code, ""))
    if name == "moq":
        return _("up to %(amount)s kg, litres or pieces") % {"amount": number_text(int(code))}
    if name == "lead":
        return within_text(int(code))
    if name == "month":
        return str(MONTHS[int(code.removeprefix("month-"))])
    if name == "speaks":
        return str(dict(SpokenLanguage.choices).get(code.removeprefix("speaks-"), ""))
    return names.get(name, {}).get(code, "")


def chips_of(
    asked: Asked,
    reading: Reading,
    lexicon: Lexicon,
    names: Names,
    currency: str,
    relaxed: Collection[str] = (),
    unknown: Collection[str] = (),
) -> list[Chip]:
    """Everything that was asked, each with the way to take it back; what was understood comes first.

    What had to be ``relaxed`` narrows nothing, so there is nothing to take back. A choice that words
    repeat is told once, and taken back with them.
    """
    own = list(own_choices(asked, names, currency))
    chips = []
    for label, codes in _read_parts(reading, names, lexicon, relaxed):
        rest = asked
        for each in [one for one in own if one.code in codes or one.label.casefold() == label.casefold()]:
            own.remove(each)
            rest = each.taken_from(rest)
        chips.append(Chip(label, _not_meant(rest, codes), "understood"))
    if chips:
        chips += _words_narrowing(asked, reading, relaxed, unknown)
    words = _as_written(asked, reading, unknown)
    if words and not chips and not relaxed:
        chips.append(Chip(f"“{words}”", _without(asked, text="", without=()), "typed"))
    return chips + [Chip(each.chip, _href(each.taken_from(asked))) for each in own]


def _words_narrowing(
    asked: Asked, reading: Reading, relaxed: Collection[str], unknown: Collection[str]
) -> Iterator[Chip]:
    """The words that nobody knows and that narrow what was understood, each with the way to drop it."""
    for stem, word in list(zip(reading.rest, reading.unknown, strict=True))[:MOST_WORDS]:
        text = " ".join(each for each in asked.text.split() if word not in words_of(each))
        if word not in unknown and word_key(stem) not in relaxed and text != asked.text:
            yield Chip(f"“{word}”", _without(asked, text=text), "typed")


def _as_written(asked: Asked, reading: Reading, unknown: Collection[str]) -> str:
    """The words that are looked for as they stand there: not those put aside, nor those in no offer."""
    if not (asked.without or unknown):
        return asked.text
    return " ".join(word for word in reading.unknown if word not in unknown)


@dataclass(frozen=True)
class Own:
    """A choice that a visitor made: its group and code, and what it is called."""

    group: str
    code: str
    label: str

    @property
    def chip(self) -> str:
        """What it is called by itself, where nothing tells what it is a choice of."""
        if self.group == "month":
            return harvest_in(self.label)
        if self.group not in UNTOLD:
            return self.label
        title = str(TITLES[self.group])
        return pgettext("filter and its choice", "%(filter)s: %(choice)s") % {
            "filter": title,
            "choice": self.label,
        }

    def taken_from(self, asked: Asked) -> Asked:
        """The question without this choice."""
        if self.group == "department":
            return replace(asked, department="")
        if self.group == "price":
            return replace(asked, low=None, high=None)
        return asked.lacking(self.group, self.code)


def own_choices(asked: Asked, names: Names, currency: str) -> Iterator[Own]:
    """The choices that narrow a question, in the order of the page."""
    if asked.department and (label := names["department"].get(asked.department)):
        yield Own("department", asked.department, label)
    for name, codes in asked.chosen.items():
        for code in codes:
            if label := label_of(name, code, names):
                yield Own(name, code, label)
    if asked.low is not None or asked.high is not None:
        yield Own("price", "", range_text(asked.low, asked.high, currency))


def put_aside_of(asked: Asked, names: Names, lexicon: Lexicon, currency: str = "") -> list[Chip]:
    """What the visitor said is not meant, each with the way to bring it back."""
    if not asked.without:
        return []
    chips, left = [], set(asked.without)
    whole = in_our_money(read(asked.text, lexicon), currency)
    if any(code.startswith(f"{SELLER}-") for code in asked.without):
        whole = seller_meant(whole, (), lexicon)
    for label, codes in _read_parts(whole, names, lexicon, ()):
        if left.issuperset(codes):
            left -= set(codes)
            chips.append(Chip(label, _meant(asked, codes)))
    # What words could have meant besides has no words of its own.
    more = [(code, "".join(named((code,), lexicon))) for code in asked.without if code in left]
    return chips + [Chip(label, _meant(asked, (code,))) for code, label in more if label]


def lessened(asked: Asked, names: Names, currency: str) -> list[Less]:
    """Where nothing is found: how many there are without one of the choices, the most first.

    Where one is not enough, without one group of them; where that is not, without all.
    """
    own = list(own_choices(asked, names, currency))
    until = time.monotonic() + LESSENING_LASTS
    ways = [(each.label, each.taken_from(asked)) for each in own]
    if found := _with_some(ways, currency, until):
        return found
    groups = {each.group: str(TITLES[each.group]) for each in own}
    ways = [(title, _without_group(asked, own, group)) for group, title in groups.items()]
    all_of_them = pgettext("3 products without …", "any of your choices")
    whole = [(all_of_them, replace(asked, department="", chosen={}, low=None, high=None))]
    return (_with_some(ways, currency, until) or _with_some(whole, currency, until)) if len(own) > 1 else []


def _without_group(asked: Asked, own: Sequence[Own], group: str) -> Asked:
    for each in own:
        asked = each.taken_from(asked) if each.group == group else asked
    return asked


def _with_some(ways: Sequence[tuple[str, Asked]], currency: str, until: float) -> list[Less]:
    """Those of the ways that lead to some products, as far as there is time to look."""
    found = []
    for label, way in ways:
        if time.monotonic() < until and (count := how_many(way, currency)):
            found.append(Less(count, label, _href(way)))
    return sorted(found, key=lambda less: -less.number)[:MOST_LESSENED]


def title_of(asked: Asked, chips: Sequence[Chip], relaxed: Collection[str] = ()) -> str:
    """What a list is a list of, in one line."""
    return pgettext("between items of a list", ", ").join(title_parts(asked, chips, relaxed))


def title_parts(
    asked: Asked,
    chips: Sequence[Chip],
    relaxed: Collection[str] = (),
    unknown: Collection[str] = (),
    missing: Sequence[str] = (),
) -> list[str]:
    """What a list is a list of, in the visitor's words, part by part; empty where nothing was asked.

    Where some of it was put aside, had to be given up or means nothing, the title claims only the rest;
    where what is ``missing`` is the goods themselves, it says so of them.
    """
    if missing:
        parts = [" ".join(missing)]
    elif asked.text and not (asked.without or relaxed or (unknown and chips)):
        parts = [asked.text]
    else:
        parts = [chip.label.strip("“”") for chip in [one for one in chips if one.kind != "chosen"] or chips]
    parts, whole = [capfirst(part) if place == 0 else part for place, part in enumerate(parts)], len(parts)
    while len(parts) > 1 and sum(map(len, parts)) > LONGEST_TITLE:
        parts.pop()
    return [Truncator(part).chars(LONGEST_TITLE) for part in parts] + (["…"] if len(parts) < whole else [])


def relaxed_of(reading: Reading, relaxed: Collection[str], lexicon: Lexicon) -> list[str]:
    """What had to be given up of a question, in words."""
    told = [name_of(part, lexicon) for part in reading.parts if key_of(part) in relaxed]
    words = zip(reading.rest, reading.unknown, strict=True)
    told += [word for stem, word in words if word_key(stem) in relaxed]
    if reading.quantity is not None and QUANTITY in relaxed:
        told.append(quantity_said(reading.quantity))
    if reading.price is not None and PRICE in relaxed:
        told.append(price_text(reading.price))
    if reading.lead is not None and LEAD in relaxed:
        told.append(within_text(reading.lead.days))
    return told


def _read_parts(
    reading: Reading, names: Names, lexicon: Lexicon, relaxed: Collection[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What was understood of a question: its name, and the codes that say it is not meant."""
    for told in told_of(reading, names.get("family", {}), lexicon):
        for kept in told.without({part for part in told.parts if key_of(part) in relaxed}, lexicon):
            yield kept.label, kept.codes
    for code in reading.hs:
        label = _("HS code %(code)s") % {"code": code[:4] + ("." + code[4:] if code[4:] else "")}
        yield label, (f"hs-{code}",)
    if reading.quantity is not None and QUANTITY not in relaxed:
        yield quantity_said(reading.quantity), ("quantity",)
    if reading.price is not None and PRICE not in relaxed:
        yield price_text(reading.price), ("price",)
    if reading.lead is not None and LEAD not in relaxed:
        yield within_text(reading.lead.days), ("lead",)


def _not_meant(asked: Asked, codes: tuple[str, ...]) -> str:
    return _without(asked, without=tuple(sorted({*asked.without, *codes})))


def _meant(asked: Asked, codes: tuple[str, ...]) -> str:
    return _without(asked, without=tuple(code for code in asked.without if code not in codes))


def _without(asked: Asked, **changes: Any) -> str:
    return _href(replace(asked, **changes))


def _href(asked: Asked) -> str:
    return f"?{asked.address}"
