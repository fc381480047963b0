"""What checkout asks: what was answered, what it comes to, what may still be ordered."""

from moussem.trade.checkout.queries.drafts import draft_of, draft_with_key, first_open_step
from moussem.trade.checkout.queries.limits import buying_membership, left_of_limit, left_of_trust, trust_in
from moussem.trade.checkout.queries.purchases import (
    just_placed_by,
    requests_waiting_of,
    sample_underway,
)
from moussem.trade.checkout.queries.reckoning import (
    Due,
    Reckoning,
    Seen,
    country_of_delivery,
    instalments_of,
    reckoning_of,
    terms_for,
    ways_to_pay,
)

__all__ = [
    "Due",
    "Reckoning",
    "Seen",
    "buying_membership",
    "country_of_delivery",
    "draft_of",
    "draft_with_key",
    "first_open_step",
    "instalments_of",
    "just_placed_by",
    "left_of_limit",
    "left_of_trust",
    "reckoning_of",
    "requests_waiting_of",
    "sample_underway",
    "terms_for",
    "trust_in",
    "ways_to_pay",
]
