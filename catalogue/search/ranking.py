"""What a reading asks of an engine: what must hold, what each thing that holds is worth, and how to order.

Weights are constants and both engines add up the same ones; what is left to BM25 only parts equals.
No Django in here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from catalogue.search.amounts import Quantity
from catalogue.search.compounds import what_of
from catalogue.search.document import AS_GROWN, signature
from catalogue.search.everyday import is_filler
from catalogue.search.fields import MEASURES, MOST, PRICES, SORTS
from catalogue.search.itemised import Way, hows_of, is_craft, marks_of, sold_as, ways_of
from catalogue.search.lexicon import Lexicon
from catalogue.search.lists import GOODS, is_shared
from catalogue.search.reading import SELLER, Part, Reading
from catalogue.search.told import CLAIMS, OTHER, VAGUE, telling
from catalogue.search.typed import as_typed, called, numbered, standing
from catalogue.search.ways import NOTHING, Bound, Clause, Filter, OneOf, Word

# Everything that was asked holds: such offers come before all others.
WHOLE = 1000.0
# What it is outweighs what it is like, which outweighs how it is said.
THING, FORM, HS = 120.0, 80.0, 200.0
SAME = 20.0
NAMED = 10.0
ALONE = 40.0
SISTER = 20.0
MARK, PLACE, QUALITY, USE = 45.0, 45.0, 12.0, 6.0
FITS = 15.0
FREE_OF = 60.0
PLAIN = 50.0
# BM25 scores are multiplied by these.
IN_TITLE, IN_BODY, ECHO = 3.0, 1.0, 0.3
MARKS = ("attribute", "certificate", "protected", "month", "language")
FIELDS = {
    "attribute": "marks",
    "certificate": "certificates",
    "protected": "protected",
    "month": "months",
    "language": "languages",
    "place": "places",
    "incoterm": "incoterms",
}
# What a question may narrow by, what is given up last first.
NARROWING = ("certificate", "protected", "attribute", "place", "month", "language", "incoterm")
# Forms that other goods lie in.
HOLDING = frozenset(("oil", "vinegar", "juice", "syrup", "floral-water"))
# What oil is pressed from, whether it is said or not.
PRESSED = frozenset(("seed", "kernel"))
# Refused with it, though it is none by itself: what lies in vinegar, and what cosmetics are for.
REFUSED_WITH = {
    "vinegar": ("in-vinegar",),
    "cosmetic": ("face", "hair", "body", "anti-ageing", "moisturising", "massage"),
}
QUANTITY = "word:quantity"
# Forgiving costs an engine a walk through its words.
MOST_FORGIVEN = 6
PRICE = "word:price"
LEAD = "word:lead"
# What every offer has, whatever it is of.
BESIDE = (QUANTITY, PRICE, LEAD)


@dataclass(frozen=True)
class Plan:
    """A question for an engine.

    An offer is found where any clause of ``needs`` holds, or most of ``words`` stand in it, and every one of
    ``filters`` holds. It is worth the weights of the ``scores`` that hold, `WHOLE` where all of ``whole``
    hold, and what BM25 says of the words.
    """

    needs: tuple[Clause | OneOf, ...] = ()
    # The same without near kinds.
    strict: tuple[Clause | OneOf, ...] = ()
    whole: tuple[Clause | Bound | OneOf, ...] = ()
    scores: tuple[Clause | Bound | OneOf, ...] = ()
    words: tuple[Word, ...] = ()
    echoes: tuple[Word, ...] = ()
    filters: tuple[tuple[str, Filter], ...] = ()
    # Words that nobody knows, where nothing else of the question is goods: they are what is asked.
    heads: tuple[Word, ...] = ()
    # What the goods are: all of it together, where `needs` asks for any.
    product: tuple[Clause | Bound | OneOf, ...] = ()
    # That an offer names nothing beside them.
    alone: tuple[Clause | Bound | OneOf, ...] = ()
    # That an offer is sold as what holds other goods: where some are, only those.
    poured: tuple[Clause, ...] = ()
    # Several goods, none of which is a kind of another: each is wanted where nothing holds them together.
    either: tuple[Clause, ...] = ()
    # Of a list the ways in which each of its goods may be on offer, the best first.
    items: tuple[tuple[Way, ...], ...] = ()
    # Titles that hold every word as it was typed: the answer where nothing holds the goods.
    literal: tuple[Clause, ...] = ()
    # How each of them is to be: the name of it as a filter, and the ways in which the goods are so.
    hows: tuple[tuple[str, tuple[Way, ...]], ...] = ()
    # The names of what narrows one of them alone, unless something holds all of them together.
    apart: frozenset[str] = frozenset()
    # Words of the question that become filters as long as an offer passes (`narrowing`), each with its key.
    narrows: tuple[tuple[str, Filter], ...] = ()
    sort: str = "relevance"

    @property
    def least_words(self) -> int:
        """How many of the words must stand in an offer that no concept found."""
        return max(1, round(len(self.words) * MOST))

    def filtered(self, *filters: tuple[str, Filter]) -> "Plan":
        """The same question among fewer offers; each filter is told with its group."""
        return replace(self, filters=(*self.filters, *filters))


def plan_of(reading: Reading, lexicon: Lexicon) -> Plan:
    """What to ask an engine for a reading; an empty reading asks for everything."""
    things = [Clause("concepts", part.codes, THING) for part in reading.of("thing")]
    forms = [Clause("concepts", part.codes, FORM) for part in reading.of("form")]
    hs = [Clause("hs", (code,), HS) for code in reading.hs]
    marks = [Clause(FIELDS[part.kind], part.codes, MARK) for part in reading.of(*MARKS)]
    places = [Clause("places", part.codes, PLACE) for part in reading.of("place")]
    # Of natural cosmetics only the cosmetics say something.
    hows = _saying(reading) or reading.of("quality")
    qualities = [telling(part.codes, lexicon, QUALITY) for part in hows]
    wanted = things or forms
    # Honey of lavender is honey: it narrows as a colour does.
    after = {part.codes for part in reading.after}
    heads = [one for one in things if one.codes not in after] or [
        Clause("concepts", codes, THING) for part in reading.after if (codes := what_of(part, lexicon))
    ]
    alone = _alone(reading, lexicon)
    plain = _plain(reading, lexicon)
    # Each by itself: almonds share more with walnuts than argan does, and more than what is made of them.
    kin = dict.fromkeys(code for part in reading.of("thing") for code in lexicon.sisters(part.codes))
    sisters = [Clause("concepts", (code,), SISTER) for code in kin]
    near = [*sisters, *(replace(one, field="plain") for one in sisters)]
    sold = _sold(forms, lexicon)
    goods, product = (*things, *sold, *hs), (*heads, *sold, *hs)
    sellers = [_of_seller(part) for part in reading.of(SELLER)]
    rules = [_narrowing(part) for part in reading.of("incoterm")]
    free = [_free_of(part) for part in reading.unwanted]
    words = _words(reading)
    heading = () if wanted or hs else _heads(reading, words)
    beside: tuple[Clause | OneOf, ...] = (*marks, *places, *qualities, *free)
    names, figures, same = called(reading, lexicon), numbered(reading), _closeness(reading)
    # Who vouches for goods and where they are from outweighs what they are called.
    whole = (*goods, *(plain or alone), *beside, *(() if marks or places else names))
    if heading:
        # All that is white is no white bunk bed: what holds every word comes first.
        whole = tuple(standing(word.stem) for word in words)
    uses = _uses(reading, [] if wanted or hs or heading else [*reading.of("use"), *hows], lexicon)
    said = [telling(part.codes, lexicon) for part in (*hows, *reading.of("use"))]
    others: list[Clause | OneOf] = [*said, *uses, *marks, *places, *rules]
    plan = Plan(
        needs=tuple((wanted + sisters + hs) or sellers or others),
        strict=tuple(((heads or sold) + hs) or sellers or others),
        whole=whole,
        scores=(*things, *forms, *hs, *near, *alone, *plain, *beside, *uses, *names, *figures, *same),
        words=words,
        heads=heading,
        echoes=tuple(Word(stem, ECHO, ECHO, forgiving=False) for stem in reading.echoes),
        product=product,
        alone=_only(reading, lexicon) or tuple(alone),
        poured=_poured(reading, lexicon),
        either=_either(reading, lexicon),
        narrows=_narrows(reading, lexicon),
        literal=as_typed(reading, lexicon),
    )
    if reading.items and not reading.hs:
        plan = _listed(plan, reading, (*beside, *uses), [*marks, *places, *free], lexicon)
    return replace(plan, scores=(*plan.scores, *_fit(reading.quantity)))


def _listed(
    plan: Plan, reading: Reading, beside: Sequence[Clause | OneOf], of_all: Sequence[Clause], lexicon: Lexicon
) -> Plan:
    """The plan of a list: each of the goods counts as much as the others, however many words say it."""
    items = tuple(ways_of(item, reading.items, lexicon) for item in reading.items)
    sold = tuple(way for item in reading.items for way in sold_as(item, reading, lexicon))
    by_themselves = tuple(way for way, _most in sold)
    alone = tuple(tuple[Clause | Bound, ...]((*way, Bound("size", high=float(most)))) for way, most in sold)
    parts = reading.of("thing")
    near = tuple(dict.fromkeys(code for part in parts for code in lexicon.sisters(part.codes)))
    codes = tuple(
        dict.fromkeys(code for item in reading.items for one in item.of(*GOODS) for code in one.codes)
    )
    vouched = [clause for item in reading.items for clause in marks_of(item).values()]
    of_all = [one for one in of_all if replace(one, weight=0.0) not in vouched]
    beside = [one for one in beside if not isinstance(one, Clause) or replace(one, weight=0.0) not in vouched]
    same = (signature({part.codes[0] for part in (*one.lent, *one.of(*GOODS))}) for one in reading.items)
    return replace(
        plan,
        # In which of their ways they are held is for `items`.
        strict=tuple(Clause("concepts", (code,), THING) for code in codes),
        whole=(OneOf(by_themselves), *of_all),
        scores=(
            OneOf(tuple(way for ways in items for way in ways), THING),
            OneOf(by_themselves, PLAIN),
            OneOf(alone, ALONE),
            *((Clause("concepts", near, SISTER), Clause("plain", near, SISTER)) if near else ()),
            Clause("signature", tuple(dict.fromkeys(same)), SAME),
            Clause("named", codes, NAMED),
            *beside,
        ),
        product=plan.product if is_shared(reading.items, lexicon) else (),
        alone=(),
        poured=(),
        either=(),
        items=items,
        hows=_hows(reading, items, lexicon),
        apart=frozenset(key_of(part) for item in reading.items for part in item.parts),
    )


def _hows(
    reading: Reading, items: Sequence[Sequence[Way]], lexicon: Lexicon
) -> tuple[tuple[str, tuple[Way, ...]], ...]:
    """How each of the goods of a list is to be, and the ways in which an offer is so."""
    return tuple(
        (key_of(part), tuple((*way, how) for way in ways))
        for item, ways in zip(reading.items, items, strict=True)
        for part, how in (hows_of(item, lexicon) | marks_of(item)).items()
    )


def fields_of(plan: Plan) -> set[str]:
    """The fields of which it depends what is found and in which order; what else is worth only parts it."""
    asked = [*plan.needs, *(clause for _group, clause in plan.filters)]
    found = [one for clause in asked for one in _clauses_in(clause)]
    fields = {clause.field for clause in found if not isinstance(clause, Word)}
    ordered = {SORTS[plan.sort][0]} if plan.sort in SORTS else set()
    return (fields | ordered) - {"id"}


def _clauses_in(clause: Filter) -> Iterator[Clause | Bound | Word]:
    if not isinstance(clause, OneOf):
        yield clause
        return
    for way in clause.ways:
        for one in way:
            yield from _clauses_in(one)


def key_of(part: Part) -> str:
    """The name of the filter that a part of a question becomes."""
    return f"word:{'not-' * part.is_unwanted}{'+'.join((*part.codes, *part.place))}"


def _narrows(reading: Reading, lexicon: Lexicon) -> tuple[tuple[str, Filter], ...]:
    parts = sorted(reading.of(*NARROWING), key=lambda part: NARROWING.index(part.kind))
    found: list[tuple[str, Filter]] = [(key_of(part), _free_of(part)) for part in reading.unwanted]
    hows = _saying(reading)
    found += [(key_of(part), Clause("concepts", part.codes)) for part in reading.after]
    claims = [part for part in hows if CLAIMS.issuperset(part.codes)]
    found += [(key_of(part), Clause("concepts", part.codes)) for part in claims]
    marked = [(key_of(part), _narrowing(part)) for part in parts]
    # Dried goods that are not said to be dried may well be; green olives are no black ones.
    for is_other in (True, False):
        told = [part for part in hows if part not in claims and OTHER.issuperset(part.codes) == is_other]
        found += [(key_of(part), telling(part.codes, lexicon)) for part in told]
        found += marked if is_other else []
    if reading.quantity:
        found.append((QUANTITY, _begins_by(reading.quantity)))
    if price := reading.price:
        low, high = (None if bound is None else float(bound) for bound in (price.low, price.high))
        bound = Bound(f"price_{price.currency.lower()}", low, high)
        found.append((PRICE, bound if bound.field in PRICES else NOTHING))
    if reading.lead:
        found.append((LEAD, Bound("lead_days", high=float(reading.lead.days))))
    return tuple(found)


def _saying(reading: Reading) -> list[Part]:
    """How goods are to be and what for, where it says something of them.

    What is said of everything does where nothing else is asked: handmade, by women.
    """
    hows = reading.of("quality", "use")
    saying = [part for part in hows if not VAGUE.issuperset(part.codes)]
    is_more = saying or reading.hs or reading.of("thing", "form", SELLER)
    return saying if is_more else hows


def _of_seller(part: Part) -> Clause:
    return Clause("seller", tuple(code.removeprefix(f"{SELLER}-") for code in part.codes))


def _narrowing(part: Part) -> Clause:
    places = [f"{code}@{place}" for code in part.codes for place in part.place]
    return Clause(FIELDS[part.kind], tuple(places) or part.codes)


def _uses(reading: Reading, meant: Sequence[Part], lexicon: Lexicon) -> list[OneOf]:
    """What goods are for; ``meant`` where none are named: what a hammam needs, before what holds it."""
    uses = [telling(part.codes, lexicon, USE) for part in reading.of("use")]
    for field, weight in (("concepts", FORM), ("plain", PLAIN)):
        uses += [OneOf(((Clause(field, part.codes),),), weight) for part in meant]
    return uses


def _words(reading: Reading) -> tuple[Word, ...]:
    """The words that nobody knows; typing errors of the first of them are forgiven."""
    return tuple(
        Word(stem, IN_TITLE, IN_BODY, forgiving=place < MOST_FORGIVEN)
        for place, stem in enumerate(reading.rest)
    )


def _heads(reading: Reading, words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The unknown words that name what is asked: "caviar" of "organic caviar", and not "delivered"."""
    told = zip(words, reading.unknown, strict=True)
    return tuple(replace(word, forgiving=False) for word, typed in told if not is_filler(typed))


def _either(reading: Reading, lexicon: Lexicon) -> tuple[Clause, ...]:
    """The goods by themselves, where several were asked for; "medjool dates" are one."""
    parts = [one for one in reading.of("thing") if one not in reading.after] or reading.of("form")
    narrow = lexicon.without_kinds(part.codes[0] for part in parts)
    found = [Clause("concepts", part.codes, THING) for part in parts if part.codes[0] in narrow]
    found += [Clause("hs", (code,), HS) for code in reading.hs]
    return tuple(found) if len(found) > 1 else ()


def _free_of(part: Part) -> Clause:
    more = [each for code in part.codes for each in REFUSED_WITH.get(code, ())]
    return Clause(FIELDS.get(part.kind, "concepts"), (*part.codes, *more), FREE_OF, is_absent=True)


def _alone(reading: Reading, lexicon: Lexicon) -> list[Bound]:
    """Offers that name no more things than were asked for: thyme before the honey of thyme."""
    asked = lexicon.without_kinds(part.codes[0] for part in reading.of("thing"))
    return [Bound("size", high=float(len(asked)), weight=ALONE)] if asked else []


def _poured(reading: Reading, lexicon: Lexicon) -> tuple[Clause, ...]:
    """What is sold as oil, and not what lies in it."""
    forms = [part.codes for part in reading.of("form")]
    above = {above for codes in forms for code in codes for above in lexicon.ancestors(code)}
    return tuple(Clause("plain", codes) for codes in forms) if above & HOLDING else ()


def _sold(forms: list[Clause], lexicon: Lexicon) -> list[Clause]:
    """The forms in which goods are sold, but for what their oil is pressed from: black cumin seed oil."""
    above = {above for one in forms for code in one.codes for above in lexicon.ancestors(code)}
    return [one for one in forms if not (above & HOLDING and PRESSED.issuperset(one.codes))]


def _only(reading: Reading, lexicon: Lexicon) -> tuple[Clause, ...]:
    """Offers of nothing but one kind of goods: bowls and plates are pottery."""
    parts = reading.of("thing")
    narrow = lexicon.without_kinds(part.codes[0] for part in parts)
    found = [part.codes for part in parts if part.codes[0] in narrow]
    return (Clause("only", found[0]),) if len(found) == 1 else ()


def _plain(reading: Reading, lexicon: Lexicon) -> list[Clause]:
    """Where nothing was asked that is made of it: olives before their oil, clay before shampoo of it."""
    things, forms = reading.of("thing"), reading.of("form")
    if not things and len(forms) == 1:
        return [Clause("plain", forms[0].codes, PLAIN)]
    if is_craft(things, lexicon):
        # A rug is made of wool, and is a rug.
        return []
    if len(things) != 1 or not {code for part in forms for code in part.codes} <= AS_GROWN:
        return []
    return [Clause("plain", things[0].codes, PLAIN)]


def _closeness(reading: Reading) -> list[Clause]:
    """What parts equals: an offer that names just what was asked, and names it rather than a kind of it."""
    parts = reading.of("thing", "form")
    if not parts:
        return []
    same = signature({part.codes[0] for part in parts})
    return [Clause("signature", (same,), SAME), *(Clause("named", part.codes, NAMED) for part in parts)]


def _fit(quantity: Quantity | None) -> list[Bound]:
    """Sellers that begin at or below the quantity asked."""
    return [_begins_by(quantity, FITS)] if quantity else []


def _begins_by(quantity: Quantity, weight: float = 0.0) -> Bound:
    return Bound(MEASURES[quantity.unit], high=float(quantity.amount), weight=weight)
