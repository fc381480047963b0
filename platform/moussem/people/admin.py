from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.utils.translation import gettext_lazy as _

from moussem.people.models import User

# The admin's own sign-in knows no second step and counts no failures: staff sign in as everybody does.
admin.site.login = secure_admin_login(admin.site.login)
_searched = admin.ModelAdmin.get_search_fields


def _searched_by_address(desk, request):
    """Oscar's desks look for people by a user name; ours have an address only."""
    fields = [field.replace("__username", "__email") for field in _searched(desk, request)]
    return list(dict.fromkeys(fields))


admin.ModelAdmin.get_search_fields = _searched_by_address


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """People, by address."""

    ordering = ["email"]
    list_display = ["email", "first_name", "last_name", "language", "is_staff"]
    search_fields = ["email", "first_name", "last_name"]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "language", "time_zone"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "usable_password", "password1", "password2"]})]


class SecondStepDesk(admin.ModelAdmin):
    """Second steps of sign-in, to take one away from whoever lost it; its secret is for nobody's eyes."""

    list_display = ["user", "type", "created_at", "last_used_at"]
    list_filter = ["type"]
    list_select_related = ["user"]
    search_fields = ["user__email"]
    fields = ["user", "type", "created_at", "last_used_at"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
