from http import HTTPStatus

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import FORMFIELD_FOR_DBFIELD_DEFAULTS
from django.contrib.admin.widgets import AutocompleteMixin, ForeignKeyRawIdWidget
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, ManyToManyField
from django.forms import ModelChoiceField, ModelMultipleChoiceField
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from moussem.core.log import record
from moussem.core.models import LogEntry, OutboxMessage
from moussem.core.reading import can_be_key
from moussem.core.shown import signed, word_of

# The administration bears our name, not that of what it is built with.
admin.site.site_header = _("Moussem")
admin.site.site_title = _("Moussem")
admin.site.index_title = _("What the marketplace keeps")


_respond = admin.ModelAdmin.response_action


def _respond_for_rows_that_can_be(desk, request, queryset):
    """Django asks the database for whatever was posted as a row: a NUL, or letters for a number, is none."""
    posted = request.POST.getlist(ACTION_CHECKBOX_NAME)
    chosen = [one for one in posted if can_be_key(desk.opts.pk, one)]
    if chosen != posted:
        request.POST = request.POST.copy()
        request.POST.setlist(ACTION_CHECKBOX_NAME, chosen)
    return _respond(desk, request, queryset)


admin.ModelAdmin.response_action = _respond_for_rows_that_can_be
_options = AutocompleteMixin.optgroups


def _options_of_rows_that_can_be(widget, name, value, attrs=None):
    """A refused form is shown with what was chosen: what can be no row is not asked for."""
    key = widget.field.remote_field.model._meta.pk
    return _options(widget, name, [one for one in value if not one or can_be_key(key, str(one))], attrs)


AutocompleteMixin.optgroups = _options_of_rows_that_can_be
_told = ForeignKeyRawIdWidget.label_and_url_for_value


def _told_of_a_row_that_can_be(widget, value):
    if not can_be_key(widget.rel.model._meta.pk, str(value)):
        return "", ""
    return _told(widget, value)


ForeignKeyRawIdWidget.label_and_url_for_value = _told_of_a_row_that_can_be


class OneRow(ModelChoiceField):
    """A row, where what was sent may be the key of none."""

    def to_python(self, value):
        """The row, or the refusal of Django for one that is not there."""
        is_typed = isinstance(value, str) and value not in self.empty_values
        if is_typed and not can_be_key(self.queryset.model._meta.pk, value):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


class ManyRows(ModelMultipleChoiceField):
    """Several rows, where what was sent may be the key of none."""

    def clean(self, value):
        """The rows, or the refusal of Django for a key that is unknown."""
        for one in value if isinstance(value, (list, tuple)) else ():
            if not can_be_key(self.queryset.model._meta.pk, str(one)):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": one}
                )
        return super().clean(value)


FORMFIELD_FOR_DBFIELD_DEFAULTS[ForeignKey] = {"form_class": OneRow}
FORMFIELD_FOR_DBFIELD_DEFAULTS[ManyToManyField] = {"form_class": ManyRows}


class ReadOnly(admin.ModelAdmin):
    """What the product writes and staff only reads."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class Logged(admin.ModelAdmin):
    """Rows that staff edit, with a line of the log for each change."""

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        verb = "changed_by_officer" if change else "created_by_officer"
        record(verb, obj, actor=request.user, fields=form.changed_data)


class DecidedAsShown(admin.ModelAdmin):
    """Rows that actions decide about, each with a word for what its officer was shown of it.

    The form that decides carries the word: that of the list for each of its rows, and that of a row's own
    page for this one. What the last page told of a row counts against an older list, whatever tab it is in.
    """

    change_form_template = "admin/decided_as_shown.html"
    # So many rows are remembered as read; who reads more decides about the last ones.
    most_read = 200

    def digest_of(self, obj):
        """What an officer is shown of a row, in a word."""
        raise NotImplementedError

    def action_checkbox(self, obj):
        """The box that chooses a row, with what the list shows of it."""
        return format_html("{}{}", super().action_checkbox(obj), self._mark("shown", obj))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """The page of a row, with the form that decides about what it shows."""
        choices = self.get_action_choices(request) if obj is not None and request.method == "GET" else []
        decides = len(choices) > 1 and not context["is_popup"]
        if decides:
            form = self.action_form(auto_id="decide_%s")
            form.fields["action"].choices = choices
            chosen = format_html('<input type="hidden" name="{}" value="{}">', ACTION_CHECKBOX_NAME, obj.pk)
            context |= {"decision": form, "decided": format_html("{}{}", chosen, self._mark("read", obj))}
        answer = super().render_change_form(request, context, add, change, form_url, obj)
        if decides and not _is_fetched_ahead(request):
            key, word = self._key_of(obj), self.digest_of(obj)
            answer.add_post_render_callback(lambda served: self._remember(request, served, key, word))
        return answer

    def _remember(self, request, served, key, word):
        if served.status_code == HTTPStatus.OK:
            read = {**request.session.get("admin_read", {}), key: word}
            request.session["admin_read"] = dict(list(read.items())[-self.most_read :])

    def is_on_its_page(self, request, obj):
        """Whether it is decided on the page of this row, which shows more of it than the list."""
        return f"read-{obj.pk}" in request.POST

    def shown_of(self, request, obj):
        """What this officer has seen of a row: its own page, read before, tells more than the list."""
        if self.is_on_its_page(request, obj):
            return word_of(request.POST[f"read-{obj.pk}"], place=f"read:{self._key_of(obj)}")
        listed = word_of(request.POST.get(f"shown-{obj.pk}", ""), place=f"shown:{self._key_of(obj)}")
        read = request.session.get("admin_read", {}).get(self._key_of(obj), listed)
        return read if read == listed else ""

    def _mark(self, place, obj):
        mark = signed(self.digest_of(obj), place=f"{place}:{self._key_of(obj)}")
        return format_html('<input type="hidden" name="{}-{}" value="{}">', place, obj.pk, mark)

    @staticmethod
    def _key_of(obj):
        return f"{obj._meta.label_lower}:{obj.pk}"


def _is_fetched_ahead(request):
    """Whether a browser fetches a page that nobody has asked to see yet."""
    purposes = (request.headers.get(name, "") for name in ("sec-purpose", "purpose", "x-moz"))
    return any("prefetch" in purpose or "prerender" in purpose for purpose in purposes)


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnly):
    list_display = ("at", "verb", "subject_type", "subject_id", "actor")
    list_filter = ("subject_type", "verb")
    list_select_related = ("actor",)
    search_fields = ("=subject_id", "actor__email")


@admin.register(OutboxMessage)
class OutboxMessageAdmin(ReadOnly):
    list_display = ("created_at", "kind", "to", "delivered_at", "attempts", "next_try_at", "last_error")
    # Links that open accounts stand in what is still to be sent.
    exclude = ("payload",)
    readonly_fields = ("to", "subject")
    list_filter = ("kind", ("delivered_at", admin.EmptyFieldListFilter))

    @admin.display(description=_("to"))
    def to(self, message):
        return message.payload.get("to", "")

    @admin.display(description=_("subject"))
    def subject(self, message):
        return message.payload.get("subject", "")
