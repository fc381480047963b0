from io import BytesIO

import segno
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from catalogue.currency import chosen_currency
from catalogue.models import Lot
from catalogue.presenting import ladder_in, measured_on, most_telling, reading_of
from catalogue.queries import certificates_on, lot_for
from catalogue.queries.corrections import corrections_of, key_of, reports_of
from catalogue.queries.grades import findings_of
from catalogue.rules import may_see
from catalogue.views.addresses import canonical, for_any_reader
from moussem.core.storage import opened_or_404

QUIET_ZONE = 4


def _lot_or_404(request: HttpRequest, seller: str, code: str) -> Lot:
    lot = lot_for(request.user, seller, code)
    if lot is None:
        raise Http404
    return lot


@require_safe
def lot_page(request: HttpRequest, seller: str, code: str) -> HttpResponse:
    """One lot: where it comes from and what the laboratory found; what the code on the goods leads to."""
    lot = _lot_or_404(request, seller, code)
    product = lot.product
    fields = list(product.product_class.lab_fields.all()) if product.product_class else []
    currency = chosen_currency(request)
    tiers = ladder_in(product, currency)
    findings = findings_of(lot) if lot.lab else None
    measured = measured_on(lot, fields)
    among = {field.code: band for field, band in findings.bands} if findings else {}
    context = {
        "lot": lot,
        "product": product,
        "reading": reading_of(product),
        "measured": measured,
        "values": [(row, among.get(row.field.code)) for row in measured],
        "grades": findings.grades if findings else [],
        "bands": findings.bands if findings else [],
        "corrections": corrections_of(lot, fields),
        "names": {field.parameter: field.label for field in fields},
        "certificates": most_telling(certificates_on(product, lot)),
        "photos": list(product.images.all()),
        "address": for_any_reader("catalogue:lot", seller=seller, code=lot.code),
        "currency": currency,
        "tiers": tiers,
        "may_see_product": may_see(request.user, product),
        "may_be_ordered": bool(tiers) and product.is_public and not product.prices_have_lapsed(),
        "canonical": canonical(request),
    }
    return render(request, "catalogue/lot.html", context)


@require_safe
@cache_control(max_age=3600, private=True)
def lot_qr(request: HttpRequest, seller: str, code: str) -> HttpResponse:
    """The QR code to print on the goods; it opens the lot's page in the reader's own language."""
    lot = _lot_or_404(request, seller, code)
    drawing = BytesIO()
    symbol = segno.make_qr(for_any_reader("catalogue:lot", seller=seller, code=lot.code), error="m")
    symbol.save(drawing, kind="svg", border=QUIET_ZONE, scale=8, light="#fff", dark="#000", xmldecl=False)
    return HttpResponse(drawing.getvalue(), content_type="image/svg+xml")


@require_safe
def lot_report(request: HttpRequest, seller: str, code: str, key: str = "") -> FileResponse:
    """The laboratory's report of a lot, to be kept: no paper of a seller opens as a page of ours.

    ``key`` names one that was exchanged; it is kept under its number, so that none takes another's place.
    """
    lot = _lot_or_404(request, seller, code)
    reports = reports_of(lot)
    name = next((one for one in reports if key_of(one) == key), None) if key else lot.report.name
    if not name:
        raise Http404
    number = "" if name == lot.report.name else f"-{reports.index(name) + 1}"
    paper = opened_or_404(lot.report, name)
    return FileResponse(paper, as_attachment=True, filename=f"{lot.code}{number}.{name.rpartition('.')[2]}")
