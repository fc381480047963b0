"""What the database answers of a list while no engine does: goods by their names, and the facts it keeps."""

import re
from dataclasses import replace
from typing import Any

from django.db.models import F, Q, QuerySet

from catalogue.models import Certificate, Product
from catalogue.queries.certificates import FAIR, ORGANIC, stands_behind
from catalogue.queries.products import all_said, available, costing, ordered
from catalogue.search.asked import BY_NAME, Asked
from catalogue.search.fields import PRICES
from catalogue.search.lexicon import Lexicon
from catalogue.search.prices import Price
from catalogue.search.questions import reading_of_question
from catalogue.search.ranking import LEAD, PRICE, QUANTITY, key_of
from catalogue.search.reading import SELLER, Part, Reading
from moussem.core.dates import today_here
from moussem.organisations.states import CHECKED

# Questions that the database answers when no engine does; the others are left out, and the page says so.
ANSWERED = frozenset({"family", "region", "province", "certificate", "protected", "is", "lead"})
# What names goods, and the codes of regions and provinces: towns and terroirs are words only.
GOODS = ("thing", "form", "quality", "use")
PLACE = re.compile(r"MA-[A-Z0-9]{2,3}")


def filtered(
    asked: Asked, currency: str, lexicon: Lexicon, reading: Reading | None = None
) -> QuerySet[Product]:
    """The listed products that a visitor asked for, without an engine; what it cannot look at is left out.

    ``reading`` is what is looked for of the words, where that is not all of them.

    In the asked order; make cards of a slice of them.
    """
    products = Product.objects.listed()
    chosen = asked.chosen
    reading = reading_of_question(asked, lexicon, currency) if reading is None else reading
    if asked.department:
        products = products.filter(product_class__department__slug=asked.department)
    for name, field in (
        ("family", "product_class__slug"),
        ("region", "origin_region"),
        ("province", "origin_province"),
        ("protected", "protected_name"),
    ):
        if codes := [code for code in chosen.get(name, ()) if name != "protected" or code.isdecimal()]:
            products = products.filter(**{f"{field}__in": codes})
    if codes := chosen.get("certificate"):
        products = products.filter(_proved(*(code.upper() for code in codes)))
    for mark in chosen.get("is", ()):
        products = products.filter(_marked(mark))
    if days := chosen.get("lead"):
        products = products.filter(lead_time_days__lte=int(days[0]))
    return ordered(_read(products, reading, lexicon), asked.order, currency)


def narrowing(asked: Asked, currency: str, lexicon: Lexicon) -> tuple[Reading, tuple[str, ...]]:
    """What of the words narrows the list as long as a product passes, and the names of what is given up.

    The goods are never given up for what is said of them.
    """
    whole = reading_of_question(asked, lexicon, currency)
    told = given_up(whole)
    if filtered(asked, currency, lexicon, whole).exists():
        return whole, told
    kept = [part for part in whole.parts if part.kind in ("thing", "form", SELLER) and not part.is_unwanted]
    said = [part for part in whole.parts if part not in kept and key_of(part) not in told]
    base = replace(whole, parts=tuple(kept), lead=None, price=None)
    if not filtered(asked, currency, lexicon, base).exists():
        return whole, told
    for part in said:
        more = replace(base, parts=(*base.parts, part))
        if filtered(asked, currency, lexicon, more).exists():
            base = more
        else:
            told = (*told, key_of(part))
    for key, name in ((LEAD, "lead"), (PRICE, "price")):
        if key in told or getattr(whole, name) is None:
            continue
        more = replace(base, **{name: getattr(whole, name)})
        is_any = filtered(asked, currency, lexicon, more).exists()
        base, told = (more, told) if is_any else (base, (*told, key))
    return base, told


def given_up(reading: Reading) -> tuple[str, ...]:
    """The names of what a question says that the database does not look at."""
    told = [key_of(part) for part in reading.parts if part.kind not in GOODS and _fact_of(part) is None]
    is_foreign = reading.price is not None and not _is_ours(reading.price)
    return (*told, *([QUANTITY] if reading.quantity else []), *([PRICE] if is_foreign else []))


def _is_ours(price: Price) -> bool:
    return f"price_{price.currency.lower()}" in PRICES


def _read(products: QuerySet[Product], reading: Reading, lexicon: Lexicon) -> QuerySet[Product]:
    """The products that hold what was understood, as far as the database knows; other words as written."""
    # Goods that a seller is called by are among all of that seller's.
    for part in reading.of(SELLER) or reading.parts:
        if part.kind in GOODS:
            names = [lexicon.concepts[code].names for code in part.codes if code in lexicon.concepts]
            texts = {part.typed, *(name for told in names for name in told.values() if name)}
            fact = Q(*(all_said(text) for text in sorted(texts)), _connector=Q.OR)
        else:
            fact = _fact_of(part)
        if fact is not None:
            products = products.exclude(fact) if part.is_unwanted else products.filter(fact)
    if reading.lead:
        products = products.filter(lead_time_days__lte=reading.lead.days)
    if (price := reading.price) and _is_ours(price):
        at = (reading.quantity.amount, reading.quantity.unit) if reading.quantity else None
        products = costing(products, price.currency, price.low, price.high, at)
    for code in reading.hs:
        products = products.filter(hs_code__code__startswith=code)
    return products.filter(all_said(" ".join(reading.unknown)))


def _fact_of(part: Part) -> Any:
    """The fact of the database that a part of a question asks for; None where it keeps none."""
    codes = [code.upper() for code in part.codes]
    if part.kind == SELLER:
        return Q(organisation__in=[code.removeprefix(f"{SELLER}-") for code in part.codes])
    if part.kind == "certificate":
        return _proved(*codes)
    if part.kind == "place" and all(PLACE.fullmatch(code) for code in codes):
        return Q(origin_region__in=codes) | Q(origin_province__in=codes)
    if part.kind == "attribute" and part.codes[0] in BY_NAME["is"].only:
        return _marked(part.codes[0])
    return None


def _proved(*types: str) -> Any:
    return stands_behind(Certificate.objects.valid(today_here()).filter(type__in=types))


def _marked(mark: str) -> Any:
    if mark == "organic":
        return _proved(*ORGANIC)
    if mark == "fair-trade":
        return _proved(*FAIR)
    if mark == "in-stock":
        return Q(
            pk__in=Product.objects.annotate(left=available(today_here()))
            .filter(left__gte=F("moq"))
            .values("pk")
        )
    return {
        "verified": Q(organisation__verification__in=CHECKED),
        "women-led": Q(organisation__women_led=True),
        "remote": Q(organisation__remote_area=True),
        "sample": Q(sample_quantity__isnull=False),
    }[mark]
