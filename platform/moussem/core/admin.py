from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from moussem.core.log import record
from moussem.core.models import LogEntry, OutboxMessage

# The administration bears our name, not that of what it is built with.
admin.site.site_header = _("Moussem")
admin.site.site_title = _("Moussem")
admin.site.index_title = _("What the marketplace keeps")


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
