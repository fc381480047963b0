from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class NothingToPay(Refusal):
    code = "nothing_to_pay"
    text = _("This order has nothing to pay, so it has no payment plan. Nothing was changed.")


class MayNotPay(Refusal):
    code = "may_not_pay"
    status = 403
    text = _(
        "Only an owner or a purchaser of %(organisation)s can pay. Nothing was charged. "
        "Ask one of them to open this page."
    )


class MayNotDirectRefund(Refusal):
    code = "may_not_direct_refund"
    status = 403
    text = _(
        "Only an owner of %(organisation)s says where money is sent back to. Nothing was kept; ask one of "
        "them to open this page."
    )


class PaymentUnderWay(Refusal):
    code = "payment_under_way"
    text = _(
        "A payment of %(amount)s for %(reference)s is already under way. Nothing more was charged. "
        "Wait until the bank confirms it: this page shows it by itself, and a bank can take several days."
    )


class AnotherWayOpened(Refusal):
    code = "another_way_opened"
    text = _(
        "Another way of paying %(reference)s was opened at the same moment, perhaps in another tab. Nothing "
        "was charged; reload the page and choose again."
    )


class AnnouncedBefore(Refusal):
    code = "announced_before"
    text = _(
        "Two transfers for %(reference)s were announced already and did not come. Nothing was changed; a "
        "transfer counts as soon as the seller’s bank has booked it, announced or not. You can also pay in "
        "another way."
    )


class AlreadyPaid(Refusal):
    code = "already_paid"
    text = _("%(reference)s is already paid. Nothing more was charged.")


class InstalmentCancelled(Refusal):
    code = "instalment_cancelled"
    text = _("The order was cancelled, so %(reference)s is no longer to be paid. Nothing was charged.")


class MethodNotOffered(Refusal):
    code = "method_not_offered"
    text = _("This way of paying is not offered for %(reference)s. Nothing was charged. Choose another one.")


class ProviderUnreachable(Refusal):
    code = "provider_unreachable"
    status = 503
    text = _(
        "The payment service does not answer at the moment. Nothing was charged and the order is kept. "
        "Try again in a few minutes, or pay by bank transfer."
    )


class ProviderRefused(Refusal):
    """The provider answered, and asking again would not change its answer."""

    code = "provider_refused"
    status = 409
    text = _(
        "The payment service does not accept this payment. Nothing was charged and the order is kept. "
        "Choose another way to pay."
    )


class AttemptNotOpen(Refusal):
    code = "attempt_not_open"
    text = _("%(happened)s Nothing was changed; reload the page to see what can be done now.")


class NoAttemptOpen(Refusal):
    code = "no_attempt_open"
    text = _("No payment is under way here any more. Nothing was changed; reload the page to pay.")


class NoticeNotGenuine(Refusal):
    code = "notice_not_genuine"
    status = 400
    text = _("The notice is not signed by the payment service. It was not stored.")


class NoticeUnreadable(Refusal):
    code = "notice_unreadable"
    status = 400
    text = _("The notice is signed, but it does not read as a notice of a payment. It was not stored.")


class WireNotPositive(Refusal):
    code = "wire_not_positive"
    text = _("The amount received must be more than zero. Nothing was recorded.")


class WireMuchMore(Refusal):
    code = "wire_much_more"
    text = _(
        "%(amount)s is more than twice the %(wanted)s that %(reference)s asks for. Nothing was recorded. "
        "Check the amount, digit by digit; if this much arrived, confirm it in the form."
    )


class WireInTheFuture(Refusal):
    code = "wire_in_the_future"
    text = _("A transfer cannot be booked on %(day)s, a day to come. Nothing was recorded. Check the date.")


class WireRecordedElsewhere(Refusal):
    code = "wire_recorded_elsewhere"
    text = _(
        "The bank’s entry “%(bank_reference)s” is already recorded: %(amount)s for %(reference)s. "
        "Nothing was changed. Check the number on the statement; if this is another entry whose number reads "
        "alike, write the day behind it, such as “12/345 of 20.11”."
    )


class WireRecordedForPart(WireRecordedElsewhere):
    code = "wire_recorded_for_part"
    text = _(
        "The bank’s entry “%(bank_reference)s” is already recorded: %(amount)s for %(reference)s. "
        "Nothing was changed. Does this one transfer pay several instalments? Take the entry back there, "
        "record the whole amount, and count what is too much towards this one."
    )


class ExcessNotAsShown(Refusal):
    code = "excess_not_as_shown"
    text = _(
        "What came too much is no longer as this page showed it: it was counted, given back or taken back "
        "meanwhile. Nothing was changed; see below how it stands now."
    )


class WireNotCorrectable(Refusal):
    code = "wire_not_correctable"
    text = _(
        "%(amount)s can no longer be taken back as a mistake: money that was reckoned with it was sent back "
        "already, or it was not recorded by hand. Nothing was changed. Write to us with the page of the bank "
        "statement: an officer puts it right with both sides."
    )


class ReasonWanted(Refusal):
    code = "reason_wanted"
    text = _("Say why, in a few words. Nothing was changed.")


class AlreadyResolved(Refusal):
    code = "already_resolved"
    text = _("This was already decided by %(person)s. Nothing was changed.")


class NothingToRefund(Refusal):
    code = "nothing_to_refund"
    text = _("At most %(amount)s can be given back of this payment. Nothing was refunded.")


class RefundAccountWanted(Refusal):
    code = "refund_account_wanted"
    text = _(
        "No account is known to which %(amount)s can be sent back. Nothing was recorded. An owner of "
        "%(organisation)s enters it on this page; ask for it, and send the money when it stands here."
    )


class RefundAccountChanged(Refusal):
    code = "refund_account_changed"
    text = _(
        "%(organisation)s has corrected the account since this page was opened. Nothing was recorded. If "
        "%(amount)s went to the account that stands here now, say so once more; if it went to the earlier "
        "one, ask your bank to call it back, and send it here when it has come."
    )


class AccountNotValid(Refusal):
    code = "account_not_valid"
    text = _(
        "“%(account)s” is not a valid IBAN, so nothing was passed on to the seller. "
        "Copy it from a bank statement; an account without IBAN needs the bank’s BIC as well."
    )


class AccountUnreadable(Refusal):
    code = "account_unreadable"
    text = _(
        "“%(account)s” is not the number of an account: it has 5 to 34 letters and digits. Nothing was kept. "
        "Copy it from a bank statement."
    )


class BicNotValid(Refusal):
    code = "bic_not_valid"
    text = _(
        "“%(bic)s” is not a BIC: it has 8 or 11 letters and digits, such as BNPAFRPP. Nothing was kept. "
        "Copy it from a bank statement."
    )


class NothingHeld(Refusal):
    code = "nothing_held"
    text = _("No money is held here any more. Nothing was changed; reload the page.")


class CountedOutOfReason(Refusal):
    code = "counted_out_of_reason"
    text = _(
        "%(arrived)s can count as %(least)s at the least and %(most)s at the most. Nothing was changed. "
        "Check the amount, digit by digit."
    )


class CountedFarFromRate(Refusal):
    code = "counted_far_from_rate"
    text = _(
        "%(arrived)s would count as %(counted)s, and is some %(worth)s at our reference rate. Nothing was "
        "changed; confirm below if you mean it."
    )


class AmountWanted(Refusal):
    code = "amount_wanted"
    text = _(
        "The money came in another currency. Say how much of it counts in %(currency)s. Nothing was changed."
    )
