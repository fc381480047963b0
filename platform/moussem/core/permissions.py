"""What a page may use of a device: nothing, but where the page says so."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

HEADER = "Permissions-Policy"
DEVICES = ("camera", "microphone", "display-capture", "geolocation")


def policy(*allowed: str) -> str:
    """The header of a page that uses these devices itself; frames in it use none."""
    return ", ".join(f"{name}=({'self' if name in allowed else ''})" for name in DEVICES)


NOTHING = policy()


def uses(*devices: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Let the page of a view use these devices."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def page(*args: Any, **kwargs: Any) -> HttpResponse:
            answer = view(*args, **kwargs)
            answer[HEADER] = policy(*devices)
            return answer

        return page

    return decorate


class PermissionsPolicyMiddleware:
    """Every page that does not say otherwise uses no device."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        answer.headers.setdefault(HEADER, NOTHING)
        return answer
