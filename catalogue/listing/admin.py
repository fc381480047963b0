"""The officers' desk of certificates: what sellers declare is looked at here, and only actions move it."""

from django.contrib import admin, messages
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
from catalogue.errors import TitlesOnTheirPage
from catalogue.models import Certificate
from catalogue.queries.certificates import asks_for_more, goods_of, has_new_titles
from catalogue.states import Proof
from moussem.core.admin import DecidedAsShown, ReadOnly
from moussem.core.errors import Refusal, require
from moussem.organisations.admin import ReasonForm

SETTLE_TITLES = (review_certificate, keep_titles)


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
    action_form = ReasonForm
    actions = [
        "mark_reviewed",
        "mark_verified",
        "refuse_what_is_asked",
        "keep_new_titles",
        "reopen",
        "set_back",
    ]
    readonly_fields = ["titles", "goods"]

    def has_change_permission(self, request, obj=None):
        """Actions need it; the form itself holds nothing to change."""
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

    @admin.action(description=_("Document seen"), permissions=["change"])
    def mark_reviewed(self, request, certificates):
        """An officer has looked at the papers."""
        self._review(request, certificates, Proof.REVIEWED)

    @admin.action(description=_("Checked with the issuer"), permissions=["change"])
    def mark_verified(self, request, certificates):
        """An officer has asked the issuers."""
        self._review(request, certificates, Proof.VERIFIED)

    @admin.action(description=_("Set back to declared"), permissions=["change"])
    def set_back(self, request, certificates):
        """What was checked no longer stands."""
        self._review(request, certificates, Proof.DECLARED)

    @admin.action(
        description=_("Refuse what is asked for besides: what was checked stands"), permissions=["change"]
    )
    def refuse_what_is_asked(self, request, certificates):
        """What was checked stays as it is, and covers no more than before."""
        self._each(request, certificates, refuse_widening)

    @admin.action(description=_("Keep the new titles: what was checked stands"), permissions=["change"])
    def keep_new_titles(self, request, certificates):
        """The goods are the same under their new titles."""
        self._each(request, certificates, keep_titles)

    @admin.action(
        description=_("Reopen for the new titles: these products wait for another look"),
        permissions=["change"],
    )
    def reopen(self, request, certificates):
        """The goods may be others under their new titles."""
        self._each(request, certificates, reopen_for_titles)

    def _review(self, request, certificates, proof):
        self._each(request, certificates, review_certificate, to=proof)

    def _each(self, request, certificates, act, **more):
        reason, done = request.POST.get("reason", ""), 0
        for certificate in certificates:
            try:
                shown = self.shown_of(request, certificate)
                # The list counts new titles and shows none.
                settles = act in SETTLE_TITLES and certificate.new_titles.all()
                require(not settles or self.is_on_its_page(request, certificate), TitlesOnTheirPage)
                act(certificate, actor=request.user, reason=reason, shown=shown, **more)
            except Refusal as refusal:
                messages.error(request, f"{certificate}: {refusal.message}")
            else:
                done += 1
        if done:
            counted = ngettext("%(count)s certificate was moved.", "%(count)s certificates were moved.", done)
            messages.success(request, counted % {"count": done})
