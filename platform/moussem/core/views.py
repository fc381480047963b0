"""Addresses that belong to no business: health, and the demonstration's mail box."""

import logging
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from posixpath import normpath

from django.conf import settings
from django.db import InterfaceError, OperationalError, connections
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.defaults import bad_request, page_not_found, permission_denied, server_error
from django.views.static import serve

from moussem.core.demo_mail import mail_with_key, mails_in
from moussem.core.health import CHECKS, DOES_WITHOUT, reasons_not_well

RETRY_AFTER_SECONDS = "60"
log = logging.getLogger(__name__)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process is alive: asks nothing of anybody."""
    return JsonResponse({"alive": True})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether to send people here: 200, or 503 with the reasons."""
    reasons = reasons_not_well()
    ready = reasons.keys() <= DOES_WITHOUT
    checks = {name: reasons.get(name, "ok") for name in CHECKS}
    return JsonResponse({"ready": ready, "checks": checks}, status=200 if ready else 503)


def broken(request: HttpRequest) -> HttpResponse:
    """The page of a fault; where the database or the cache is away for a moment, browsers may come again."""
    # Imported here because a demonstration never needs Redis's client.
    from redis.exceptions import RedisError

    answer = server_error(request)
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError, RedisError)):
        answer.status_code, answer["Retry-After"] = 503, RETRY_AFTER_SECONDS
    return answer


def drawn_anew(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of refusal, drawn over a connection that lives.

    Under ASGI Django draws these pages in threads of their own, whose connections no request opens or
    closes: one that the database cut would answer 503 there for as long as the process runs.
    """

    @wraps(page)
    def drawn(request: HttpRequest, exception: Exception) -> HttpResponse:
        for connection in connections.all(initialized_only=True):
            # A connection amid a transaction would be taken for one that somebody left in a wrong state.
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()
        try:
            return page(request, exception)
        except Exception:
            # Django makes this the page of a fault, and writes down only faults of views.
            log.exception("The page of a refusal could not be drawn: %s", request.path)
            raise

    return drawn


refused = drawn_anew(bad_request)
forbidden = drawn_anew(permission_denied)
missing = drawn_anew(page_not_found)


# What a view hands out after looking who may have it, or what waits for its form: as the proxy of production.
HANDED_OUT = ("documents/", "lots/", "wagtail_uploads/")


@require_safe
def demo_file(request: HttpRequest, path: str) -> HttpResponse:
    """A file of the site, where no server stands in front that would hand it out."""
    if normpath(path).lstrip("/").lower().startswith(HANDED_OUT):
        raise Http404
    try:
        return serve(request, path, document_root=settings.MEDIA_ROOT)
    except (OSError, ValueError) as error:
        # A name that no disk can hold names nothing.
        raise Http404 from error


def _mail_box() -> Path:
    if not settings.DEMONSTRATION:
        raise Http404
    return Path(settings.EMAIL_FILE_PATH)


@require_safe
@never_cache
def demo_mails(request: HttpRequest) -> HttpResponse:
    """Every mail that the demonstration would have sent."""
    return render(request, "demo/mails.html", {"mails": mails_in(_mail_box())})


@require_safe
@never_cache
def demo_mail(request: HttpRequest, key: str) -> HttpResponse:
    """One mail that the demonstration would have sent."""
    found = mail_with_key(_mail_box(), key)
    if found is None:
        raise Http404
    return render(request, "demo/mail.html", {"mail": found})
