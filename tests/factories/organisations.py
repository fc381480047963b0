from decimal import Decimal

import factory
from django.utils import timezone

from moussem.organisations.models import ApprovalLimit, Membership, Organisation, ProxyConsent
from moussem.organisations.states import Kind, Role, Verification
from tests.factories.people import UserFactory
from tests.factories.regions import CountryFactory, ProvinceFactory


class OrganisationFactory(factory.django.DjangoModelFactory):
    """A verified cooperative of Taroudant."""

    class Meta:
        model = Organisation

    class Params:
        buyer = factory.Trait(
            kind=Kind.BUYER,
            name=factory.Sequence(lambda n: f"Maison Épices {n}"),
            name_ar="",
            slug=factory.Sequence(lambda n: f"maison-epices-{n}"),
            country=factory.LazyFunction(lambda: CountryFactory(code="FR")),
            province=None,
            region=None,
            city="Lyon",
            time_zone="Europe/Paris",
            languages=["fr", "en"],
        )

    kind = Kind.COOPERATIVE
    name = factory.Sequence(lambda n: f"Coopérative Tizi {n}")
    name_ar = factory.Sequence(lambda n: f"تعاونية تيزي {n}")
    slug = factory.Sequence(lambda n: f"cooperative-tizi-{n}")
    country = factory.SubFactory(CountryFactory)
    province = factory.SubFactory(ProvinceFactory)
    region = factory.LazyAttribute(lambda one: one.province.region if one.province else None)
    languages = ["ar", "fr"]
    email = factory.LazyAttribute(lambda one: f"contact@{one.slug}.example")
    phone = "+212 528 85 00 00"
    verification = Verification.VERIFIED
    checked_at = factory.LazyFunction(timezone.now)


class MembershipFactory(factory.django.DjangoModelFactory):
    """The owner of a cooperative; of a buyer with ``organisation__buyer=True``."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.OWNER


class ApprovalLimitFactory(factory.django.DjangoModelFactory):
    """A purchaser's limit of 2,000 euros."""

    class Meta:
        model = ApprovalLimit

    membership = factory.SubFactory(MembershipFactory, role=Role.PURCHASER, organisation__buyer=True)
    currency = "EUR"
    amount = Decimal("2000.00")


class ProxyConsentFactory(factory.django.DjangoModelFactory):
    """The standing consent of a cooperative that a delegate acts for it."""

    class Meta:
        model = ProxyConsent

    membership = factory.SubFactory(MembershipFactory, role=Role.DELEGATE)
    given_by = "Fadma, president"
    channel = ProxyConsent.Channel.SIGNED
    text = "Answer orders and keep the product pages up to date."
    recorded_by = factory.SubFactory(UserFactory, is_staff=True)
