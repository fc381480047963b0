"""The basket of the request, read only when somebody asks for it."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from moussem.trade.basket.queries import COOKIE, SIGNER, basket_for
from moussem.trade.partner.strategy import Selector


class BasketMiddleware:
    """Gives ``request.basket`` and ``request.strategy``; a visitor keeps a basket by a signed cookie."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.strategy = Selector().strategy(request)
        request.basket = SimpleLazyObject(lambda: basket_for(request))
        return self._with_cookie(request, self.get_response(request))

    def _with_cookie(self, request, response):
        basket = getattr(request, "_open_basket", None)
        if basket is None:
            return response
        kept = request.COOKIES.get(COOKIE)
        if request.user.is_authenticated or basket.pk is None:
            if kept:
                response.delete_cookie(COOKIE)
            return response
        cookie = SIGNER.sign(basket.pk)
        if kept != cookie:
            response.set_cookie(
                COOKIE,
                cookie,
                max_age=settings.OSCAR_BASKET_COOKIE_LIFETIME,
                secure=settings.OSCAR_BASKET_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response
