"""Who may keep products and certificates, and who may check them."""

from typing import Any

from moussem.organisations.rules import may_check, may_sell_for


def may_keep(user: Any, organisation: Any) -> bool:
    """Whether this person writes the products, lots and certificates of a seller."""
    return may_sell_for(user, organisation)


def may_see(user: Any, product: Any) -> bool:
    """Whether this person reads a product: everybody a listed one, the members of its seller a draft."""
    if product.is_public and product.organisation_id is not None:
        return True
    if not user.is_authenticated or product.organisation_id is None:
        return False
    return product.organisation.memberships.active().filter(user=user).exists()


def may_review(user: Any) -> bool:
    """Whether this person says that a certificate was looked at."""
    return may_check(user)
