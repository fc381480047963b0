"""Mails about requests for approval, written in the transaction that decides about them."""

from moussem.core.mail import post_mail
from moussem.core.money import format_money
from moussem.core.sites import address_of
from moussem.organisations.models import Membership
from moussem.organisations.states import MANAGING_ROLES
from moussem.people.models import User
from moussem.trade.order.models import ApprovalRequest


def tell_approvers(request: ApprovalRequest) -> None:
    """Asks everybody who may approve."""
    owners = Membership.objects.filter(organisation=request.buyer, role__in=MANAGING_ROLES).active()
    for membership in owners.select_related("user"):
        _post("checkout/mail/approval_wanted.txt", request, membership.user)


def tell_requester(request: ApprovalRequest) -> None:
    """Says what was decided to whoever asked."""
    _post("checkout/mail/approval_decided.txt", request, request.requested_by)


def _post(template: str, request: ApprovalRequest, reader: User) -> None:
    address = address_of("checkout:request", request.pk, language=reader.language)
    post_mail(
        template,
        to=reader.email,
        language=reader.language,
        request=request,
        amount=format_money(request.total, request.currency, reader.language),
        address=address,
    )
