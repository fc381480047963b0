"""How matchmaking writes goods, limits, shares and lists, and what codes are called."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalogue.models import CertificateType, Family, LabField
from matchmaking.scoring.measures import key_of, limit_of
from moussem.core.templatetags.figures import code, number_text
from moussem.regions.models import Country, TradeAgreement

SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "="}


@dataclass(frozen=True)
class Names:
    """What codes are called in the active language; a code that is not there is called by itself."""

    certificates: Mapping[str, str] = field(default_factory=dict)
    agreements: Mapping[str, str] = field(default_factory=dict)
    countries: Mapping[str, str] = field(default_factory=dict)
    families: Mapping[str, str] = field(default_factory=dict)
    lab: Mapping[str, str] = field(default_factory=dict)


def current_names() -> Names:
    """All names from the database, in the same few queries however many pairs are explained with them."""
    return Names(
        certificates={one.pk: one.label.split(" (")[0] for one in CertificateType.objects.all()},
        agreements={one.pk: one.label for one in TradeAgreement.objects.all()},
        countries={one.pk: one.label for one in Country.objects.all()},
        families={one.slug: one.label for one in Family.objects.all()},
        lab={key_of(one.code): one.label for one in LabField.objects.all()},
    )


def goods_text(hs: str, family: str, names: Names) -> SafeString:
    if not hs:
        return conditional_escape(names.families.get(family, family))
    # As codes are printed: 0910.20.
    dotted = f"{hs[:4]}.{hs[4:]}" if len(hs) > 4 else hs
    return filled(_("HS %(code)s"), code=code(dotted))


def percent_text(value: int) -> SafeString:
    text = _("%(number)s%%") % {"number": number_text(value)}
    return format_html('<bdi class="amount">{}</bdi>', text)


def limit_text(said: str) -> SafeString:
    """A limit as it is printed: crocin ≥ 200."""
    limit = limit_of(said)
    return code(f"{limit.key} {SIGNS[limit.sign]} {limit.value:g}" if limit.sign else said)


def joined(items: Iterable[Any]) -> SafeString:
    return format_html_join(pgettext("between items of a list", ", "), "{}", ((one,) for one in items))


def filled(text: Any, **parts: Any) -> SafeString:
    """A translated sentence filled with what is markup already or becomes it."""
    filled = conditional_escape(str(text)) % {name: conditional_escape(one) for name, one in parts.items()}
    return mark_safe(filled)  # noqa: S308
