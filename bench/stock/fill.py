"""Fills stock Oscar with the bench's products and knows its pages."""

from django.contrib.auth import get_user_model
from oscar.core.loading import get_model


def fill(rows):
    """Products, stock records and one category from ``(title, description, price)`` rows."""
    product_model, category_model = get_model("catalogue", "Product"), get_model("catalogue", "Category")
    kind = get_model("catalogue", "ProductClass").objects.create(name="Terroir")
    departments = [category_model.add_root(name=f"Department {number}") for number in range(8)]
    partners = [get_model("partner", "Partner").objects.create(name=f"Cooperative {n}") for n in range(27)]
    products = product_model.objects.bulk_create(
        [
            product_model(
                title=title, slug=f"p{n}", description=text, product_class=kind, upc=str(n), is_public=True
            )
            for n, (title, text, _price) in enumerate(rows)
        ],
        batch_size=500,
    )
    get_model("catalogue", "ProductCategory").objects.bulk_create(
        [
            get_model("catalogue", "ProductCategory")(product=one, category=departments[n % 8])
            for n, one in enumerate(products)
        ],
        batch_size=500,
    )
    record = get_model("partner", "StockRecord")
    record.objects.bulk_create(
        [
            record(
                product=one,
                partner=partners[n % 27],
                partner_sku=str(n),
                price=rows[n][2],
                price_currency="EUR",
                num_in_stock=100_000,
            )
            for n, one in enumerate(products)
        ],
        batch_size=500,
    )
    country = get_model("address", "Country").objects.create(
        iso_3166_1_a2="FR",
        iso_3166_1_a3="FRA",
        printable_name="France",
        name="France",
        is_shipping_country=True,
    )
    user = get_user_model().objects.create_user("buyer", "buyer@demo.example", "moussem-demo")
    return {"products": products, "country": country, "user": user}


class Pages:
    """The journeys of stock Oscar; each method answers one measured request."""

    def __init__(self, client, scene):
        self.client, self.products, self.user = client, scene["products"], scene["user"]

    def sign_in(self):
        """A buyer with a session."""
        self.client.force_login(self.user, backend="oscar.apps.customer.auth_backends.EmailBackend")

    def list(self):
        """The first twenty products."""
        return self.client.get("/list/")

    def product(self, number):
        """One product page."""
        return self.client.get(self.products[number].get_absolute_url())

    def add(self, number):
        """One more product in the basket."""
        return self.client.post(f"/basket/add/{self.products[number].pk}/", {"quantity": 1})

    def basket(self):
        """The basket page."""
        return self.client.get("/basket/")

    def empty(self):
        """A fresh basket."""
        get_model("basket", "Basket").objects.all().delete()

    def prepare_checkout(self):
        """Everything typed that comes before the review."""
        self.client.post(
            "/checkout/shipping-address/",
            {
                "first_name": "A",
                "last_name": "B",
                "line1": "1 rue",
                "line4": "Lyon",
                "postcode": "69001",
                "country": "FR",
            },
        )
        self.client.get("/checkout/shipping-method/")
        self.client.get("/checkout/payment-method/")

    def review(self):
        """The page before the last click."""
        return self.client.get("/checkout/preview/")

    def place(self):
        """The last click."""
        return self.client.post("/checkout/preview/", {"action": "place_order"})
