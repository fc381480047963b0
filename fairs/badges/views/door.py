"""The page of a door: an app that goes on without a network, and what it talks to."""

from functools import cached_property
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from fairs.badges.actions import keep_scans
from fairs.badges.errors import TooManyScans, TooOften, UnreadableScans
from fairs.badges.models import Scan
from fairs.badges.pace import is_too_fast
from fairs.badges.queries import (
    doors_of,
    inside_by_role,
    keeper_at,
    list_for_doors,
    passages_for_doors,
    points_of,
    rules_of,
)
from fairs.badges.sending import MOST_AT_ONCE, MOST_BYTES, read_sending
from fairs.badges.states import BadgeRole
from fairs.badges.words import SENTENCES, sentence_of
from fairs.editions.models import Edition
from moussem.core.device import KeptOnDevice
from moussem.core.errors import Refusal, require
from moussem.core.permissions import uses

STYLES = (
    *("core/css/tokens.css", "core/css/base.css", "core/css/layout.css", "core/css/icons.css"),
    *("core/css/buttons.css", "core/css/forms.css", "core/css/messages.css", "fairs/css/door.css"),
)
ICON = "core/img/favicon.svg"


class KeeperPage(LoginRequiredMixin):
    """For who keeps the doors of the edition, or runs it; to anybody else it does not exist."""

    @cached_property
    def edition(self) -> Edition:
        """The edition of the address."""
        found = keeper_at(self.request.user, self.kwargs["slug"])
        if found is None:
            raise Http404
        return found

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated:
            self.edition  # noqa: B018 - a stranger gets 404 before anything else is looked at
        return super().dispatch(request, *args, **kwargs)

    def address(self, name: str) -> str:
        """An address of this door."""
        return reverse(f"fairs:{name}", args=[self.edition.slug])


@method_decorator(uses("camera"), name="dispatch")
class DoorPage(KeptOnDevice, KeeperPage, TemplateView):
    """The page: camera, typed number, a big answer."""

    template_name = "fairs/badges/door.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            edition=self.edition, styles=STYLES, direction="rtl" if get_language_bidi() else "ltr", **context
        )


class Bundle(KeeperPage, View):
    """All that a device needs to decide alone: keys, doors, badges, passages, sentences."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        edition = self.edition
        doors = list(doors_of(edition))
        # A device that comes late still sends its scans, and keeps no names of a fair that is over.
        is_over = edition.has_ended
        return JsonResponse(
            {
                "edition": edition.pk,
                "zone": edition.time_zone,
                "language": get_language(),
                "now": int(timezone.now().timestamp() * 1000),
                "token": get_token(request),
                "keys": points_of(edition),
                "doors": [{"id": one.pk, "name": one.label, **_rules(one, edition)} for one in doors],
                "badges": [] if is_over else list_for_doors(edition),
                "passages": {} if is_over else passages_for_doors(edition),
                "roles": {role.value: str(role.label) for role in BadgeRole},
                "sentences": {code: str(text) for code, text in SENTENCES.items()},
                "inside": sum(inside_by_role(edition).values()),
            }
        )


def _rules(door: Any, edition: Edition) -> dict[str, Any]:
    rules = rules_of(door, edition)
    return {
        "openings": rules.openings,
        "expires": rules.expires,
        "roles": rules.roles,
        "early_roles": rules.early_roles,
        "early_seconds": rules.early_seconds,
        "hall": rules.hall,
    }


class Scans(KeeperPage, View):
    """Takes scans in, and answers each."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            # Before anything of it is read.
            length = request.headers.get("Content-Length", "0")
            require(length.isdecimal() and int(length) <= MOST_BYTES, TooManyScans, most=MOST_AT_ONCE)
            # Of a form the body was read already, by whoever looked for its token.
            require(request.content_type == "application/json", UnreadableScans)
            require(not is_too_fast(request.user), TooOften)
            kept = keep_scans(self.edition, read_sending(request.body), actor=request.user)
        except Refusal as refusal:
            return JsonResponse(refusal.as_dict(), status=refusal.status)
        inside = sum(inside_by_role(self.edition).values())
        answers = {key: _told(scan, self.edition) for key, scan in kept.items()}
        return JsonResponse({"answers": answers, "inside": inside})


def _told(scan: Scan, edition: Edition) -> dict[str, Any]:
    badge = scan.badge
    return {
        "outcome": scan.outcome,
        "code": scan.code,
        "sentence": sentence_of(scan.code, scan.about, edition.time_zone),
        "conflict": scan.is_conflict,
        "at": int(scan.at.timestamp()),
        "badge": badge and [badge.serial, badge.number, badge.name, badge.organisation_name, badge.role],
    }


class Manifest(KeeperPage, View):
    """How a telephone shows the app."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        page = self.address("door")
        return JsonResponse(
            {
                "name": _("Door of %(edition)s") % {"edition": self.edition.label},
                "short_name": _("Door"),
                "lang": get_language(),
                "dir": "rtl" if get_language_bidi() else "ltr",
                "id": page,
                "start_url": page,
                "scope": page,
                "display": "standalone",
                "background_color": "#fbf8f2",
                "theme_color": "#b23a5b",
                "icons": [{"src": static(ICON), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
            },
            content_type="application/manifest+json",
        )
