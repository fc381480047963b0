"""Why a cell of a list is not taken, in a sentence that says what to write instead."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, ngettext_lazy, pgettext
from django.utils.translation import gettext_lazy as _

from catalogue.imports.accepted import Word, nearest, refused_parts
from catalogue.measures import range_in_words
from moussem.core.templatetags.figures import quantity_text
from moussem.core.text import isolated

REASONS: dict[str, Any] = {
    "missing": _("Every product needs a code of your own."),
    "twice": _("This code stands in an earlier row already."),
    "no_title": _("A new product needs a name."),
    "no_family": _("A new product needs a family."),
    "no_unit": _("A new product needs a unit."),
    "formula": _("A formula, or a text that begins with = + - or @. Write the value itself."),
    "bidi": _("The text holds hidden marks that turn its direction. Type it again."),
    "long": _("The text is too long."),
    "number": _("This is not a number."),
    "ambiguous": _(
        "This could be a thousand or a little more than one. Leave out the thousands mark, or write "
        "two decimals or four."
    ),
    "negative": _("A negative number."),
    "zero": _("Write a number larger than zero."),
    "decimals": _("Too many decimals."),
    "large": _("The number is too large."),
    "unknown": _("This word is not known here. Write it as it stands in the form of a product."),
    "unit": _("The family is not sold by this unit."),
    "unit_fixed": _("The unit cannot change: the product has prices or lots that count in it."),
    "family_fixed": _("The product belongs to another family already."),
    "question": _("The family does not ask this."),
    "yes_or_no": _("Write yes or no."),
    "multiple": _("The minimum order must be a whole number of the multiples that one orders in."),
    "multiple_step": _("A price must begin at a whole number of the multiples that one orders in."),
    "step": _("This price has no quantity to begin at."),
    "first_step": _("The first price is missing."),
    "first_quantity": _("The price needs the minimum order it begins at."),
    "ladder_quantity": _("Each step must begin at a larger quantity than the one before it."),
    "ladder_price": _("A larger quantity costs more per unit."),
    "ladder_elsewhere": _("The minimum order would pass the second step in another currency."),
}

TWIN = _(
    "“%(code)s” reads almost the same: only capitals, or letters of another script, part the two. Write the "
    "code like that if it is the same product, or choose another code."
)

# Why, and which words are accepted instead; the number counts those that are not named.
INSTEAD: dict[str, Any] = {
    "unknown": (
        _("“%(typed)s” is not known here. Write one of: %(words)s."),
        ngettext_lazy(
            "“%(typed)s” is not known here. Write one of: %(words)s, or %(count)s more.",
            "“%(typed)s” is not known here. Write one of: %(words)s, or %(count)s more.",
            "count",
        ),
    ),
    "unit": (
        _("The family is not sold by “%(typed)s”. Write one of: %(words)s."),
        ngettext_lazy(
            "The family is not sold by “%(typed)s”. Write one of: %(words)s, or %(count)s more.",
            "The family is not sold by “%(typed)s”. Write one of: %(words)s, or %(count)s more.",
            "count",
        ),
    ),
}


def strands(unit: str, prices: Iterable[tuple[str, Decimal]]) -> str:
    """The reason that prices, each a currency and where it begins, stand in the way of a multiple."""
    told = [f"{code}={begins.normalize():f}" for code, begins in prices]
    return ":".join(["multiple_step", unit, *told] if told else ["multiple_step"])


def _stranded_in_words(unit: str, *prices: str) -> str:
    told = [
        gettext("%(currency)s from %(quantity)s")
        % {"currency": code, "quantity": quantity_text(Decimal(begins), unit)}
        for code, _sign, begins in (price.partition("=") for price in prices)
    ]
    said = gettext(
        "A price must begin at a whole number of the multiples that one orders in. These do not: %(prices)s. "
        "Change them, or choose another multiple."
    )
    return said % {"prices": pgettext("between items of a list", ", ").join(told)}


def reason_in_words(reason: str, typed: str, accepted: Sequence[Word]) -> str:
    """Why a cell is not taken; where a word was wanted, with those that are accepted."""
    kind, *ends = reason.split(":")
    if kind == "twin":
        return str(TWIN) % {"code": isolated(reason.partition(":")[2])}
    if kind == "range":
        return range_in_words(*ends)
    if kind == "multiple_step" and ends[1:]:
        return _stranded_in_words(*ends)
    if reason not in INSTEAD or not accepted:
        return str(REASONS[reason if reason in REASONS else kind])
    all_named, some_named = INSTEAD[reason]
    parts = refused_parts(typed, accepted) if reason == "unknown" else [typed]
    told_parts = pgettext("between items of a list", ", ").join(dict.fromkeys(parts))
    words, more = nearest(parts[0], accepted)
    comma = pgettext("between items of a list", ", ")
    told = {"typed": told_parts[:60], "words": comma.join(words), "count": more}
    return str((some_named if more else all_named) % told)


REFUSALS: dict[str, Any] = {
    "kind": _("it is neither a CSV nor an XLSX file"),
    "bytes": _("it is larger than 15 MB"),
    "unpacked": _("it unpacks to far more than a list of products"),
    "macros": _("it contains macros; save it as XLSX without them"),
    "old": _("it is an old or locked workbook; save it as XLSX without a password"),
    "broken": _("it cannot be read"),
    "empty": _("it is empty"),
    "rows": _("it has more than 50,000 rows; send it in several parts"),
    "columns": _("it has more than 80 columns"),
    "encoding": _("it is not written in this encoding; choose another one"),
    "stopped": _("the work was interrupted"),
}
