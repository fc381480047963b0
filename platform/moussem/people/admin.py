from allauth.account.decorators import secure_admin_login
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from moussem.core.forms import LineField
from moussem.people.actions import SECOND_STEPS, steps_beside, take_second_step_away
from moussem.people.events import access_changed
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

    def log_change(self, request, obj, message):
        """Both an officer's new password and "may sign in no more" come by here, and are told of."""
        access_changed.announce(User, person=obj)
        return super().log_change(request, obj, message)


class WhyForm(forms.Form):
    """Why a second step is taken away."""

    reason = LineField(
        label=_("Reason"),
        max_length=500,
        help_text=_("How you know who asks. Kept in the log, and told to the person by mail."),
        error_messages={"required": _("Say why: the person reads it. Nothing was changed.")},
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
    )


class SecondStepDesk(admin.ModelAdmin):
    """Second steps of sign-in, to take one away from whoever lost it; its secret is for nobody's eyes."""

    list_display = fields = ["person", "address", "kind", "added", "used"]
    list_select_related = ["user"]
    search_fields = ["user__email"]
    # One at a time, each for its reason.
    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    # The library's own names of these are in English alone.
    @admin.display(description=_("person"), ordering="user__email")
    def person(self, step):
        """Whose step it is."""
        return step.user

    @admin.display(description=_("e-mail address"), ordering="user__email")
    def address(self, step):
        """What tells apart two of the same name."""
        return step.user.email

    @admin.display(description=_("second step"), ordering="type")
    def kind(self, step):
        """What it is, in the words of the person's own page."""
        return SECOND_STEPS[step.type]

    @admin.display(description=_("added"), ordering="created_at")
    def added(self, step):
        """When it was added."""
        return step.created_at

    @admin.display(description=_("last used"), ordering="last_used_at")
    def used(self, step):
        """When it last let its person in."""
        return step.last_used_at

    def delete_view(self, request, object_id, extra_context=None):
        """Asks why before it takes the step away."""
        why = WhyForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and not why.is_valid():
            # Django takes whatever is posted here for a yes.
            request.POST = QueryDict()
        step = self.get_object(request, unquote(object_id))
        told = {**(extra_context or {}), "why": why, **(self._what_goes(step) if step else {})}
        return super().delete_view(request, object_id, told)

    def _what_goes(self, step):
        is_app = step.type != Authenticator.Type.RECOVERY_CODES
        has_codes = Authenticator.objects.filter(user=step.user, type=Authenticator.Type.RECOVERY_CODES)
        return {
            "step": self.kind(step),
            "another_stays": steps_beside(step, of=step.user).exists(),
            "codes_go": is_app and has_codes.exists(),
        }

    def delete_model(self, request, obj):
        why = WhyForm(request.POST)
        why.is_valid()
        take_second_step_away(obj, actor=request.user, reason=why.cleaned_data["reason"])
