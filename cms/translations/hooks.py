"""Where the editors' rooms meet translators: the page of a translation beside its source."""

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.translations.views import Submit, changes, side_by_side

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
