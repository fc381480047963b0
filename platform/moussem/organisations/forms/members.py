from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from moussem.core.context import LANGUAGES_IN_OWN_WORDS
from moussem.core.forms import AsShown
from moussem.core.number_fields import PriceField
from moussem.organisations.states import Role, roles_offered


def role_field(kind: str) -> forms.ChoiceField:
    """The roles that an owner may give, with what each may do."""
    explained = {
        Role.OWNER: _("Owner: everything, also members and bank details"),
        Role.SALES: _("Sales: products and orders"),
        Role.PURCHASER: _("Purchaser: orders, up to the limit you set"),
        Role.VIEWER: _("Viewer: reads, changes nothing"),
    }
    choices = [(role.value, explained[role]) for role in roles_offered(kind)]
    return forms.ChoiceField(
        label=_("Role"),
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what this person may do.")},
    )


class InviteForm(forms.Form):
    """Whom to invite, as what, and in which language."""

    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages={"required": _("Write the e-mail address of the person to invite.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    language = forms.ChoiceField(
        label=_("Language of the invitation"), choices=LANGUAGES_IN_OWN_WORDS, widget=forms.Select
    )

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"] = role_field(kind)
        self.order_fields(["email", "role", "language"])


class RoleForm(AsShown, forms.Form):
    """Another role for a member."""

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"] = role_field(kind)
        self.carry_what_is_shown()


class LimitsForm(AsShown, forms.Form):
    """Up to which amount a purchaser orders alone, one field a currency; an empty one means never alone."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for currency in settings.CURRENCIES:
            self.fields[currency] = PriceField(
                currency=currency,
                label=_("Limit in %(currency)s") % {"currency": currency},
                required=False,
                min_value=0,
                max_digits=14,
                decimal_places=2,
            )
        self.carry_what_is_shown()
