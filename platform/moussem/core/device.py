"""What a device keeps of the site for hours without a network, and whether its pages come with pictures."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView, View

from moussem.core import thin
from moussem.core.pages import asked_page
from moussem.core.templatetags.pages import word_of_person

# For whom a page may be kept on their device.
KEPT_FOR = "X-Kept-For"
SCRIPT = "core/js/worker.js"
ICON = "core/img/favicon.svg"


class KeptOnDevice:
    """A page that the device of who reads it keeps, and opens again without a network."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        answer = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        is_page = request.method == "GET" and answer.status_code == 200
        is_page = is_page and answer.get("Content-Type", "").startswith("text/html")
        if is_page and request.user.is_authenticated:
            answer[KEPT_FOR] = word_of_person(request.user)
        return answer


def files_of_shell() -> list[str]:
    """The names of the static files without which a kept page does nothing."""
    found = []
    for name in settings.DEVICE_SHELL:
        place = Path(str(finders.find(name)))
        if place.is_dir():
            found += [f"{name}/{one.relative_to(place).as_posix()}" for one in sorted(place.rglob("*.*"))]
        else:
            found.append(name)
    return [name for name in found if name != SCRIPT]


@lru_cache(maxsize=1)
def _worker() -> str:
    """The script with what it keeps: another build is another script, and drops what the last one kept."""
    names = files_of_shell()
    pages = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            pages.append(reverse("device:device"))
    digest = hashlib.sha256()
    for name in (*names, SCRIPT):
        digest.update(Path(str(finders.find(name))).read_bytes())
    # Modules import each other by their names on disk. What a page links comes with the page.
    addresses = [settings.STATIC_URL + name if name.endswith(".js") else static(name) for name in names]
    shell = {"files": addresses, "pages": pages, "static": settings.STATIC_URL}
    digest.update(json.dumps(shell).encode())
    shell["version"] = digest.hexdigest()[:12]
    script = Path(str(finders.find(SCRIPT))).read_text(encoding="utf-8")
    return f"const SHELL = {json.dumps(shell)};\n{script}"


@require_safe
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """The script that a browser runs beside all pages of the site."""
    return HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """How a telephone shows the site as an app."""
    told = {
        "name": _("Moussem: fairs and export marketplace of Morocco"),
        "short_name": _("Moussem"),
        "lang": get_language(),
        "dir": "rtl" if get_language_bidi() else "ltr",
        "id": "/",
        "start_url": reverse(settings.DEVICE_START),
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbf8f2",
        "theme_color": "#b23a5b",
        "icons": [{"src": static(ICON), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
    }
    return JsonResponse(told, content_type="application/manifest+json")


class Device(TemplateView):
    """What waits on this device, what came of what was sent, and which pages it keeps."""

    template_name = "device/device.html"


class Pictures(View):
    """Pages with pictures or without, on this device."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wanted = thin.OFF if request.POST.get("pictures") == thin.OFF else thin.ON
        said = {
            thin.OFF: _("Pages of fairs come without pictures and video on this device now."),
            thin.ON: _("Pages of fairs come with pictures on this device again."),
        }
        messages.success(request, said[wanted])
        answer = redirect(asked_page(request) or reverse("device:device"))
        answer.set_cookie(
            thin.COOKIE, wanted, max_age=thin.YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
        )
        return answer
