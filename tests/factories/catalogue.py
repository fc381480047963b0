"""Honest objects of the catalogue: a product that can be ordered, a certificate in force."""

from datetime import date, timedelta
from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from catalogue.models import (
    Category,
    Certificate,
    CertificateType,
    Family,
    LabField,
    LabLimit,
    Lot,
    Packaging,
    PriceTier,
    Product,
    ProductText,
)
from catalogue.states import PackLevel, TextOrigin
from moussem.organisations.models import Organisation
from moussem.organisations.states import Kind, Verification
from moussem.regions.models import Country, HsCode, Province, Region

# Units of each currency for one euro, as in the demonstration file.
RATES = {"EUR": Decimal(1), "USD": Decimal("1.1"), "MAD": Decimal("10.8")}
PACKED = {"en": "sealed tin 100 g", "fr": "boîte scellée 100 g", "ar": "علبة محكمة الإغلاق 100 غ"}
LADDER = (("500", "3.30"), ("2500", "3.10"), ("10000", "2.90"))


def morocco() -> Country:
    """The country of the sellers."""
    return Country.objects.get_or_create(
        code="MA",
        defaults={
            "iso3": "MAR",
            "name_en": "Morocco",
            "name_fr": "Maroc",
            "group": "Home",
            "currency": "MAD",
        },
    )[0]


def souss_massa() -> Region:
    """The region of the sellers."""
    return Region.objects.get_or_create(
        code="MA-09", defaults={"name_en": "Souss-Massa", "name_fr": "Souss-Massa", "name_ar": "سوس ماسة"}
    )[0]


def taroudant() -> Province:
    """The province of the sellers."""
    return Province.objects.get_or_create(
        code="MA-TAR",
        defaults={"region": souss_massa(), "name_fr": "Taroudant", "name_ar": "تارودانت", "kind": "province"},
    )[0]


def saffron_code() -> HsCode:
    """HS 0910.20."""
    return HsCode.objects.get_or_create(
        code="091020",
        defaults={"level": 6, "section": "II", "official_en": "Spices; saffron", "label_en": "Saffron"},
    )[0]


class SellerFactory(DjangoModelFactory):
    """A verified cooperative of Taroudant."""

    class Meta:
        model = Organisation

    kind = Kind.COOPERATIVE
    name = factory.Sequence(lambda n: f"Cooperative {n}")
    slug = factory.Sequence(lambda n: f"cooperative-{n}")
    country = factory.LazyFunction(morocco)
    region = factory.LazyFunction(souss_massa)
    province = factory.LazyFunction(taroudant)
    email = factory.Sequence(lambda n: f"seller{n}@example.org")
    languages = ["fr", "ar"]
    verification = Verification.VERIFIED


class FamilyFactory(DjangoModelFactory):
    """Saffron, with its HS code, in a department."""

    class Meta:
        model = Family
        django_get_or_create = ("slug",)
        skip_postgeneration_save = True

    name = "Saffron"
    name_fr = "Safran"
    name_ar = "زعفران"
    slug = "saffron"
    units = ["g", "kg"]

    @factory.post_generation
    def details(self, create, extracted, **kwargs):
        """The department, the HS code and one lab field."""
        if self.department_id is None:
            self.department = Category.objects.filter(slug="spices").first() or Category.add_root(
                name="Spices", name_fr="Épices", name_ar="توابل", slug="spices"
            )
            self.save(update_fields=["department"])
        self.hs_codes.add(saffron_code())
        LabField.objects.get_or_create(
            family=self,
            code="crocin",
            defaults={"name_en": "Crocin", "standard": "ISO3632", "parameter": "crocin (colouring strength)"},
        )


class ProductFactory(DjangoModelFactory):
    """A listed saffron: texts in three languages, a ladder in three currencies, packaging and one lot.

    ``ProductFactory(ladder=[("1", "9800")], lots=[("2026", "14")], listed=False, …)``; ``texts=False``,
    ``packed=False`` leave a part out. Prices of the ladder are in EUR; the others follow at fixed rates.
    """

    class Meta:
        model = Product
        skip_postgeneration_save = True

    class Params:
        listed = True

    title = factory.Sequence(lambda n: f"Saffron threads {n}")
    slug = factory.Sequence(lambda n: f"saffron-threads-{n}")
    seller_code = factory.Sequence(lambda n: f"SAF-{n}")
    organisation = factory.SubFactory(SellerFactory)
    product_class = factory.SubFactory(FamilyFactory)
    hs_code = factory.LazyFunction(saffron_code)
    origin_region = factory.LazyFunction(souss_massa)
    origin_province = factory.LazyFunction(taroudant)
    unit = "g"
    moq = Decimal(500)
    order_multiple = Decimal(100)
    sample_quantity = Decimal(5)
    lead_time_days = 14
    harvest_months = [10, 11]
    capacity_per_year = Decimal(18_000)
    shelf_life_months = Decimal(36)
    is_public = factory.LazyAttribute(lambda product: product.listed)
    listed_at = factory.LazyAttribute(lambda product: timezone.now() if product.listed else None)

    @factory.post_generation
    def texts(self, create, extracted, **kwargs):
        """Title and description in English, French and Arabic."""
        if extracted is False:
            return
        titles = {"en": self.title, "fr": f"Safran {self.pk}", "ar": f"زعفران {self.pk}"}
        ProductText.objects.bulk_create(
            ProductText(
                product=self,
                language=language,
                title=title,
                description=f"{title}.",
                packaging=PACKED[language],
                origin=TextOrigin.ORIGINAL if language == "fr" else TextOrigin.APPROVED,
            )
            for language, title in titles.items()
        )

    @factory.post_generation
    def ladder(self, create, extracted, **kwargs):
        """The price ladder, in euro, carried over to each currency."""
        steps = LADDER if extracted is None else extracted
        PriceTier.objects.bulk_create(
            PriceTier(
                product=self,
                currency=currency,
                min_quantity=Decimal(quantity),
                unit_price=Decimal(price) * rate,
            )
            for currency, rate in RATES.items()
            for quantity, price in steps
        )

    @factory.post_generation
    def packed(self, create, extracted, **kwargs):
        """Tins of 100, cartons of 20 tins, pallets of 40 cartons."""
        if extracted is False:
            return
        for level, holds, weight, sides in (
            (PackLevel.UNIT, 100, "0.140", (8, 8, 10)),
            (PackLevel.CARTON, 20, "3.300", (40, 30, 25)),
            (PackLevel.PALLET, 40, "154.000", (120, 80, 140)),
        ):
            length, width, height = sides
            Packaging.objects.create(
                product=self,
                level=level,
                holds=holds,
                gross_weight_kg=Decimal(weight),
                length_cm=length,
                width_cm=width,
                height_cm=height,
            )

    @factory.post_generation
    def lots(self, create, extracted, **kwargs):
        """Lots as pairs of harvest year and quantity."""
        for year, quantity in [(2025, 12_000)] if extracted is None else extracted:
            LotFactory(product=self, harvest_year=year, quantity=Decimal(quantity))


class LotFactory(DjangoModelFactory):
    """A lot of 12,000 units of the harvest of 2025."""

    class Meta:
        model = Lot

    product = factory.SubFactory(ProductFactory, lots=[])
    code = factory.Sequence(lambda n: f"LOT-{n:04}")
    harvest_year = 2025
    quantity = Decimal(12_000)
    lab = {"crocin": "238"}


class CertificateTypeFactory(DjangoModelFactory):
    """EU organic."""

    class Meta:
        model = CertificateType
        django_get_or_create = ("code",)

    code = "EU-ORG"
    name_en = "EU organic"
    name_fr = "Bio UE"
    kind = "organic"


class CertificateFactory(DjangoModelFactory):
    """An organic certificate in force today and for half a year; ``products=[...]`` binds it."""

    class Meta:
        model = Certificate
        skip_postgeneration_save = True

    organisation = factory.SubFactory(SellerFactory)
    type = factory.SubFactory(CertificateTypeFactory)
    number = factory.Sequence(lambda n: f"ORG-{n}")
    valid_from = date(2025, 1, 1)
    valid_until = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=180))

    @factory.post_generation
    def products(self, create, extracted, **kwargs):
        """Products that the certificate covers."""
        self.products.add(*(extracted or []))


def limit_of_crocin(lot, **limit):
    """A lower limit of the value that the family of the lot is measured by."""
    (field,) = lot.product.product_class.lab_fields.all()
    return LabLimit.objects.create(
        standard=field.standard, parameter=field.parameter, product="saffron", bound="min", **limit
    )
