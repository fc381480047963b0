"""What the checkout hangs in other rooms: the requests for approval that took a basket along."""

from django.template.loader import render_to_string

from moussem.core.slots import fill
from moussem.trade.checkout.queries import requests_waiting_of


@fill("basket.empty")
def waiting_requests(request):
    """Where the goods went of somebody whose basket waits for an approval."""
    requests = requests_waiting_of(request.user)
    return render_to_string("checkout/panels/waiting.html", {"requests": requests}) if requests else ""
