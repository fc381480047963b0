"""The officers' desk: organisations are looked at here, and only actions move them."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import F
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from moussem.core.admin import DecidedAsShown, Logged, ReadOnly
from moussem.core.errors import Refusal
from moussem.core.forms import FormAsShown
from moussem.core.locks import lock
from moussem.core.log import history_of
from moussem.organisations.actions import (
    return_to_declared,
    review_organisation,
    update_organisation,
    verify_organisation,
)
from moussem.organisations.bank import masked
from moussem.organisations.identity import identity_digest
from moussem.organisations.models import Invitation, Membership, Organisation, ProxyConsent


class ReasonForm(ActionForm):
    """The action, and why."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=500)


class MembershipInline(admin.TabularInline):
    """The members, to read."""

    model = Membership
    extra = 0
    fields = readonly_fields = ["user", "role", "is_active", "since"]
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False


@admin.register(Organisation)
class OrganisationAdmin(DecidedAsShown, Logged):
    """Organisations by what was checked of them."""

    form = FormAsShown
    list_display = [
        "name",
        "check_asked_at",
        "verification",
        "kind",
        "registration_number",
        "country",
        "city",
        "checked_at",
        "created_at",
    ]
    list_filter = ["verification", ("check_asked_at", admin.EmptyFieldListFilter), "kind", "region"]
    list_select_related = ["country"]
    search_fields = ["name", "name_ar", "registration_number", "email"]
    prepopulated_fields = {"slug": ["name"]}
    raw_id_fields = ["country", "region", "province"]
    readonly_fields = [
        "verification",
        "checked_by",
        "checked_at",
        "check_asked_at",
        "created_at",
        "bank_name",
        "account",
        "log",
    ]
    exclude = ["iban", "bic", "bank_changed_at"]
    inlines = [MembershipInline]
    action_form = ReasonForm
    actions = ["review", "verify", "return_to_author"]

    def digest_of(self, obj):
        return identity_digest(obj)

    def get_ordering(self, request):
        # Who asked first is looked at first; who did not ask can wait.
        return [F("check_asked_at").asc(nulls_last=True), "name"]

    def has_delete_permission(self, request, obj=None):
        return False

    def get_prepopulated_fields(self, request, obj=None):
        # An address that was printed stays.
        return {} if obj else self.prepopulated_fields

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, "slug"] if obj else self.readonly_fields

    def get_object(self, request, object_id, from_field=None):
        """The row; under a lock where it is changed, so that nothing slips between form and action."""
        obj = super().get_object(request, object_id, from_field)
        return lock(obj) if obj is not None and request.method == "POST" else obj

    def save_model(self, request, obj, form, change):
        """A change by the action of the organisation's own page: another identity is not a checked one."""
        if not change:
            super().save_model(request, obj, form, change)
            return
        kept = Organisation.objects.get(pk=obj.pk)
        was = kept.verification
        changes = {field: form.cleaned_data[field] for field in form.changed_data}
        now = update_organisation(kept, actor=request.user, **changes).verification
        if now != was:
            said = _("Its identity was changed, so it is declared again and has to be checked again.")
            self.message_user(request, said, messages.WARNING)

    @admin.display(description=_("account"))
    def account(self, organisation):
        """The account, masked: an officer never needs the whole number."""
        return masked(organisation.iban) or "–"

    @admin.display(description=_("log"))
    def log(self, organisation):
        """What happened to this organisation."""
        return render_to_string("organisations/parts/log.html", {"lines": history_of(organisation)})

    @admin.action(description=_("Mark as reviewed: the papers were read"), permissions=["change"])
    def review(self, request, queryset):
        """The papers were read."""
        self._each(request, queryset, review_organisation)

    @admin.action(
        description=_("Mark as verified: compared with the register, or seen"), permissions=["change"]
    )
    def verify(self, request, queryset):
        """An officer compared or went."""
        self._each(request, queryset, verify_organisation)

    @admin.action(description=_("Return to declared (say why)"), permissions=["change"])
    def return_to_author(self, request, queryset):
        """What was checked no longer holds."""
        self._each(request, queryset, return_to_declared)

    def _each(self, request, queryset, act):
        reason = request.POST.get("reason", "")
        for organisation in queryset:
            try:
                act(
                    organisation,
                    actor=request.user,
                    reason=reason,
                    shown=self.shown_of(request, organisation),
                )
            except Refusal as refusal:
                why = {"organisation": organisation.name, "reason": refusal.message}
                self.message_user(request, _("%(organisation)s: %(reason)s") % why, messages.ERROR)
            else:
                said = _("%(organisation)s: done.") % {"organisation": organisation.name}
                self.message_user(request, said, messages.SUCCESS)


@admin.register(ProxyConsent)
class ProxyConsentAdmin(ReadOnly):
    """Consents, to read; the site's own pages record and withdraw them."""

    list_display = ["membership", "given_by", "channel", "given_at", "valid_until", "revoked_at"]
    list_select_related = ["membership__user", "membership__organisation"]
    exclude = ["evidence"]


@admin.register(Invitation)
class InvitationAdmin(ReadOnly):
    """Invitations, to read."""

    list_display = [
        "email",
        "organisation",
        "role",
        "created_at",
        "expires_at",
        "accepted_at",
        "withdrawn_at",
    ]
    list_select_related = ["organisation"]
