"""A cooperative whose whole name is a question: it is meant, whatever its words mean besides."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Q
from django.utils.text import slugify

from catalogue.models import Product
from catalogue.search.everyday import languages_by_word
from catalogue.search.folding import words
from catalogue.search.lexicon import EXACT, PLURAL, Lexicon
from catalogue.search.ranking import Plan
from catalogue.search.reading import SELLER, Part, Reading
from catalogue.search.ways import Clause, OneOf
from moussem.organisations.models import Organisation

# What an organisation calls itself.
ORGANISED = frozenset(
    words(
        "cooperative cooperativa kooperative genossenschaft coop union gie groupement societe sarl atelier "
        "association federation maison ferme domaine etablissement ets تعاونيه اتحاد مجموعه شركه جمعيه "
        "ta3awniya"
    )
)
# What a name of goods and a place is read as.
NAMING = frozenset(("thing", "form", "place", "quality"))
# What names of the demonstration end with, and nobody types.
INVENTED = frozenset(words("demo fictif fictive تجريبي تجريبية"))
# Without what it calls itself a name of so many words is no goods of somewhere.
WHOLE_NAME = 3
LONGEST_NAME = 8
# So many sellers are looked at of whose names the words are a part.
MOST_CALLED = 50


def seller_meant(reading: Reading, without: tuple[str, ...], lexicon: Lexicon) -> Reading:
    """A reading of the one seller that has goods on offer and is called as was typed; else as it was.

    Goods of a place that are the name of a seller (Rif Karmous) are asked for beside all of the seller's.
    """
    told = words(reading.text)
    if not told or len(told) > LONGEST_NAME:
        return reading
    is_name = _may_be_name(told, lexicon)
    if not (is_name or _is_of_a_place(reading)):
        return reading
    part = _only_seller(reading.text, told, lexicon)
    if part is None or part.codes[0] in without:
        return reading
    if is_name:
        return replace(Reading(reading.text), parts=(part,))
    return replace(reading, parts=(*reading.parts, part))


def _only_seller(text: str, told: Sequence[str], lexicon: Lexicon) -> Part | None:
    """The one seller of a name, or of a part of it behind what sellers call themselves: GIE Nakhla."""
    bare = _bare(told)
    called = [(key, name, [_bare(each) for each in names]) for key, name, names in _called(text)]
    found = [(key, name) for key, name, names in called if bare in names]
    if not found and len(bare) < len(told) and not all(_means(word, lexicon) for word in bare):
        found = [(key, name) for key, name, names in called if any(_is_within(bare, one) for one in names)]
    if len(found) != 1:
        return None
    key, name = found[0]
    return Part(SELLER, (f"{SELLER}-{key}",), name)


def _is_within(some: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return any(whole[start : start + len(some)] == some for start in range(len(whole)))


def _is_of_a_place(reading: Reading) -> bool:
    """Whether a question is goods of a place and nothing more."""
    kinds = {part.kind for part in reading.parts if not (part.is_unwanted or part.is_guess)}
    more = reading.quantity or reading.price or reading.lead or reading.hs or reading.rest
    return "place" in kinds and bool(kinds & {"thing", "form"}) and kinds <= NAMING and not more


def seller_first(plan: Plan, reading: Reading) -> Plan:
    """A plan for goods that a seller is called by: all of that seller's come first, then those of others."""
    codes = [code for part in reading.of(SELLER) for code in part.codes]
    if not codes or not (reading.of("thing", "form") or reading.hs):
        return plan
    own = (Clause("seller", tuple(code.removeprefix(f"{SELLER}-") for code in codes)),)
    return replace(
        plan,
        needs=(*plan.needs, *own),
        strict=(*plan.strict, *own),
        whole=own,
        product=(OneOf((plan.product, own)),),
        narrows=tuple((name, OneOf(((narrowing,), own))) for name, narrowing in plan.narrows),
        alone=(),
        poured=(),
        either=(),
        items=(),
        hows=(),
    )


def names_guessed_at(reading: Reading) -> frozenset[str]:
    """The words of a question that were guessed to be goods and stand as they are in the name of a seller."""
    guessed = frozenset(word for part in reading.parts if part.is_guess for word in words(part.typed))
    if not guessed:
        return guessed
    called = {
        word for _key, _name, names in _called(*sorted(guessed)) for name in names for word in words(name)
    }
    return guessed & called


def _may_be_name(told: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether words may be more than goods: goods alone need no look at the names.

    "Safran rouge" is red saffron, though a union is called by it.
    """
    if not ORGANISED.isdisjoint(told):
        return len(told) > 1
    if any(char.isdigit() for word in told for char in word):
        # An amount or a price.
        return False
    return len(told) >= WHOLE_NAME or not all(_means(word, lexicon) for word in told)


def _means(word: str, lexicon: Lexicon) -> bool:
    """Whether a word by itself means something as it is written; "sakia" is half of a region."""
    return word in languages_by_word() or bool(lexicon.beginning(word, EXACT, PLURAL).alone)


def _bare(name: str | Sequence[str]) -> tuple[str, ...]:
    """The words of a name without what an organisation calls itself."""
    told = words(name) if isinstance(name, str) else name
    return tuple(word for word in told if word not in ORGANISED | INVENTED)


def _called(*texts: str) -> list[tuple[int, str, list[str]]]:
    """The sellers with goods on offer in whose names one of some texts stands: key, name, and all names."""
    called = Q()
    for text in texts:
        typed = " ".join(text.split())
        called |= Q(name__icontains=typed) | Q(name_ar__icontains=typed)
        if slug := slugify(typed):
            called |= Q(slug__contains=slug)
    sellers = Organisation.objects.filter(called, pk__in=Product.objects.listed().values("organisation_id"))
    rows = sellers.values_list("pk", "name", "name_ar").order_by("pk")[:MOST_CALLED]
    return [(key, name, [each for each in (name, name_ar) if each]) for key, name, name_ar in rows]
