"""Where the editors' rooms meet translators: the page of a translation, and what waits, on their home."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail_localize.models import Translation

from cms.translating.views import Submit, changes, side_by_side
from cms.translating.waiting import waiting_for

# The library answers at the same places: its editor needs styles that our security policy forbids, and its
# way to take changes publishes without asking whether they are translated.
BEFORE_THE_LIBRARY = -1


@hooks.register("before_edit_page", order=BEFORE_THE_LIBRARY)
def translate(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The page of a translation is edited beside its source."""
    translation = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
    ).first()
    return side_by_side(request, translation, page) if translation else None


@hooks.register("register_admin_urls", order=BEFORE_THE_LIBRARY)
def addresses() -> list[URLPattern]:
    """Handing a page to its translators, and taking the changes of a source."""
    return [
        path("localize/submit/page/<int:page_id>/", Submit.as_view()),
        path("localize/update/<int:translation_source_id>/", changes),
    ]


@hooks.register("insert_global_admin_css")
def styles() -> SafeString:
    """How both languages stand beside each other."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/css/translating.css"))


class WaitingPanel(Component):
    """What waits for translation, by language."""

    name = "waiting_for_translation"
    template_name = "cms/translating/waiting.html"
    order = 150

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Only what this person may work on."""
        user = parent_context["request"].user
        found = waiting_for(PagePermissionPolicy().explorable_instances(user))
        return {
            "waiting": [each for each in found if each.count],
            "may_submit": user.has_perm("wagtail_localize.submit_translation"),
        }


@hooks.register("construct_homepage_panels")
def waiting(request: HttpRequest, panels: list[Any]) -> None:
    """The list on the home of the editors."""
    panels.append(WaitingPanel())
