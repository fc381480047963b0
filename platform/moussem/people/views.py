"""A person's own settings."""

from allauth.account.models import EmailAddress
from allauth.account.views import ConfirmEmailView
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import transaction
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.generic import FormView, TemplateView, View

from moussem.core.locks import lock
from moussem.people.actions import PREFERENCES, set_preferences
from moussem.people.forms import PreferencesForm
from moussem.people.personal import HOLDINGS, export_of
from moussem.people.queries import confirmed_address


class Settings(LoginRequiredMixin, FormView):
    """Name, language and time zone; the site answers in the language that is chosen."""

    template_name = "people/settings.html"
    form_class = PreferencesForm

    # What stands is looked at and written under one lock.
    @transaction.atomic
    def post(self, request, *args, **kwargs):
        return super().post(request, *args, **kwargs)

    def get_initial(self):
        person = lock(self.request.user) if self.request.method == "POST" else self.request.user
        return {name: getattr(person, name) for name in PREFERENCES}

    def form_valid(self, form):
        person = set_preferences(actor=self.request.user, **form.cleaned_data)
        with override(person.language):
            messages.success(self.request, _("Your settings are kept."))
            answer = redirect(reverse("people:settings"))
        # Kept for the pages that are read before the next sign-in.
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            person.language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite="Lax",
            secure=self.request.is_secure(),
            httponly=True,
        )
        return answer


class ConfirmAddress(ConfirmEmailView):
    """The link of a mail that confirms an address; one that was used before says so, and leads on."""

    def post(self, *args, **kwargs):
        try:
            return super().post(*args, **kwargs)
        except Http404:
            # Pressed twice, or too late: the page says which.
            return self.get(*args, **kwargs)

    def get_context_data(self, **context):
        confirmed = None if self.object else confirmed_address(self.kwargs["key"])
        return super().get_context_data(confirmed=confirmed, **context)


class Security(LoginRequiredMixin, TemplateView):
    """How this person signs in, and the way to what makes it safer."""

    template_name = "people/security.html"

    def get_context_data(self, **context):
        user = self.request.user
        kinds = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
        return super().get_context_data(
            addresses=list(EmailAddress.objects.filter(user=user).order_by("-primary", "email")),
            has_totp=Authenticator.Type.TOTP in kinds,
            has_recovery_codes=Authenticator.Type.RECOVERY_CODES in kinds,
            passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
            **context,
        )


class Personal(LoginRequiredMixin, TemplateView):
    """What is held of this person: to take along, and to erase once they ticked that they mean it."""

    template_name = "people/personal.html"

    def get_context_data(self, **context):
        return super().get_context_data(holdings=list(HOLDINGS.values()), **context)

    def post(self, request, *args, **kwargs):
        holding = HOLDINGS.get(request.POST.get("what", ""))
        if holding is None:
            raise Http404
        if request.POST.get("sure") != "yes":
            return self.render_to_response(self.get_context_data(unsure=holding.name), status=400)
        holding.erase(request.user)
        messages.success(
            request,
            _("Erased. Nothing under your name is left to read, and nothing of it can be brought back."),
        )
        return redirect("people:personal")


class PersonalExport(LoginRequiredMixin, View):
    """All that is held of this person, as a file."""

    def get(self, request, *args, **kwargs):
        name = 'attachment; filename="personal-data.json"'
        return JsonResponse(
            export_of(request.user),
            headers={"Content-Disposition": name, "Cache-Control": "no-store"},
            json_dumps_params={"ensure_ascii": False, "indent": 2},
        )
