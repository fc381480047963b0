"""Consents to act by proxy: read, recorded, withdrawn."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import FileResponse, Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from moussem.core.errors import Refusal
from moussem.core.storage import opened_or_404
from moussem.organisations.actions import record_consent, revoke_consent
from moussem.organisations.evidence import content_type_of
from moussem.organisations.forms import ConsentForm
from moussem.organisations.queries import consents_for, organisation_for, standing_beside
from moussem.organisations.rules import may_check, may_manage, may_record_consent
from moussem.organisations.views.standing import Press, done


class Consents(LoginRequiredMixin, TemplateView):
    """Who may act for the cooperative, with what it consented to."""

    template_name = "organisations/consents.html"

    def get_context_data(self, **context):
        viewer = self.request.user
        organisation = organisation_for(viewer, self.kwargs["slug"])
        consents = list(consents_for(viewer, self.kwargs["slug"]))
        manages = may_manage(viewer, organisation)
        if organisation is None or not (consents or manages or may_check(viewer)):
            raise Http404
        return super().get_context_data(
            organisation=organisation,
            consents=consents,
            manages=manages,
            records=may_record_consent(viewer, organisation, viewer),
            section="consents",
            **context,
        )


class RecordConsent(LoginRequiredMixin, FormView):
    """An officer, or the delegate, records what was consented to."""

    template_name = "organisations/record_consent.html"
    form_class = ConsentForm

    @cached_property
    def organisation(self):
        """The cooperative of the address, for somebody who may record its consent."""
        viewer = self.request.user
        found = organisation_for(viewer, self.kwargs["slug"])
        if found is None or not may_record_consent(viewer, found, viewer):
            raise Http404
        return found

    def get_form_kwargs(self):
        actor = self.request.user
        return {**super().get_form_kwargs(), "by_officer": may_check(actor), "actor": actor}

    def get_context_data(self, **context):
        return super().get_context_data(organisation=self.organisation, **context)

    def post(self, request, *args, **kwargs):
        self.organisation  # noqa: B018 - 404 before the form is read
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            known = set(consents_for(self.request.user, self.organisation.slug).values_list("pk", flat=True))
            consent = record_consent(self.organisation, actor=self.request.user, **form.consent())
        except Refusal as refusal:
            form.add_error(None, refusal.message)
            return self.form_invalid(form)
        if consent.pk in known:
            messages.info(
                self.request, _("This consent is recorded already and in force. Nothing was changed.")
            )
        else:
            said = _("The consent is recorded, and the owners have been told by mail.")
            messages.success(self.request, said)
        return redirect(done("organisations:consents", self.organisation.slug))


class Revoke(Press, TemplateView):
    """Takes a consent back at once; its page says first what ends with it."""

    http_method_names = ["get", "head", "post"]
    template_name = "organisations/revoke.html"

    @cached_property
    def consent(self):
        """The consent of the address, for somebody who may read it."""
        consent = consents_for(self.request.user, self.kwargs["slug"]).filter(pk=self.kwargs["pk"]).first()
        if consent is None:
            raise Http404
        return consent

    def get(self, request, *args, **kwargs):
        if not self.consent.is_standing:
            return redirect(self.back())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **context):
        membership = self.consent.membership
        return super().get_context_data(
            consent=self.consent,
            organisation=membership.organisation,
            is_own=membership.user == self.request.user,
            other=standing_beside(self.consent),
            section="consents",
            **context,
        )

    def press(self):
        other = standing_beside(revoke_consent(self.consent, actor=self.request.user))
        if other is None:
            return _("The consent is withdrawn: the delegate can no longer do anything for the cooperative.")
        if other.last_day is None:
            return _(
                "The consent is withdrawn, but another one stands, and the delegate goes on acting for the "
                "cooperative. Withdraw that one too to end it."
            )
        return _(
            "The consent is withdrawn, but another one stands until %(day)s, and the delegate goes on acting "
            "for the cooperative. Withdraw that one too to end it at once."
        ) % {"day": date_format(other.last_day)}

    def back(self):
        if consents_for(self.request.user, self.kwargs["slug"]).exists():
            return reverse("organisations:consents", args=[self.kwargs["slug"]])
        return "organisations:mine"


class EvidenceFile(LoginRequiredMixin, View):
    """The evidence of a consent, for those who may read the consent."""

    def get(self, request, slug, pk):
        consent = consents_for(request.user, slug).filter(pk=pk).first()
        if consent is None or not consent.evidence:
            raise Http404
        name = consent.evidence.name.rpartition("/")[2]
        return FileResponse(
            opened_or_404(consent.evidence),
            as_attachment=True,
            filename=name,
            content_type=content_type_of(name),
            headers={"Cache-Control": "private, no-store"},
        )
