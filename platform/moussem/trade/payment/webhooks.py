"""Where providers ring. The body is read as it came: a signature covers every byte."""

from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from moussem.trade.payment.actions import take_event
from moussem.trade.payment.errors import (
    NoticeNotGenuine,
    NoticeUnreadable,
    ProviderRefused,
    ProviderUnreachable,
)
from moussem.trade.payment.tasks import process_notice

LARGEST = 512 * 1024


@method_decorator(csrf_exempt, name="dispatch")
class StripeWebhook(View):
    """Checks the signature, stores the notice once, answers; a task looks into it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> JsonResponse:
        if int(request.headers.get("Content-Length") or 0) > LARGEST:
            return JsonResponse({"code": "too_large"}, status=413)
        try:
            event = take_event("stripe", request.body, request.headers)
        except (NoticeNotGenuine, NoticeUnreadable, ProviderRefused, ProviderUnreachable) as refusal:
            return JsonResponse({"code": refusal.code}, status=refusal.status)
        if event.processed_at is None:
            transaction.on_commit(lambda: process_notice.enqueue(event.pk))
        return JsonResponse({"received": event.event_id})
