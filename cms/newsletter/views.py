from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.generic import FormView

from cms.newsletter.actions import confirm, forget, sign_up, stop
from cms.newsletter.forms import SignUp
from cms.newsletter.queries import subscription_to_confirm, subscription_to_stop
from moussem.core.pacing import is_too_often
from moussem.people.guessing import network_of
from moussem.people.refusals import TOO_MANY

MOST_AN_HOUR, HOUR = 10, 3600


class Subscribe(FormView):
    """The sign-up. What it answers is the same whether the address is known or not."""

    template_name = "cms/newsletter/sign_up.html"
    form_class = SignUp

    def get_initial(self) -> dict[str, Any]:
        return {"language": get_language()}

    def form_valid(self, form: SignUp) -> HttpResponse:
        if is_too_often("newsletter", network_of(self.request), most=MOST_AN_HOUR, seconds=HOUR):
            form.add_error(None, TOO_MANY)
            return self.render_to_response(self.get_context_data(form=form), status=429)
        sign_up(**form.cleaned_data)
        return redirect("newsletter:asked")


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """What to do now: open the link in the mail."""
    return render(request, "cms/newsletter/asked.html")


class OfALink(View):
    """A page that who holds the link of a mail may open, signed in or not."""

    template_name = ""

    def answer(self, **shown: Any) -> HttpResponse:
        page = render(self.request, self.template_name, shown)
        # The address is a secret: nobody's cache, nobody's list of where people came from.
        page["Cache-Control"], page["Referrer-Policy"] = "no-store", "same-origin"
        return page


class Confirm(OfALink):
    """Asks once more: programs that look at the links of a mail would confirm it else."""

    template_name = "cms/newsletter/confirm.html"

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.answer(subscription=subscription_to_confirm(token))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        subscription = subscription_to_confirm(token)
        return self.answer(subscription=confirm(subscription) if subscription else None)


@method_decorator(csrf_exempt, name="dispatch")
class Stop(OfALink):
    """Stops the newsletter. A mail program that was told to unsubscribe posts at once."""

    template_name = "cms/newsletter/stop.html"

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.answer(subscription=self.named(token))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        subscription = self.named(token)
        if "forget" in request.POST:
            forget(subscription)
            return self.answer(is_forgotten=True)
        return self.answer(subscription=stop(subscription))

    def named(self, token: str) -> Any:
        """The subscription of the link; one that was forgotten is not there any more."""
        subscription = subscription_to_stop(token)
        if subscription is None:
            raise Http404
        return subscription
