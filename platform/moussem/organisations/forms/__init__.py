"""Index of the forms."""

from moussem.organisations.forms.bank import BankForm
from moussem.organisations.forms.consents import ConsentForm
from moussem.organisations.forms.members import InviteForm, LimitsForm, RoleForm
from moussem.organisations.forms.page import PageForm
from moussem.organisations.forms.registration import ContactForm, WhatForm, WhereForm

__all__ = [
    "BankForm",
    "ConsentForm",
    "ContactForm",
    "InviteForm",
    "LimitsForm",
    "PageForm",
    "RoleForm",
    "WhatForm",
    "WhereForm",
]
