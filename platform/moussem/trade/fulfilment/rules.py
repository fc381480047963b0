"""Who may do what with a placed order."""

from moussem.organisations.rules import may_buy_for, may_sell_for
from moussem.people.models import User
from moussem.trade.order.models import Order


def may_answer(user: User, order: Order) -> bool:
    """Accept, refuse, pack and ship: those who sell for the order's seller."""
    return may_sell_for(user, order.seller)


def may_withdraw(user: User, order: Order) -> bool:
    """Cancel before the seller has answered: those who buy for the order's buyer."""
    return may_buy_for(user, order.buyer)


def may_confirm_delivery(user: User, order: Order) -> bool:
    """Say that the goods have arrived: the buyer's side only."""
    return may_buy_for(user, order.buyer)
