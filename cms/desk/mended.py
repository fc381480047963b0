"""Pages of Wagtail's that break at a form nobody filled in, or leave a word out."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms.choosers import URLOrAbsolutePathField
from wagtail.admin.ui.side_panels import PageStatusSidePanel
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.contrib.redirects.utils import get_file_storage
from wagtail.forms import TaskStateCommentForm

from cms.desk.guards import BULK

IMPORT, BEGIN = "wagtailredirects:process_import", "wagtailredirects:start_import"
ADD = "wagtailredirects.add_redirect"
SIGNED = ("import_file_name", "input_format")
# Read a stream of blocks or a chooser as their own forms send it, and ask nothing before.
READ_BLINDLY = {
    *(f"wagtailadmin_pages:{name}" for name in ("add", "edit", "preview_on_add", "preview_on_edit")),
    *("wagtailadmin_pages:copy", "wagtailadmin_pages:move", BULK),
}
UNREADABLE = (MultiValueDictKeyError, ValueError, ObjectDoesNotExist)
_address_of = URLOrAbsolutePathField.to_python
_plans_of = PageStatusSidePanel.get_scheduled_publishing_context
PLANNED = ("scheduled_go_live_at", "scheduled_expire_at")
DRAFTED = ("draft_go_live_at", "draft_expire_at")


def address_or_nothing(self: URLOrAbsolutePathField, value: Any) -> Any:
    """An address that was not typed is missing, and no fault."""
    return _address_of(self, value or "")


def take_no_address_as_missing() -> None:
    """Wagtail's own field breaks where a form comes without it."""
    URLOrAbsolutePathField.to_python = address_or_nothing


def say_in_the_language_of_who_reads() -> None:
    """Wagtail asks for these words once, before there is anybody to read them."""
    ChooserViewSet.search_tab_label = gettext_lazy("Search")
    TaskStateCommentForm.base_fields["comment"].label = gettext_lazy("Comment")


def tell_nothing_past_as_to_come() -> None:
    """Wagtail tells the start and the end of a page among its plans when they are behind it."""
    PageStatusSidePanel.get_scheduled_publishing_context = plans_to_come


def plans_to_come(self: PageStatusSidePanel, parent_context: Any) -> dict[str, Any]:
    """The plans of a page without those that are behind it."""
    told: dict[str, Any] = _plans_of(self, parent_context)
    past = [name for name in DRAFTED if (minute := told.get(name)) and minute <= timezone.now()]
    if past:
        told |= dict.fromkeys(past)
        told["has_draft_publishing_schedule"] = any(told[name] for name in (*PLANNED, *DRAFTED))
    return told


def mended(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of the editors' rooms that imports no list of redirects before there is one."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = request.resolver_match.view_name if request.resolver_match else ""
        # Whoever may not import is turned away by the view itself.
        may_import = name == IMPORT and request.method == "POST" and request.user.has_perm(ADD)
        if may_import and not _has_a_list(request):
            messages.error(
                request,
                _("The list to be imported is not here. Nothing was changed; choose the file again."),
            )
            return redirect(BEGIN)
        return view(request, *args, **kwargs)

    return guarded


def is_of_a_form_made_by_hand(request: HttpRequest, exception: Exception) -> bool:
    """Whether a view of Wagtail's broke at a part of a form that is missing, or is no number."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    is_sent = request.method == "POST" or name == BULK
    return is_sent and name in READ_BLINDLY and isinstance(exception, UNREADABLE)


def _has_a_list(request: HttpRequest) -> bool:
    """Whether the file that was uploaded a step before is named as it was, and still there."""
    signer = Signer()
    try:
        name, _kind = (signer.unsign(request.POST.get(key, "")) for key in SIGNED)
        return bool(get_file_storage()(name=name).read("rb"))
    except (BadSignature, OSError):
        return False
