from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from catalogue.currency import PARAMETER, chosen_currency, remember_currency


@require_POST
def choose_currency(request: HttpRequest) -> HttpResponse:
    """Keeps the currency a visitor chose and leads back to the page they were on."""
    asked = request.POST.get(PARAMETER)
    back = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(back if ours else reverse("catalogue:index"))
    if asked not in settings.CURRENCIES:
        asked = chosen_currency(request)
    return remember_currency(response, asked)
