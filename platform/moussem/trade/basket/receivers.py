"""What the basket does when somebody signs in."""

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from catalogue.currency import remember_currency
from moussem.trade.basket.actions import merge_baskets
from moussem.trade.basket.queries import COOKIE, anonymous_basket, open_baskets_of


@receiver(user_logged_in, dispatch_uid="merge_basket_at_sign_in")
def keep_what_was_chosen(sender, request, user, **kwargs):
    """The basket filled before signing in joins the person's own, whose currency the pages then follow."""
    if request is not None and (basket := anonymous_basket(request.COOKIES.get(COOKIE))) is not None:
        merge_baskets(basket, owner=user)
        request._open_basket = None
    if request is not None and (own := open_baskets_of(user).first()) is not None:
        remember_currency(request, own.currency_code)
