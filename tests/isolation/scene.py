"""Cooperatives, buyers and an organiser who must not see each other, with one object behind every address."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.core import signing
from django.core.files.base import ContentFile
from django.utils import timezone

from catalogue.models import Lot, Product, ProductImage, ProductList, Request, SavedSearch
from catalogue.wanted.actions import ask_for, save_search
from fairs.models import Application, Category, Edition, Question
from moussem.organisations.models import Invitation, Membership, Organisation
from moussem.organisations.queries import INVITATION_SALT
from moussem.organisations.states import Role
from moussem.trade.basket.models import Line
from moussem.trade.documents.actions import issue_proformas
from moussem.trade.order.models import ApprovalRequest, Order
from moussem.trade.payment.actions import start_attempt
from moussem.trade.payment.models import Instalment, Refund
from moussem.trade.payment.states import RefundState
from tests.factories.basket import filled_basket
from tests.factories.catalogue import CertificateFactory, ProductFactory
from tests.factories.checkout import placed
from tests.factories.fairs import (
    ApplicationFactory,
    CategoryFactory,
    DeadlineFactory,
    EditionFactory,
    QuestionFactory,
    SeriesFactory,
    organiser,
)
from tests.factories.organisations import ApprovalLimitFactory, ProxyConsentFactory
from tests.factories.people import UserFactory
from tests.factories.trade import buyer, member_of, ready_order, seller
from tests.isolation import exhibitions, floor, live, meetings, programmes
from tests.isolation.badges import fair_with_badges
from tests.isolation.timetables import arranged_fair


@dataclass
class Seller:
    """A cooperative's owner with everything a cooperative has."""

    owner: Membership
    listed: Product
    draft: Product
    lot: Lot
    photo: ProductImage
    certificate: Any
    product_list: ProductList
    sales: Membership
    delegate: Membership
    consent: Any
    invitation: Invitation
    fair: Any = None

    @property
    def organisation(self) -> Organisation:
        """The cooperative."""
        return self.owner.organisation


@dataclass
class Buyer:
    """A buyer's owner with everything a buyer has."""

    owner: Membership
    purchaser: Membership
    invitation: Invitation
    basket_line: Line
    key: Authenticator
    wish: Request
    search: SavedSearch
    request: ApprovalRequest | None = None
    order: Order | None = None
    deposit: Instalment | None = None
    balance: Instalment | None = None
    document: Any = None
    refund: Refund | None = None

    @property
    def organisation(self) -> Organisation:
        """The buyer."""
        return self.owner.organisation


@dataclass
class Organiser:
    """The owner of an agency with a draft of an edition, and an announced one to which was applied."""

    owner: Membership
    draft: Edition
    edition: Edition
    category: Category
    question: Question
    application: Application
    # Another edition, held by another agency, with the timetable of its meetings.
    timetable: Any = None

    @property
    def organisation(self) -> Organisation:
        """The agency."""
        return self.owner.organisation


def build() -> SimpleNamespace:
    """Sellers ``a`` and ``b``; buyers ``x``, who has bought from ``a``, and ``y``, who did from ``b``.

    ``o`` holds a fair, to which ``a`` has sent an application.
    """
    a, b = _seller(), _seller()
    x, y = _buyer(a), _buyer(b)
    _trade(a, x)
    _trade(b, y)
    o = _organiser(a)
    o.timetable = arranged_fair()
    a.fair = fair_with_badges(a, x)
    officer = SimpleNamespace(user=UserFactory(is_staff=True), organisation=None)
    programme = programmes.build(x.owner.user)
    exhibition = exhibitions.build(a.owner, x.owner)
    people = {"a": a, "b": b, "x": x, "y": y, "o": o, "officer": officer}
    shown = {"programme": programme, "exhibition": exhibition, "meetings": meetings.build()}
    room = live.build(x.owner.user)
    return SimpleNamespace(**people, **shown, floor=floor.build(a.owner), live=room)


def strangers_to(a: Seller, x: Buyer, scene: SimpleNamespace) -> dict[str, Any]:
    """People who have nothing to do with ``a`` and ``x``, some of them no longer."""
    left = member_of(a.organisation, Role.OWNER, is_active=False)
    Membership.objects.create(user=left.user, organisation=x.organisation, role=Role.OWNER, is_active=False)
    revoked = ProxyConsentFactory(
        membership=member_of(a.organisation, Role.DELEGATE), revoked_at=timezone.now()
    )
    return {
        "the owner of another cooperative": scene.b.owner.user,
        "the owner of another buyer": scene.y.owner.user,
        "another buyer’s purchaser": scene.y.purchaser.user,
        "another cooperative’s delegate": scene.b.delegate.user,
        "the organiser of another fair": organiser().user,
        "somebody without an organisation": UserFactory(),
        "an owner whose membership has ended": left.user,
        "a delegate whose consent was revoked": revoked.membership.user,
    }


def _seller() -> Seller:
    owner = seller()
    organisation = owner.organisation
    draft = ProductFactory(organisation=organisation, listed=False)
    consent = ProxyConsentFactory(membership=member_of(organisation, Role.DELEGATE))
    consent.evidence.save("paper.pdf", ContentFile(b"%PDF-1.7 consent"))
    certificate = CertificateFactory(organisation=organisation, products=[draft])
    certificate.evidence.save("paper.pdf", ContentFile(b"%PDF-1.7 certificate"))
    photo = ProductImage.objects.create(product=draft, original=ContentFile(b"photo", name="photo.jpg"))
    product_list = ProductList.objects.create(
        organisation=organisation,
        name="list.csv",
        file=ContentFile(b"title,price\nSaffron,3\n", name="list.csv"),
        columns=["title:en", ""],
        encoding="utf-8",
    )
    return Seller(
        owner=owner,
        listed=ProductFactory(organisation=organisation),
        draft=draft,
        lot=draft.lots.get(),
        photo=photo,
        certificate=certificate,
        product_list=product_list,
        sales=member_of(organisation, Role.SALES),
        delegate=consent.membership,
        consent=consent,
        invitation=_invitation(owner),
    )


def _buyer(shop: Seller) -> Buyer:
    owner = buyer()
    purchaser = member_of(owner.organisation, Role.PURCHASER)
    ApprovalLimitFactory(membership=purchaser, amount=Decimal(1))
    basket = filled_basket(shop.listed, owner=owner.user)
    key = Authenticator.objects.create(
        user=owner.user, type=Authenticator.Type.WEBAUTHN, data={"name": "key", "credential": {}}
    )
    return Buyer(
        owner=owner,
        purchaser=purchaser,
        invitation=_invitation(owner),
        basket_line=basket.lines.get(),
        key=key,
        wish=ask_for(f"Wish {owner.pk}", actor=owner.user, organisation=owner.organisation, language="en"),
        search=save_search(
            f"q=search+{owner.pk}",
            name=f"Search {owner.pk}",
            actor=owner.user,
            language="en",
            currency="EUR",
        )[0],
        request=placed(filled_basket(shop.listed, owner=purchaser.user), purchaser),
    )


def _organiser(shop: Seller) -> Organiser:
    owner = organiser()
    series = SeriesFactory(organiser=owner.organisation)
    edition = DeadlineFactory(edition=EditionFactory(series=series, announced=True)).edition
    return Organiser(
        owner=owner,
        draft=EditionFactory(series=series),
        edition=edition,
        category=CategoryFactory(edition=edition),
        question=QuestionFactory(edition=edition, is_required=False),
        application=ApplicationFactory(
            edition=edition, organisation=shop.organisation, products=[shop.listed], sent=True
        ),
    )


def _trade(shop: Seller, client: Buyer) -> None:
    order = ready_order(seller_side=shop.owner, buyer_side=client.owner, wanted=[(shop.listed, Decimal(500))])
    client.order = order
    client.document = issue_proformas([order])[0]
    client.deposit, client.balance = Instalment.objects.filter(plan__order=order).order_by("sequence")
    attempt = start_attempt(client.deposit, "wire", actor=client.owner.user)
    start_attempt(client.balance, "demo", actor=client.owner.user)
    client.refund = Refund.objects.create(
        attempt=attempt, key=uuid4(), amount=Decimal(1), state=RefundState.DETAILS_WANTED
    )


def _invitation(owner: Membership) -> Invitation:
    return Invitation.objects.create(
        organisation=owner.organisation,
        email=f"guest-{owner.pk}@example.com",
        role=Role.VIEWER,
        invited_by=owner.user,
        expires_at=timezone.now() + timedelta(days=7),
    )


def token_of(invitation: Invitation) -> str:
    """The link's secret as the mail carries it."""
    return signing.dumps(invitation.pk, salt=INVITATION_SALT)
