"""Fills our catalogue with the bench's products and knows its pages."""

import itertools
import re
import sys
import time
from copy import copy

from django.urls import reverse

from catalogue.models import Lot, Packaging, PriceTier, Product, ProductText
from catalogue.search.hands import many_hands
from catalogue.search.indexing import rebuild
from moussem.core import demonstration
from moussem.people.models import User
from moussem.trade.basket.models import Basket

FIELD = re.compile(r'<input[^>]* name="([\w-]+)"[^>]* value="([^"]*)"')


def fill(rows):
    """The demonstration country, its products copied until there are as many as ``rows``."""
    for step in demonstration.steps_to_run():
        demonstration.run_step(step)
    originals = list(Product.objects.listed().order_by("pk"))
    originals = [one for one in originals if one.lots.exists()]
    missing = max(len(rows) - Product.objects.listed().count(), 0)
    pairs = list(zip(itertools.islice(itertools.cycle(originals), missing), range(missing), strict=True))
    copies = Product.objects.bulk_create(
        [_again(one, title=rows[n][0], slug=f"p{n}", code=None, seller_code=f"b{n}") for one, n in pairs],
        batch_size=500,
    )
    for model in (ProductText, PriceTier, Packaging):
        _copy_parts(model, pairs, copies)
    _copy_parts(Lot, pairs, copies, code=itertools.count())
    _copy_links(Product.categories.through, "product_id", pairs, copies)
    _copy_links(Product.certificates.through, "product_id", pairs, copies)
    sellable = list(
        Product.objects.listed().filter(lots__quantity__gt=0).distinct().order_by("organisation", "-pk")[:200]
    )
    began = time.monotonic()
    with many_hands() as read:
        written = rebuild(read=read)
    speed = written / (time.monotonic() - began)
    told = f"  {written:,} offers read from the database and indexed, {speed:,.0f} a second"
    print(told, file=sys.stderr, flush=True)
    return {"products": sellable, "user": User.objects.get(email="buyer@demo.example")}


def _again(row, **changes):
    other = copy(row)
    other._state = copy(row._state)
    other.pk = other.id = None
    other._state.adding = True
    for name, value in {**changes, "upc": None}.items() if isinstance(row, Product) else changes.items():
        setattr(other, name, value)
    return other


def _copy_parts(model, pairs, copies, code=None):
    parts = {}
    for part in model.objects.filter(product__in={one.pk for one, _n in pairs}):
        parts.setdefault(part.product_id, []).append(part)
    rows = []
    for (one, _n), product in zip(pairs, copies, strict=True):
        for part in parts.get(one.pk, ()):
            changes = {"product": product} | ({"code": f"B-{next(code)}"} if code else {})
            rows.append(_again(part, **changes))
    model.objects.bulk_create(rows, batch_size=500)


def _copy_links(through, field, pairs, copies):
    links = {}
    for link in through.objects.filter(**{f"{field}__in": {one.pk for one, _n in pairs}}):
        links.setdefault(getattr(link, field), []).append(link)
    rows = [
        _again(link, **{field: product.pk})
        for (one, _n), product in zip(pairs, copies, strict=True)
        for link in links.get(one.pk, ())
    ]
    through.objects.bulk_create(rows, batch_size=500)


class Pages:
    """Our journeys; each method answers one measured request."""

    def __init__(self, client, scene):
        self.client, self.products, self.user = client, scene["products"], scene["user"]

    def sign_in(self):
        """A buyer with a session."""
        self.client.force_login(self.user, backend="allauth.account.auth_backends.AuthenticationBackend")

    def list(self):
        """The first twenty products."""
        return self.client.get(reverse("catalogue:index"))

    def product(self, number):
        """One product page."""
        return self.client.get(self.products[number].get_absolute_url())

    def add(self, number):
        """One more product in the basket, at its minimum."""
        product = self.products[number]
        least = f"{product.moq.normalize():f}"
        return self.client.post(reverse("basket:add", args=[product.pk]), {"quantity": least})

    def basket(self):
        """The basket page."""
        return self.client.get(reverse("basket:summary"))

    def empty(self):
        """A fresh basket."""
        Basket.objects.filter(status="Open").delete()

    def prepare_checkout(self):
        """Everything typed that comes before the review."""
        address = {"contact": "A B", "line1": "1 rue", "city": "Lyon", "postcode": "69001", "country": "FR"}
        self.client.post(reverse("checkout:delivery"), address)
        page = self.client.get(reverse("checkout:terms"))
        answers = {}
        for name, value in FIELD.findall(page.content.decode()):
            if name.endswith("-term") and name not in answers:
                seller = name.removesuffix("term")
                answers |= {name: value, f"{seller}mode": "", f"{seller}place": "Lyon"}
        self.client.post(reverse("checkout:terms"), answers)
        self.client.post(reverse("checkout:payment"), {"plan": "deposit"})
        self.button = dict(FIELD.findall(self.client.get(reverse("checkout:review")).content.decode()))

    def review(self):
        """The page before the last click."""
        return self.client.get(reverse("checkout:review"))

    def place(self):
        """The last click."""
        return self.client.post(reverse("checkout:review"), self.button)
