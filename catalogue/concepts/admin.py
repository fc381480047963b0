"""The words that searches know, for staff: every save is a version, and an older one can be brought back."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from catalogue.concepts.actions import add_concept, bring_back, change_concept
from catalogue.concepts.forms import ConceptForm
from catalogue.concepts.models import Concept
from catalogue.concepts.queries import concepts_called, namesakes, versions_of
from catalogue.concepts.states import LANGUAGE_NAMES
from moussem.core.errors import Refusal

MOST_NAMESAKES = 12


@admin.register(Concept)
class ConceptAdmin(admin.ModelAdmin):
    """Concepts by kind, found by any of their aliases."""

    form = ConceptForm
    list_display = [
        "shown_code",
        "label",
        "kind",
        "how_many",
        "version",
        "changed_by",
        "changed",
    ]
    list_filter = ["kind", "source"]
    list_select_related = ["changed_by"]
    list_per_page = 50
    # Only opens the field: `get_search_results` looks.
    search_fields = ["code"]
    search_help_text = _("An alias in any language, or a code.")
    fieldsets = [
        (None, {"fields": ["code", "kind", "parents", "hs6", "seen_version"]}),
        (
            _("Aliases"),
            {
                "fields": [f"aliases_{language}" for language in LANGUAGE_NAMES],
                "description": _(
                    "One a line. The first in English, French and Arabic is the name that buyers are shown."
                ),
            },
        ),
        (_("This change"), {"fields": ["note"]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        # Offers are indexed under the code, and other concepts name it.
        return ["code"] if obj else []

    def has_delete_permission(self, request, obj=None):
        # A concept whose aliases are taken out is found by nothing, and its history stays.
        return False

    def get_search_results(self, request, queryset, search_term):
        return concepts_called(queryset, search_term), False

    @admin.display(description=_("code"), ordering="code")
    def shown_code(self, concept):
        """The code, apart from the text around it."""
        return format_html("<bdi>{}</bdi>", concept.code)

    @admin.display(description=_("name"))
    def label(self, concept):
        """The name that buyers are shown."""
        return concept.label

    @admin.display(description=_("changed"), ordering="changed_at")
    def changed(self, concept):
        """When it was changed, short enough to stand beside the filters."""
        return date_format(timezone.localtime(concept.changed_at), "SHORT_DATETIME_FORMAT")

    @admin.display(description=_("aliases"))
    def how_many(self, concept):
        """How many aliases in all languages."""
        return sum(map(len, concept.aliases.values()))

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The form; what changed between its check and its saving is told."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return HttpResponseRedirect(request.path)

    def save_model(self, request, obj, form, change):
        note = form.cleaned_data["note"]
        if change:
            seen = form.cleaned_data["seen_version"] or 0
            change_concept(obj, form.content, actor=request.user, seen_version=seen, note=note)
        else:
            obj.pk = add_concept(obj.code, form.content, actor=request.user, note=note).pk
        for language in form.emptied:
            told = _(
                "%(code)s has no alias in %(language)s any more. It was saved; buyers who read that "
                "language are shown its name in another one, and find it by the aliases that are left."
            )
            messages.warning(request, told % {"code": obj.code, "language": LANGUAGE_NAMES[language]})
        self._tell_namesakes(request, obj.code, form.content)

    def _tell_namesakes(self, request, code, content):
        """Two meanings of one alias may be right (bio, orange): the editor is told, not stopped."""
        for alias, others in list(namesakes(code, content).items())[:MOST_NAMESAKES]:
            told = _("“%(alias)s” is an alias of other concepts as well: %(codes)s")
            messages.warning(request, told % {"alias": alias, "codes": ", ".join(others)})

    def get_urls(self):
        back = self.admin_site.admin_view(self.bring_back_view)
        # As Django marks its own pages: by it an address that no row can have is refused.
        back.model_admin = self
        name = "catalogue_concept_bring_back"
        return [path("<path:object_id>/history/<int:number>/", back, name=name), *super().get_urls()]

    def history_view(self, request, object_id, extra_context=None):
        """Every version of a concept, with what it changed."""
        concept = get_object_or_404(Concept, pk=unquote(object_id))
        if not self.has_view_or_change_permission(request, concept):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("Versions of %(code)s") % {"code": concept.code},
            "opts": self.opts,
            "concept": concept,
            "versions": versions_of(concept),
            "may_change": self.has_change_permission(request, concept),
        }
        return TemplateResponse(request, "catalogue/search/versions.html", context)

    def bring_back_view(self, request, object_id, number):
        """Make an older version the newest."""
        concept = get_object_or_404(Concept, pk=unquote(object_id))
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_change_permission(request, concept):
            raise PermissionDenied
        version = get_object_or_404(concept.versions.select_related("concept"), number=number)
        note = _("As in version %(number)s") % {"number": number}
        try:
            seen = int(request.POST.get("seen_version", "0"))
            bring_back(version, actor=request.user, seen_version=seen, note=note)
        except (Refusal, ValueError) as refusal:
            messages.error(request, str(refusal))
        else:
            told = _("“%(code)s” is again as it was in version %(number)s.")
            messages.success(request, told % {"code": concept.code, "number": number})
        return HttpResponseRedirect(reverse("admin:catalogue_concept_history", args=[concept.pk]))
