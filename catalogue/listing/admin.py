"""The officers' desk of certificates: what sellers declare is looked at here, and only actions move it."""

from functools import partial
from typing import ClassVar

from django.contrib import admin
from django.db import models
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext

from catalogue.actions.certificates import (
    certificate_digest,
    keep_titles,
    refuse_widening,
    reopen_for_titles,
    review_certificate,
)
from catalogue.models import Certificate
from catalogue.queries.certificates import asks_for_more, goods_of, has_new_titles
from catalogue.states import Proof
from moussem.core.admin import DecidedAsShown, ReadOnly


class WaitsForAnOfficer(admin.SimpleListFilter):
    """Certificates by whether they are to cover more than was looked at, or under other titles."""

    title = _("waits for an officer")
    parameter_name = "waits"

    def lookups(self, request, model_admin):
        return [
            ("yes", pgettext("certificates that are to cover more", "Yes")),
            ("no", pgettext("certificates that are to cover more", "No")),
        ]

    def queryset(self, request, queryset):
        waits = asks_for_more() | has_new_titles()
        if self.value() == "yes":
            return queryset.filter(waits)
        return queryset.exclude(waits) if self.value() == "no" else queryset


@admin.register(Certificate)
class CertificateAdmin(DecidedAsShown, ReadOnly):
    """Certificates, those that nobody has looked at first."""

    list_display = [
        "number",
        # Before what scrolls out of sight: it is what the list is opened for.
        "waits",
        "proof",
        "paper",
        "type",
        "organisation",
        "valid_until",
        "checked_by",
        "checked_at",
    ]
    list_filter = [
        "proof",
        WaitsForAnOfficer,
        "type__kind",
        "valid_until",
    ]
    list_select_related = ["type", "organisation", "checked_by"]
    search_fields = ["number", "organisation__name", "type__name_en"]
    ordering = ["proof", "valid_until"]
    decisions: ClassVar = {
        "mark_reviewed": (_("Document seen"), partial(review_certificate, to=Proof.REVIEWED)),
        "mark_verified": (_("Checked with the issuer"), partial(review_certificate, to=Proof.VERIFIED)),
        "refuse_what_is_asked": (
            _("Refuse what is asked for besides: what was checked stands"),
            refuse_widening,
        ),
        "keep_new_titles": (_("Keep the new titles: what was checked stands"), keep_titles),
        "reopen": (_("Reopen for the new titles: these products wait for another look"), reopen_for_titles),
        "set_back": (_("Set back to declared"), partial(review_certificate, to=Proof.DECLARED)),
    }
    # Where papers are kept nobody reads them: a view hands them out.
    exclude = ["evidence"]
    readonly_fields = ["paper", "titles", "goods"]

    def has_change_permission(self, request, obj=None):
        """Decisions need it; the form itself holds nothing to change."""
        return obj is None and request.user.is_staff

    def get_queryset(self, request):
        """With how much each is to cover besides, and all that a decision is about."""
        products = models.Count("asked_products", distinct=True)
        lots = models.Count("asked_lots", distinct=True)
        titles = models.Count("new_titles", distinct=True)
        goods = ("products", "asked_products", "lots__product", "asked_lots__product", "new_titles__product")
        asked = super().get_queryset(request).annotate(asked=products + lots + titles)
        return asked.prefetch_related(*(f"{one}__texts" for one in goods))

    def digest_of(self, obj):
        return certificate_digest(obj)

    @admin.display(description=_("waits for an officer"), ordering="asked")
    def waits(self, certificate):
        """What it is to cover once an officer has looked again, and how many titles are new."""
        products, lots = len(certificate.asked_products.all()), len(certificate.asked_lots.all())
        titles = len(certificate.new_titles.all())
        told = [
            certificate.asks_all and pgettext("products asked for", "everything"),
            products and ngettext("%(count)s product", "%(count)s products", products) % {"count": products},
            lots and ngettext("%(count)s lot", "%(count)s lots", lots) % {"count": lots},
        ]
        told.append(
            titles and ngettext("%(count)s new title", "%(count)s new titles", titles) % {"count": titles}
        )
        return pgettext("between items of a list", ", ").join(filter(None, told)) or "–"

    @admin.display(description=_("titles changed since it was checked"))
    def titles(self, certificate):
        """What each product was called when it was checked, beside what it is called now."""
        titles = certificate.new_titles.all()
        return render_to_string("catalogue/admin/new_titles.html", {"titles": titles}) if titles else "–"

    @admin.display(description=_("what it names, under the titles of today"))
    def goods(self, certificate):
        """What each product is called that it covers or is to cover, also those of its lots."""
        goods = goods_of(certificate)
        return render_to_string("catalogue/admin/goods.html", {"goods": goods}) if goods else "–"

    @admin.display(description=_("paper"))
    def paper(self, certificate):
        """The way to the paper, which only a view hands out."""
        if not certificate.evidence:
            return "–"
        address = reverse("listing:evidence", args=[certificate.pk])
        return format_html('<a href="{}">{}</a>', address, _("download"))
