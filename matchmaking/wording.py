"""How matchmaking writes goods, limits, shares and lists, and what codes are called."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalogue.measures import standard_label
from catalogue.models import CertificateType, Family, LabField
from catalogue.queries.grades import graded
from matchmaking.scoring.measures import key_of, limit_of
from moussem.core.templatetags.figures import code, number_text
from moussem.regions.models import Country, TradeAgreement

# What of a unit stands before a comma and before Arabic words: E1% 1cm 440 nm, dry basis.
SIGNS_OF_UNIT = re.compile(r"(?:[^,،\u0600-\u06ff]*[^\s,،\u0600-\u06ff])?")
SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "="}


@dataclass(frozen=True)
class Names:
    """What codes are called in the active language; a code that is not there is called by itself."""

    certificates: Mapping[str, str] = field(default_factory=dict)
    agreements: Mapping[str, str] = field(default_factory=dict)
    countries: Mapping[str, str] = field(default_factory=dict)
    families: Mapping[str, str] = field(default_factory=dict)
    lab: Mapping[str, str] = field(default_factory=dict)
    # By the family and the value: pepper and honey may measure one thing in two units.
    units: Mapping[tuple[str, str], str] = field(default_factory=dict)
    # The categories of each standard, the best first: a lot is known by its rank among them.
    categories: Mapping[str, Sequence[str]] = field(default_factory=dict)


def current_names() -> Names:
    """All names from the database, in the same few queries however many pairs are explained with them."""
    fields = list(LabField.objects.select_related("family"))
    return Names(
        certificates={one.pk: one.label.split(" (")[0] for one in CertificateType.objects.all()},
        agreements={one.pk: one.label for one in TradeAgreement.objects.all()},
        countries={one.pk: one.label for one in Country.objects.all()},
        families={one.slug: one.label for one in Family.objects.all()},
        lab={key_of(one.code): one.label for one in fields},
        units={(one.family.slug, key_of(one.code)): one.unit_label for one in fields if one.unit},
        categories={key_of(name): told for name, told in graded().categories.items()},
    )


def goods_text(hs: str, family: str, names: Names) -> SafeString:
    if not hs:
        return conditional_escape(names.families.get(family, family))
    # As codes are printed: 0910.20.
    dotted = f"{hs[:4]}.{hs[4:]}" if len(hs) > 4 else hs
    return filled(_("HS %(code)s"), code=code(dotted))


def percent_text(value: int) -> SafeString:
    return figure(_("%(number)s%%") % {"number": number_text(value)})


def limit_text(said: str, names: Names) -> SafeString:
    """A limit as it is printed: Crocin ≥ 200, category I of ISO 3632."""
    limit = limit_of(said)
    if not limit.sign:
        return code(said)
    if limit.key in names.categories:
        return category_text(limit.key, limit.value, names)
    bound = f"{SIGNS[limit.sign]} {limit.value:g}"
    name = names.lab.get(limit.key, limit.key)
    return filled(pgettext("limit of a laboratory", "%(name)s %(bound)s"), name=name, bound=figure(bound))


def category_text(standard: str, rank: float, names: Names) -> SafeString:
    """A category by its rank: category I of ISO 3632."""
    known = names.categories[standard]
    category = known[int(rank) - 1] if 1 <= rank <= len(known) else ""
    return filled(
        _("category %(category)s of %(standard)s"),
        category=figure(category),
        standard=code(standard_label(standard.upper())),
    )


def value_text(key: str, value: float, family: str, names: Names) -> SafeString:
    """What was found, with its name and unit: Crocin 238 E1% 1cm 440 nm."""
    if key in names.categories:
        return category_text(key, value, names)
    unit = names.units.get((family, key), "")
    text = pgettext("found by a laboratory", "%(name)s %(value)s")
    counted = number_text(Decimal(str(round(value, 4))).normalize())
    # Words beside the signs of a unit, as “dry basis” is, follow the page and may stand on the next line.
    signs = SIGNS_OF_UNIT.match(unit)[0]
    told = figure(f"{counted} {signs}".rstrip())
    if words := unit[len(signs) :]:
        told = format_html("{}{}{}", told, "" if signs else " ", words)
    return filled(text, name=names.lab.get(key, key), value=told)


def figure(text: str) -> SafeString:
    """A figure in its own direction."""
    return format_html('<bdi class="amount">{}</bdi>', text)


def joined(items: Iterable[Any]) -> SafeString:
    return format_html_join(pgettext("between items of a list", ", "), "{}", ((one,) for one in items))


def filled(text: Any, **parts: Any) -> SafeString:
    """A translated sentence filled with what is markup already or becomes it."""
    filled = conditional_escape(str(text)) % {name: conditional_escape(one) for name, one in parts.items()}
    return mark_safe(filled)  # noqa: S308
