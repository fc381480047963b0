"""A document put into words: frozen content and a language in, what `sheet.typ` prints out."""

from decimal import Decimal
from textwrap import shorten
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from moussem.core.money import format_money
from moussem.core.templatetags.figures import unit_text
from moussem.organisations.bank import shown
from moussem.regions.models import Country
from moussem.trade.documents.models import Document
from moussem.trade.documents.pdf import printable
from moussem.trade.documents.states import DocumentKind
from moussem.trade.payment.plans import spaced_reference
from moussem.trade.payment.qr import drawn, transfer_code
from moussem.trade.payment.states import Trigger
from moussem.trade.shipping.models import Incoterm
from moussem.trade.shipping.states import Mode


def sheet_of(document: Document, language: str) -> dict[str, Any]:
    """The sheet of a document in English or French."""
    with override(language):
        return _sheet(document, document.content, language)


def _sheet(document: Document, content: dict[str, Any], language: str) -> dict[str, Any]:
    return {
        "language": language,
        "title": str(DocumentKind(document.kind).label).capitalize(),
        "number": document.number,
        "banner": _("Demonstration data: this paper has no commercial value.")
        if content["demonstration"]
        else None,
        "facts": _facts(content, language),
        "seller": {
            "short": shorten(content["seller"]["name"], 80, placeholder="…"),
            "lines": _party_lines(content["seller"]),
        },
        "buyer": {"lines": _party_lines(content["buyer"])},
        "delivery": {"lines": [*content["delivery"]["lines"], _country(content["delivery"]["country"])]},
        "terms": _terms(content),
        "lines": [_goods(line, content["currency"], language) for line in content["lines"]],
        "totals": _totals(content, language),
        "instalments": [_instalment(one, content["currency"], language) for one in content["instalments"]],
        "bank": _bank(content),
        "notes": _notes(content, language),
        "words": _words(),
    }


def _words() -> dict[str, Any]:
    return {
        "seller": _("Seller"),
        "buyer": _("Buyer"),
        "delivery": _("Delivery"),
        "terms": _("Delivery terms"),
        "columns": ["", _("Goods"), _("HS code"), _("Quantity"), _("Unit price"), _("Total")],
        "payment": _("Payment in instalments"),
        "payment_columns": [_("Share"), _("Due"), _("Amount"), _("Payment reference")],
        "bank": _("Bank transfer to"),
    }


def _date(iso: str, language: str) -> str:
    if language == "ar":
        # Arabic names the months in Morocco as CLDR does not.
        with override(language):
            return date_format(parse_date(iso), "DATE_FORMAT")
    return format_date(parse_date(iso), format="long", locale=language)


def _country(code: str) -> str:
    country = Country.objects.filter(pk=code).first()
    return country.label if country else code


def _facts(content: dict[str, Any], language: str) -> list[list[str]]:
    facts = [
        [_("Date"), _date(content["issued_on"], language)],
        [_("Order"), content["order"]],
        [_("Purchase"), content["purchase"]],
    ]
    if content["buyer_reference"]:
        facts.append([_("Buyer’s reference"), content["buyer_reference"]])
    return facts


def _party_lines(party: dict[str, Any]) -> list[str]:
    lines = [party["name"], party["name_ar"], *party["address"], party["place"], _country(party["country"])]
    if party["registration_number"]:
        lines.append(_("Registration no. %(number)s") % {"number": party["registration_number"]})
    if party["tax_number"]:
        lines.append(_("Tax no. %(number)s") % {"number": party["tax_number"]})
    return [line for line in [*lines, party["email"], party["phone"]] if line]


def _terms(content: dict[str, Any]) -> dict[str, str]:
    incoterm = Incoterm.objects.filter(pk=content["incoterm"]).first()
    mode = str(Mode(content["mode"]).label) if content["mode"] else ""
    headline = f"{content['incoterm'] or ''} {content['named_place']}, Incoterms® 2020"
    return {
        "headline": f"{headline} · {mode}" if mode else headline,
        "risk": f"{incoterm.label} – {incoterm.risk_label}" if incoterm else "",
    }


def _goods(line: dict[str, Any], currency: str, language: str) -> dict[str, Any]:
    detail = [line["code"], line["origin"] and _("Origin: %(place)s") % {"place": line["origin"]}]
    if line["sample"]:
        detail.append(_("Sample"))
    count = Decimal(line["quantity"])
    quantity, unit = format_decimal(count, locale=language), unit_text(line["unit"], count)
    hs = line["hs_code"]
    price = _unit_price(Decimal(line["unit_price"]), currency, language)
    return {
        "position": line["position"],
        "title": line["titles"].get(language, line["title"]),
        "detail": " · ".join(part for part in detail if part),
        "hs_code": f"{hs[:4]}.{hs[4:]}" if hs else "",
        "quantity": f"{quantity} {unit}",
        "unit_price": f"{price}/{unit_text(line['unit'], 1)}",
        "total": format_money(Decimal(line["total"]), currency, language),
    }


def _unit_price(price: Decimal, currency: str, language: str) -> str:
    # Prices per gram may have four decimals; two are enough for most.
    exact = price != price.quantize(Decimal("0.01"))
    return format_money(price.normalize() if exact else price, currency, language, exact=exact)


def _totals(content: dict[str, Any], language: str) -> list[list[str]]:
    def amount(key: str) -> str:
        return format_money(Decimal(content[key]), content["currency"], language)

    return [
        [_("Goods"), amount("goods")],
        [_("Carriage"), amount("freight")],
        [_("Total"), amount("total")],
    ]


def _instalment(one: dict[str, Any], currency: str, language: str) -> dict[str, str]:
    due = str(Trigger(one["trigger"]).label)
    if one["due_on"]:
        due = f"{due} ({_date(one['due_on'], language)})"
    if one.get("received_on"):
        due = _("received on %(day)s") % {"day": _date(one["received_on"], language)}
    elif Decimal(one.get("paid") or "0"):
        parts = {"paid": one["paid"], "left": one["outstanding"]}
        said = {name: format_money(Decimal(part), currency, language) for name, part in parts.items()}
        due = _("%(paid)s received; %(left)s still due, %(when)s") % {**said, "when": due}
    return {
        "share": f"{format_decimal(Decimal(one['share']), locale=language)} %",
        "due": due,
        "amount": format_money(Decimal(one["amount"]), currency, language),
        "reference": spaced_reference(one["reference"]),
    }


def _bank(content: dict[str, Any]) -> dict[str, Any] | None:
    bank, first = content["bank"], content["instalments"][0]
    if bank is None:
        return None
    rows = [
        [_("Beneficiary"), content["seller"]["name"]],
        [_("Bank"), bank["bank"]],
        ["IBAN", shown(bank["iban"])],
        ["BIC", bank["bic"]],
    ]
    # Nobody is handed a code for what has come already; a paper of earlier days does not say what had.
    left = Decimal(first.get("outstanding") or first["amount"])
    asked = left > 0 and not first.get("received_on")
    code = (
        _qr(content["seller"]["name"], bank, content["currency"], left, first["reference"]) if asked else ""
    )
    return {
        "rows": [row for row in rows if row[1]],
        "advice": _("Write the payment reference on the transfer: it is how your payment is recognised."),
        "qr": code,
        "qr_caption": _("First instalment"),
    }


def _qr(beneficiary: str, bank: dict[str, str], currency: str, amount: Decimal, reference: str) -> str:
    code = transfer_code(
        # A field of the code is one line.
        holder=" ".join(printable(beneficiary).split()),
        iban=bank["iban"],
        bic=bank["bic"],
        amount=amount,
        currency=currency,
        reference=reference,
    )
    return drawn(code).decode()


def _notes(content: dict[str, Any], language: str) -> list[str]:
    notes = []
    if content["ready_by"]:
        notes.append(_("Ready to leave by %(date)s.") % {"date": _date(content["ready_by"], language)})
    if content["gross_weight_kg"]:
        weight = format_decimal(Decimal(content["gross_weight_kg"]), locale=language)
        notes.append(_("Estimated gross weight: %(weight)s kg.") % {"weight": weight})
    notes.append(
        _("Export sale: prices are without value added tax; duties and taxes abroad follow the Incoterm.")
    )
    return notes
