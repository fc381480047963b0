from django import forms
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from moussem.core.forms import AsShown, Compared, LineField
from moussem.core.otherwise import ToldField
from moussem.organisations.bank import BadAccount, account_from, bic_from, masked
from moussem.organisations.models import Organisation

WHY = {
    "empty": _("Give the IBAN or the RIB of the account."),
    "rib_length": _("A RIB has 24 digits. Count them, or give the IBAN."),
    "rib_key": _(
        "One of these 24 digits is wrong: the key at the end does not fit. Compare with your bank's paper."
    ),
    "iban": _(
        "This is not an IBAN: a letter or a digit is wrong or missing. Compare with your bank's paper."
    ),
    "bic": _("This is not a BIC. It has 8 or 11 letters and digits, such as BCMAMAMC."),
}


class BankForm(AsShown, forms.Form):
    """The account that buyers pay to; it tells the one that stands, and never asks for it again."""

    account_now = ToldField(label=_("Account now"))
    bank_name = LineField(
        label=_("Bank"),
        max_length=120,
        error_messages={"required": _("Write the name of the bank.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    account = forms.CharField(
        label=_("IBAN or RIB"),
        max_length=60,
        error_messages={"required": WHY["empty"]},
        help_text=_("The 24 digits of a Moroccan RIB, or the IBAN. Spaces do not matter."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )
    bic = forms.CharField(
        label=_("BIC of the bank"),
        max_length=20,
        error_messages={"required": _("Write the BIC of the bank, such as BCMAMAMC.")},
        help_text=_("Also called SWIFT code; buyers abroad need it."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args, organisation: Organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        # Accounts that end alike are not the same; the page shows no more of them than their ends.
        key = salted_hmac("moussem.organisations.bank", organisation.iban).hexdigest()[:16]
        self.initial |= {
            "account_now": f"{key} {masked(organisation.iban)}",
            "bank_name": organisation.bank_name,
            "bic": organisation.bic,
        }
        self.carry_what_is_shown("account_now", "bank_name", "bic")

    def judge(self, compared: list[Compared]) -> None:
        """Whoever types the account that stands takes nothing away: a form may be sent twice."""
        try:
            is_kept = account_from(self.data.get("account", "")) == self.organisation.iban
        except BadAccount:
            is_kept = False
        super().judge([one for one in compared if not (is_kept and one.name == "account_now")])

    def clean_account(self) -> str:
        """The IBAN of what was typed."""
        try:
            return account_from(self.cleaned_data["account"])
        except BadAccount as bad:
            raise ValidationError(WHY[bad.why]) from bad

    def clean_bic(self) -> str:
        """The BIC without its spaces."""
        try:
            return bic_from(self.cleaned_data["bic"])
        except BadAccount as bad:
            raise ValidationError(WHY["bic"]) from bad

    def clean(self):
        """The account and the bank are in one country."""
        given = super().clean()
        account, bic = given.get("account"), given.get("bic")
        if account and bic and account[:2] != bic[4:6]:
            self.add_error("bic", _("This BIC is of a bank in another country than the account."))
        return given
