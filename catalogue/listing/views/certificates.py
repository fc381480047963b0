from functools import cached_property

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView, View

from catalogue.actions.certificates import (
    add_certificate,
    rebind_certificate,
    restore_certificate,
    withdraw_certificate,
)
from catalogue.listing.forms.fields import MOST_DIGITS
from catalogue.listing.forms.proofs import BindForm, CertificateForm, CoveringForm
from catalogue.listing.forms.rows import ticked_in
from catalogue.listing.queries import certificates_kept_by, certificates_of, papers_for, products_kept_by
from catalogue.listing.views.desk import DeskButton, DeskForm, ShowsARow
from moussem.core.dates import today_here
from moussem.core.storage import opened_or_404
from moussem.organisations.access import SellerRequired

MOST_ASKED = 200


class Certificates(SellerRequired, ListView):
    """The seller's certificates, those that end first in front."""

    template_name = "catalogue/listing/certificates.html"
    context_object_name = "certificates"
    paginate_by = 20

    def get_queryset(self):
        return certificates_of(self.organisation)

    def get_context_data(self, **context):
        return super().get_context_data(today=today_here(), **context)


class CoveringDesk(DeskForm):
    """A form with long lists to tick: a press on a search shows other rows and keeps what was typed."""

    LISTS = CoveringForm.LISTS
    PRESSES = ("find", "tick", "untick")

    @property
    def pressed(self):
        """The button of a list that was pressed, and of which list; empty where the form itself was sent."""
        sent = self.request.POST
        return next(((press, sent[press]) for press in self.PRESSES if press in sent), ())

    def post(self, request, *args, **kwargs):
        if self.pressed:
            return self.render_to_response(self.get_context_data())
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self):
        given, sent = super().get_form_kwargs(), self.request.POST
        given["asked"] = {name: sent.get(f"find_{name}", "")[:MOST_ASKED] for name in self.LISTS}
        if self.pressed:
            given["pressed"] = self.pressed
            # Not judged yet: shown again as it was typed.
            given.pop("data", None), given.pop("files", None)
            typed = {name: sent.get(name) for name in self.form_class.base_fields if name in sent}
            typed["covers_all"] = "covers_all" in sent
            given["initial"] = typed | {name: ticked_in(sent, name) for name in self.LISTS}
        return given


class AddCertificate(CoveringDesk):
    """A certificate as its paper says; who comes from a product goes back to it."""

    form_class = CertificateForm
    title, button = _("Add a certificate"), _("Add the certificate")
    done = _("The certificate is added. Our officers look at its paper.")

    @cached_property
    def product(self):
        """The product of the seller that the address names, if any."""
        asked = self.request.GET.get("product", "")
        known = products_kept_by(self.request.user)
        return known.filter(pk=asked).first() if asked.isdecimal() and len(asked) <= MOST_DIGITS else None

    def get_initial(self):
        return {"products": [self.product.pk]} if self.product else {}

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "organisation": self.organisation}

    def act(self, form):
        add_certificate(self.organisation, actor=self.request.user, **form.cleaned_data)

    def get_success_url(self):
        if self.product:
            return reverse("listing:product", args=[self.product.pk])
        return reverse("listing:certificates")

    def get_context_data(self, **context):
        return super().get_context_data(product=self.product, **context)


class CertificateDesk:
    """A page about one certificate of the seller."""

    @cached_property
    def certificate(self):
        """The certificate of the address; another seller's does not exist."""
        return get_object_or_404(certificates_kept_by(self.request.user), pk=self.kwargs["pk"])

    def get_success_url(self):
        return reverse("listing:certificates")


class Certificate(CertificateDesk, ShowsARow, CoveringDesk):
    """What a certificate covers, and a newer paper of it."""

    template_name = "catalogue/listing/certificate.html"
    form_class = BindForm
    shows, paper = "certificate", "evidence"
    title, button, done = _("Certificate"), _("Save what it covers"), _("The certificate is saved.")

    def get_form_kwargs(self):
        shown = self.request.POST if self.pressed else None
        return {**super().get_form_kwargs(), "certificate": self.certificate, "shown": shown}

    def act(self, form):
        rebind_certificate(self.certificate, actor=self.request.user, **form.asked_for)

    def get_context_data(self, **context):
        return super().get_context_data(certificate=self.certificate, **context)


class WithdrawCertificate(CertificateDesk, DeskButton):
    """Takes the certificate out of every claim."""

    done = _("The certificate is withdrawn from every product.")

    def act(self):
        withdraw_certificate(self.certificate, actor=self.request.user)


class RestoreCertificate(CertificateDesk, DeskButton):
    """Brings a withdrawn certificate back."""

    done = _("The certificate is in use again.")

    def act(self):
        restore_certificate(self.certificate, actor=self.request.user)


class Evidence(LoginRequiredMixin, View):
    """The paper of a certificate, for its owner and for officers, as a download."""

    def get(self, request, pk):
        certificate = get_object_or_404(papers_for(request.user), pk=pk)
        name = certificate.evidence.name.rsplit("/", 1)[-1]
        return FileResponse(opened_or_404(certificate.evidence), as_attachment=True, filename=name)
