"""Reasons of matchmaking as clauses that people read, for a buyer or for an exporter."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from matchmaking.scoring.measures import limit_of
from matchmaking.scoring.reasons import Code, Reason, Standing
from matchmaking.wording import (
    Names,
    category_text,
    filled,
    goods_text,
    joined,
    limit_text,
    percent_text,
    value_text,
)
from moussem.core.templatetags.figures import code as code_figure
from moussem.core.templatetags.figures import number, quantity
from moussem.organisations.states import SpokenLanguage

FIRST = 3
MET, SHORT, UNKNOWN, RULED_OUT = Standing.MET, Standing.SHORT, Standing.UNKNOWN, Standing.RULED_OUT


class Reader(StrEnum):
    """Whom the words are for: "your 6 kg" is another's to the other."""

    BUYER = "buyer"
    EXPORTER = "exporter"


@dataclass(frozen=True)
class Told:
    """One clause: what it is about, whether it speaks for the two, and the words."""

    code: Code
    standing: Standing
    text: SafeString


@dataclass(frozen=True)
class Balance:
    """What speaks for a pair, what against it, and what nobody has told; nothing of it twice."""

    met: list[Told]
    against: list[Told]
    unknown: list[Told]

    @property
    def first(self) -> list[Told]:
        """The few that tell most: of which kind the goods are is read beside them."""
        return sorted(self.met, key=lambda one: one.code == Code.KIND)[:FIRST]

    @property
    def count(self) -> int:
        """How many there are, whatever they say."""
        return len(self.met) + len(self.against) + len(self.unknown)


# By what was found: the clause for a buyer, and for an exporter where it is another one.
CLAUSES: dict[tuple[Code, Standing], tuple[Any, ...]] = {
    (Code.VOLUME, MET): (
        _("%(capacity)s a year covers your %(volume)s"),
        _("your %(capacity)s a year covers the %(volume)s asked"),
    ),
    (Code.VOLUME, SHORT): (
        _("%(capacity)s a year is %(share)s of your %(volume)s"),
        _("your %(capacity)s a year is %(share)s of the %(volume)s asked"),
    ),
    (Code.VOLUME, RULED_OUT): (_("none of it is made at present"),),
    (Code.MOQ, MET): (_("sells from %(moq)s"), _("reaches your smallest order of %(moq)s")),
    (Code.MOQ, SHORT): (
        _("sells %(moq)s at least, more than your %(volume)s a year"),
        _("asks for %(volume)s a year, less than your smallest order of %(moq)s"),
    ),
    (Code.READINESS, MET): (_("ready to export (category %(category)s)"),),
    (Code.READINESS, UNKNOWN): (_("readiness to export not assessed yet"),),
    (Code.READINESS, RULED_OUT): (_("not ready to export yet"),),
    (Code.LANGUAGE, MET): (_("speaks %(languages)s"),),
    (Code.LANGUAGE, SHORT): (_("no language in common"),),
    (Code.LANGUAGE, UNKNOWN): (_("languages not told"),),
    (Code.INCOTERM, MET): (_("delivers %(asked)s"), _("asks for %(asked)s, which you deliver")),
    (Code.INCOTERM, SHORT): (
        _("delivers %(offered)s, not %(asked)s"),
        _("asks for %(asked)s, where you deliver %(offered)s"),
    ),
    (Code.INCOTERM, UNKNOWN): (_("Incoterms not told"),),
    (Code.INCOTERM, RULED_OUT): (_("delivers %(offered)s only"),),
    (Code.MARKET, MET): (_("sells to %(country)s"), _("buys in %(country)s, where you sell")),
    (Code.MARKET, SHORT): (
        _("does not sell to %(country)s yet"),
        _("buys in %(country)s, where you do not sell yet"),
    ),
    (Code.PAYMENT, MET): (_("accepts your payment terms"), _("pays as much in advance as you ask")),
    (Code.PAYMENT, SHORT): (
        _("asks for %(least)s in advance, you offer %(deposit)s"),
        _("offers %(deposit)s in advance, you ask for %(least)s"),
    ),
    (Code.PAYMENT, UNKNOWN): (_("payment terms not told"),),
    (Code.NO_NEEDS, UNKNOWN): (_("you told no needs yet"), _("told no needs yet")),
}
LEAST_SHARE = 0.01
# How an area is called beside goods; agreements have no names of their own in each language.
MARKETS = {
    "AFCFTA": _("AfCFTA market"),
    "EU-AA-2000": _("EU market with duty preference"),
    "UK-AA-2021": _("British market with duty preference"),
    "US-FTA-2006": _("US market with duty preference"),
    "TR-FTA-2006": _("Turkish market with duty preference"),
    "AGADIR-2007": _("market of the Agadir Agreement"),
    "GAFTA-1998": _("Arab free-trade market"),
    "EFTA-1999": _("EFTA market with duty preference"),
    "AE-FTA-2003": _("Emirati market with duty preference"),
    "BILATERAL-WA": _("West African market with duty preference"),
}
SELLERS = {
    "women_led": pgettext_lazy("reason to meet", "led by women"),
    "remote": pgettext_lazy("reason to meet", "from a remote area"),
}
# What two have behind them, for a buyer and for an exporter.
PAST = {
    "ordered": (_("you ordered from them in %(month)s"), _("ordered from you in %(month)s")),
    "agreed": (_("you met in %(month)s and agreed on a next step"),),
    "met": (_("you met in %(month)s"),),
    "missed": (_("your meeting in %(month)s was not held"),),
}


def told_of(reasons: Iterable[Reason], names: Names, reader: Reader = Reader.BUYER) -> list[Told]:
    """The clauses of a pair; what says nothing to a reader, and who refused whom, is left out."""
    return [
        Told(reason.code, reason.standing, text)
        for reason in reasons
        for text in _texts(reason, names, reader)
        if text
    ]


def balance_of(reasons: Iterable[Reason], names: Names, reader: Reader = Reader.BUYER) -> Balance:
    """The clauses of a pair by what they do for it."""
    found = list({one.text: one for one in told_of(reasons, names, reader)}.values())
    return Balance(
        met=[one for one in found if one.standing == MET],
        against=[one for one in found if one.standing in (SHORT, RULED_OUT)],
        unknown=[one for one in found if one.standing == UNKNOWN],
    )


# --- One reason in words.
def _texts(reason: Reason, names: Names, reader: Reader) -> list[SafeString]:
    if words := WORDS.get(reason.code):
        return words(reason, names, reader)
    clauses = CLAUSES.get((reason.code, reason.standing), ())
    if not clauses:
        return []
    text = clauses[-1] if reader == Reader.EXPORTER else clauses[0]
    return [filled(text, **_parts(reason.data, names))]


def _parts(data: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """What a clause is filled with: quantities, codes and names as they are written here."""
    parts: dict[str, Any] = dict(data)
    for name in ("capacity", "volume", "moq"):
        if name in data and data[name][0] is not None:
            parts[name] = _quantity(*data[name])
    if "share" in data:
        parts["share"] = _share(data["share"])
    if "languages" not in data and "shared" in data:
        parts["languages"] = joined(_language(one) for one in data["shared"])
    if isinstance(data.get("offered"), tuple):
        parts["offered"] = joined(code_figure(one) for one in data["offered"])
    if isinstance(data.get("asked"), str):
        parts["asked"] = code_figure(data["asked"])
    if "country" in data:
        parts["country"] = names.countries.get(data["country"], data["country"])
    for name in ("least", "deposit"):
        if data.get(name) is not None:
            parts[name] = percent_text(data[name])
    return parts


def _share(share: float) -> SafeString:
    """A part is never told to be the whole, nor to be more than it is where it is next to nothing."""
    if share < LEAST_SHARE:
        return filled(_("less than %(share)s"), share=percent_text(1))
    return percent_text(min(99, round(share * 100)))


def _kind(reason: Reason, names: Names, reader: Reader) -> list[SafeString]:
    offered, asked = reason.data["hs"], reason.data["asked"]
    if reason.standing == MET:
        return [goods_text(offered if asked else "", reason.data["family"], names)]
    if reason.standing == UNKNOWN:
        if not asked and not reason.data["family"]:
            return [filled(_("what exactly is asked is not told"))]
        goods = goods_text(asked, reason.data["family"], names)
        return [filled(_("not known whether it is %(goods)s"), goods=goods)]
    goods = goods_text(asked, reason.data["family"], names)
    # A colon before the name: it stands there as it is, whatever article or elision it would need.
    text = _("not in your offer: %(goods)s") if reader == Reader.EXPORTER else _("does not offer: %(goods)s")
    return [filled(text, goods=goods)]


def _certificate(reason: Reason, names: Names, reader: Reader) -> list[SafeString]:
    data = reason.data
    if reason.standing == UNKNOWN:
        listed = joined(names.certificates.get(one, one) for one in data["asked"])
        return [filled(_("certificates not told, asked: %(certificates)s"), certificates=listed)]
    told = []
    for one, until in data.get("held", {}).items():
        text = _("%(certificate)s valid to %(month)s") if until else _("%(certificate)s, without an end")
        told.append(_dated(text, one, until, names))
    for one in data.get("missing", ()):
        until = data["ended"].get(one)
        text = _("%(certificate)s ended in %(month)s") if until else _("without %(certificate)s")
        told.append(_dated(text, one, until, names))
    return told


def _dated(text: Any, one: str, until: date | None, names: Names) -> SafeString:
    month = date_format(until, "F Y") if until else ""
    return filled(text, certificate=names.certificates.get(one, one), month=month)


def _lab(reason: Reason, names: Names, reader: Reader) -> list[SafeString]:
    if reason.standing == UNKNOWN:
        limits = joined(limit_text(one, names) for one in reason.data["asked"])
        return [filled(_("laboratory values not known, asked: %(limits)s"), limits=limits)]
    if reason.standing == RULED_OUT:
        return [_failed(said, value, names) for said, value in reason.data["failed"]]
    family = reason.data["family"]
    values = joined(value_text(key, value, family, names) for key, value in reason.data["found"])
    return [_sourced(values, reason.data["on"], reason.data["has_report"])]


def _failed(said: str, value: float, names: Names) -> SafeString:
    limit = limit_of(said)
    if limit.key in names.categories:
        text = _("%(found)s where %(limit)s is asked")
        found = category_text(limit.key, value, names)
        return filled(text, found=found, limit=limit_text(said, names))
    text = _("measured %(value)s where %(limit)s is asked")
    return filled(text, value=_number(value), limit=limit_text(said, names))


def _sourced(values: SafeString, on: date | None, has_report: bool) -> SafeString:
    """What was found, and how much there is to it: a claim is never told as an analysis."""
    if on and has_report:
        day = date_format(on, "DATE_FORMAT")
        return filled(_("%(values)s (analysed on %(day)s)"), values=values, day=day)
    return values if has_report else filled(_("%(values)s (declared by the producer)"), values=values)


def _volume(reason: Reason, names: Names, reader: Reader) -> list[SafeString]:
    if reason.standing != UNKNOWN:
        text = CLAUSES[Code.VOLUME, reason.standing]
        parts = _parts(reason.data, names)
        return [filled(text[-1] if reader == Reader.EXPORTER else text[0], **parts)]
    capacity, volume = reason.data["capacity"], reason.data["volume"]
    if capacity[0] is None:
        return [filled(_("yearly capacity not told"))]
    if not volume[0]:
        return [filled(_("yearly volume not told"))]
    text = _("%(capacity)s a year beside %(volume)s asked: other units")
    return [filled(text, capacity=_quantity(*capacity), volume=_quantity(*volume))]


def _together(reason: Reason, names: Names, reader: Reader) -> list[SafeString]:
    count = reason.data["products"]
    if reason.standing == MET:
        text = ngettext(
            "%(count)s product covers the volume", "%(count)s products together cover the volume", count
        )
    else:
        text = ngettext(
            "%(count)s product is %(share)s of the volume",
            "%(count)s products together are %(share)s of the volume",
            count,
        )
    return [filled(text, count=number(count), share=_parts(reason.data, names)["share"])]


def _moq(reason: Reason, names: Names, reader: Reader) -> list[SafeString]:
    least, unit = reason.data["moq"]
    if reason.standing == UNKNOWN or not least or not unit:
        return []
    text = CLAUSES[Code.MOQ, reason.standing]
    return [filled(text[-1] if reader == Reader.EXPORTER else text[0], **_parts(reason.data, names))]


def _lead(reason: Reason, names: Names, reader: Reader) -> list[SafeString]:
    days, asked = reason.data["days"], reason.data["asked"]
    if reason.standing == UNKNOWN:
        return [filled(_("lead time not told"))]
    if reason.standing == MET:
        text = ngettext("ready in %(days)s day", "ready in %(days)s days", days)
    else:
        text = ngettext(
            "ready in %(days)s day, asked within %(asked)s",
            "ready in %(days)s days, asked within %(asked)s",
            days,
        )
    return [filled(text, days=number(days), asked=number(asked))]


def _preference(reason: Reason, names: Names, reader: Reader) -> list[SafeString]:
    if reason.standing != MET:
        return []
    agreement = reason.data["agreement"]
    if agreement in MARKETS:
        return [filled(MARKETS[agreement])]
    name = names.agreements.get(agreement, agreement)
    return [filled(_("duty preference by %(agreement)s"), agreement=name)]


def _history(reason: Reason, names: Names, reader: Reader) -> list[SafeString]:
    texts = PAST.get(reason.data["what"])
    if not texts:
        return []
    text = texts[-1] if reader == Reader.EXPORTER else texts[0]
    return [filled(text, month=date_format(reason.data["on"], "F Y"))]


def _seller(reason: Reason, names: Names, reader: Reader) -> list[SafeString]:
    if reader == Reader.EXPORTER:
        return []
    return [filled(text) for name, text in SELLERS.items() if reason.data.get(name)]


WORDS: dict[Code, Callable[[Reason, Names, Reader], list[SafeString]]] = {
    Code.KIND: _kind,
    Code.CERTIFICATE: _certificate,
    Code.LAB: _lab,
    Code.VOLUME: _volume,
    Code.TOGETHER: _together,
    Code.MOQ: _moq,
    Code.LEAD: _lead,
    Code.PREFERENCE: _preference,
    Code.HISTORY: _history,
    Code.SELLER: _seller,
}


def _language(one: str) -> str:
    return str(dict(SpokenLanguage.choices).get(one, one))


def _quantity(count: Any, unit: str) -> SafeString:
    """As people write it: the database says 18.000."""
    return quantity(Decimal(str(count)).normalize(), unit)


def _number(value: float) -> SafeString:
    return number(Decimal(str(round(value, 4))).normalize())
