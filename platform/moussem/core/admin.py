from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from moussem.core.log import record
from moussem.core.models import LogEntry, OutboxMessage

# The administration bears our name, not that of what it is built with.
admin.site.site_header = _("Moussem")
admin.site.site_title = _("Moussem")
admin.site.index_title = _("What the marketplace keeps")


_respond = admin.ModelAdmin.response_action


def _respond_for_rows_that_can_be(desk, request, queryset):
    """Django asks the database for whatever was posted as a row: a NUL, or letters for a number, is none."""
    posted = request.POST.getlist(ACTION_CHECKBOX_NAME)
    chosen = [one for one in posted if _can_be(desk.opts.pk, one)]
    if chosen != posted:
        request.POST = request.POST.copy()
        request.POST.setlist(ACTION_CHECKBOX_NAME, chosen)
    return _respond(desk, request, queryset)


def _can_be(key, posted):
    try:
        key.clean(posted.replace("\0", ""), None)
    except ValidationError:
        return False
    return "\0" not in posted


admin.ModelAdmin.response_action = _respond_for_rows_that_can_be


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
    """Rows that actions decide about, each with a word for what its officer was shown of it."""

    # So many rows are remembered as read; who reads more decides about the last ones.
    most_read = 200

    def digest_of(self, obj):
        """What an officer is shown of a row, in a word."""
        raise NotImplementedError

    def action_checkbox(self, obj):
        """The box that chooses a row, with what the list shows of it."""
        box = super().action_checkbox(obj)
        return format_html(
            '{}<input type="hidden" name="shown-{}" value="{}">', box, obj.pk, self.digest_of(obj)
        )

    def get_object(self, request, object_id, from_field=None):
        """The row of a page; who reads it has read it as it is now."""
        found = super().get_object(request, object_id, from_field)
        if found is not None and request.method == "GET":
            read = {**request.session.get("admin_read", {}), self._key_of(found): self.digest_of(found)}
            request.session["admin_read"] = dict(list(read.items())[-self.most_read :])
        return found

    def shown_of(self, request, obj):
        """What this officer has seen of a row: its own page, read before, tells more than the list."""
        listed = request.POST.get(f"shown-{obj.pk}", "")
        read = request.session.get("admin_read", {}).get(self._key_of(obj), listed)
        return read if read == listed else ""

    @staticmethod
    def _key_of(obj):
        return f"{obj._meta.label_lower}:{obj.pk}"


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
