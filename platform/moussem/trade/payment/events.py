"""Facts of payment. Sender: Instalment; facts: instalment, attempt, actor."""

from moussem.core.events import Event

# An instalment is paid in full.
payment_settled = Event()
# A try to pay did not succeed; the instalment is still to be paid.
payment_failed = Event()
# Money that had arrived was taken back by the payer's bank; the instalment is due again.
payment_returned = Event()
