"""The page of a call, and the test of one's devices and network before it."""

import json
from functools import cached_property
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from fairs.live.calling import (
    colleagues_for,
    fallback_of,
    is_kept_apart,
    keep_check,
    members_of,
    relays_for_test,
)
from fairs.live.models import LiveRoom
from fairs.live.purpose import purpose_of
from fairs.live.queries import rooms_for
from fairs.live.rules import CALL_STAYS_AFTER
from fairs.live.safety.queries import keeps_out
from fairs.live.states import RoomKind
from fairs.live.views import ChatPage
from fairs.sessions.rules import may_keep
from fairs.sessions.views.reading import EditionPart
from moussem.core.permissions import uses

MOST_COLLEAGUES = 50
FOUND = ("microphone", "camera", "direct", "relay")
devices = [never_cache, uses("camera", "microphone")]


@method_decorator(devices, name="dispatch")
class CallRoom(ChatPage):
    """A call: who is there and who is late, sound and pictures, chat beside. For its members alone."""

    template_name = "fairs/live/call.html"

    @cached_property
    def room(self) -> LiveRoom:
        """The call of the address, for one of its people."""
        calls = rooms_for(self.request.user).filter(kind=RoomKind.CALL, edition=self.edition)
        found = calls.select_related("call").filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        room, person = self.room, self.request.user
        people = members_of(room)
        return super().get_context_data(
            call=room.call,
            own_zone=self.own_zone([room.call]),
            purpose=purpose_of(self.request, room),
            people=people,
            other=next((one for one in people if one != person), person),
            colleagues=colleagues_for(room, person)[:MOST_COLLEAGUES],
            # Whoever was blocked meets the other nowhere else either.
            fallback="" if is_kept_apart(room, person) else fallback_of(room),
            check=getattr(person, "live_check", None),
            closes=room.call.ends_at + CALL_STAYS_AFTER,
            is_over=room.is_closed or timezone.now() >= room.call.ends_at + CALL_STAYS_AFTER,
            **context,
        )


@method_decorator(devices, name="dispatch")
class CallTest(LoginRequiredMixin, EditionPart, TemplateView):
    """Whether camera, microphone and network will do, days before a call; the result is kept."""

    template_name = "fairs/live/call_test.html"

    @property
    def may_test_relays(self) -> bool:
        """Whether this person is given a credential: they come to the edition, or have a call at it."""
        person = self.request.user
        called = rooms_for(person).filter(kind=RoomKind.CALL, edition=self.edition)
        comes = may_keep(person, self.edition) and not keeps_out(person, self.edition)
        return comes or called.exists()

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        person = self.request.user
        found = relays_for_test(person) if self.may_test_relays else []
        return super().get_context_data(
            edition=self.edition,
            check=getattr(person, "live_check", None),
            servers=json.dumps(found),
            has_relay=any("username" in one for one in found),
            **context,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep what was found; anything but a yes is a no."""
        self.edition  # noqa: B018 - nothing is kept at an address that does not exist
        keep_check(request.user, **{name: request.POST.get(name) == "yes" for name in FOUND})
        return redirect(request.path)
