"""What a device sends until it hears the answer: each UUID is done once, for the person who wrote it."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from moussem.core.errors import NotYours, Refusal, require
from moussem.core.models import Arrival
from moussem.core.pages import wants_json
from moussem.core.templatetags.pages import word_of_person

KEY = "once"
# Sent later, by a page that shows nothing of it: what would be said on the next page is told in the answer.
LATER = "later"
PERSON = "X-Person"


class SentByAnother(Refusal):
    code = "sent_by_another"
    status = 401
    text = _(
        "Whoever wrote this is not signed in here now. Nothing was done; it stays on the device until they "
        "sign in."
    )


class KeyUnreadable(Refusal):
    code = "key_unreadable"
    status = 422
    text = _(
        "What was sent bears no mark of its own. Nothing was done; load the page again and send it once more."
    )


def is_written_by(person: Any, request: HttpRequest) -> bool:
    """Whether a device means this person; one that names nobody means whoever is signed in."""
    return is_meant(person, request.headers.get(PERSON))


def is_meant(person: Any, word: str | None) -> bool:
    """Whether a word of a page, or none at all, means this person."""
    return word is None or constant_time_compare(word, word_of_person(person))


class TakenOnce:
    """A page whose forms may come twice with the same key: the first one is done, and answers for all."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        key = request.POST.get(KEY, "") if request.method == "POST" else ""
        if not key:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        try:
            require(request.user.is_authenticated and is_written_by(request.user, request), SentByAnother)
            try:
                answer = self._taken(_read(key), request, *args, **kwargs)
            except Http404:
                raise NotYours from None
        except Refusal as refusal:
            if not wants_json(request):
                raise
            return JsonResponse(refusal.as_dict(), status=refusal.status)
        return told(request, answer) if wants_json(request) else answer

    @transaction.atomic
    def _taken(self, key: uuid.UUID, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        # Whoever sends the same at the same moment waits here for the other to end.
        facts = {"person": request.user, "address": request.path[:300]}
        arrival, is_new = Arrival.objects.get_or_create(key=key, defaults=facts)
        if not is_new:
            require(arrival.person_id == request.user.pk and arrival.address == facts["address"], NotYours)
            return redirect(arrival.led_to)
        answer = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        if answer.status_code in (302, 303) and not _is_refused(request):
            arrival.led_to = answer["Location"][:500]
            arrival.save(update_fields=["led_to"])
        else:
            # Refused, it may come again as it is, once what was in the way is gone.
            arrival.delete()
        return answer


def _read(key: str) -> uuid.UUID:
    try:
        return uuid.UUID(key)
    except ValueError:
        raise KeyUnreadable from None


def _is_refused(request: HttpRequest) -> bool:
    """Whether a page that leads on says at the same time that nothing was done."""
    return any(one.level >= messages.ERROR for one in _added(request))


def _added(request: HttpRequest) -> list[Any]:
    """What this request has to say on the next page; not what an earlier one left there."""
    return messages.get_messages(request)._queued_messages  # type: ignore[attr-defined]


def told(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The answer of a page as a program reads it: where it leads, or why nothing was done."""
    if answer.status_code in (302, 303) and not _is_refused(request):
        said = _said(request) if LATER in request.POST else []
        return JsonResponse({"to": answer["Location"], "said": " ".join(said)})
    said = _said(request) if answer.status_code in (302, 303) else refused_in(answer)
    words = " ".join(said) or str(Refusal.text)
    status = answer.status_code if answer.status_code >= 400 else Refusal.status
    return JsonResponse({"code": Refusal.code, "message": words}, status=status)


def _said(request: HttpRequest) -> list[str]:
    added = _added(request)
    said = [str(one) for one in added]
    added.clear()
    return said


def refused_in(answer: Any) -> list[str]:
    """The sentences with which a page gives a form back."""
    context = getattr(answer, "context_data", None) or {}
    forms = [context.get("form"), *(context.get("forms") or {}).values()]
    found = [str(context["refusal"])] if context.get("refusal") else []
    for form in forms:
        if form is None or not form.is_bound:
            continue
        for name, errors in form.errors.items():
            label = "" if name == NON_FIELD_ERRORS else f"{form[name].label}: "
            found += [f"{label}{error}" for error in errors]
    return found
