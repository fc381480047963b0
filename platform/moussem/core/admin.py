from django.contrib import admin

from moussem.core.models import LogEntry, OutboxMessage


class ReadOnly(admin.ModelAdmin):
    """What the product writes and staff only reads."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnly):
    list_display = ("at", "verb", "subject_type", "subject_id", "actor")
    list_filter = ("subject_type", "verb")
    list_select_related = ("actor",)
    search_fields = ("=subject_id", "actor__email")


@admin.register(OutboxMessage)
class OutboxMessageAdmin(ReadOnly):
    list_display = ("created_at", "kind", "delivered_at", "attempts", "next_try_at", "last_error")
    list_filter = ("kind", ("delivered_at", admin.EmptyFieldListFilter))
