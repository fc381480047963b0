"""The officers' desk: organisations are looked at here, and only actions move them."""

from typing import ClassVar

from django.contrib import admin, messages
from django.db.models import F
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from moussem.core.admin import DecidedAsShown, Logged, ReadOnly
from moussem.core.forms import FormAsShown
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
    decisions: ClassVar = {
        "review": (_("Mark as reviewed: the papers were read"), review_organisation),
        "verify": (_("Mark as verified: compared with the register, or seen"), verify_organisation),
        "return_to_author": (_("Return to declared (say why)"), return_to_declared),
    }

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
