"""Certificates: added by the seller, looked at by officers, gone from every claim on the day they end."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from catalogue.actions.goods import forget_titles, take_out
from catalogue.actions.uploads import judging, kept_paper
from catalogue.errors import (
    CertificateDates,
    CertificateTwice,
    EvidenceNeeded,
    MoreIsAsked,
    NoNewTitles,
    NothingIsAsked,
)
from catalogue.models import Certificate, CertificateType, Lot, NewTitle, Product
from catalogue.queries.certificates import asks_for_more, goods_of
from catalogue.rules import may_keep, may_review
from catalogue.states import Proof
from moussem.core.dates import today_here
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock, lock_all
from moussem.core.log import record
from moussem.core.mail import post_mail
from moussem.core.moves import move
from moussem.core.rounds import in_chunks, try_each
from moussem.core.shown import digest, require_as_shown
from moussem.core.storage import holds_the_same
from moussem.organisations.models import Organisation

WARNED_BEFORE = (60, 30, 7)


@judging("evidence")
@transaction.atomic
def add_certificate(
    organisation: Organisation,
    *,
    type: CertificateType,
    number: str,
    valid_from: date,
    valid_until: date | None = None,
    evidence: Any = None,
    products: Collection[Product] = (),
    covers_all: bool = False,
    actor: Any,
) -> Certificate:
    """A certificate as the seller declares it, bound to some of its products or to all it sells."""
    require(may_keep(actor, organisation), NotYours)
    require(valid_until is None or valid_until >= valid_from, CertificateDates)
    lock(organisation)
    held = Certificate.objects.filter(organisation=organisation, type=type, number__iexact=number)
    require(not held.exists(), CertificateTwice)
    certificate = Certificate(
        organisation=organisation,
        type=type,
        number=number,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    if evidence:
        certificate.evidence = kept_paper(evidence)
    certificate.save()
    record("added", certificate, actor=actor, type=type.pk, number=number)
    bind_certificate(certificate, products=products, lots=(), covers_all=covers_all, actor=actor)
    return certificate


@transaction.atomic
def bind_certificate(
    certificate: Certificate,
    *,
    products: Collection[Product],
    lots: Collection[Lot],
    covers_all: bool = False,
    actor: Any,
) -> None:
    """The certificate covering these products and lots of its organisation and no others, or all it sells.

    What an officer checked was the narrower claim, and it stands: what a checked certificate is to cover
    besides waits for another look, and is no claim until then.
    """
    certificate = lock(certificate)
    owner = certificate.organisation
    require(may_keep(actor, owner), NotYours)
    require(all(product.organisation_id == owner.pk for product in products), NotYours)
    require(all(lot.product.organisation_id == owner.pk for lot in lots), NotYours)
    is_free = certificate.proof == Proof.DECLARED or certificate.covers_all
    waits_for_all = covers_all and not is_free
    for covers, asked, wanted in (
        (certificate.products, certificate.asked_products, products),
        (certificate.lots, certificate.asked_lots, lots),
    ):
        if waits_for_all:
            # Nothing of what was checked is given up by wanting all.
            asked.clear()
            continue
        waits = set() if is_free else set(wanted) - set(covers.all())
        covers.set([one for one in wanted if one not in waits])
        asked.set(waits)
    certificate.covers_all, certificate.asks_all = covers_all and is_free, waits_for_all
    certificate.save(update_fields=["covers_all", "asks_all"])
    forget_titles(certificate)
    record(
        "bound",
        certificate,
        actor=actor,
        products=[product.pk for product in products],
        lots=[lot.code for lot in lots],
        covers_all=covers_all,
    )


@transaction.atomic
def cover_product(certificate: Certificate, product: Product, *, actor: Any) -> None:
    """The certificate covering one more product of its own; a checked one, once that is checked too."""
    certificate = lock(certificate)
    require(may_keep(actor, certificate.organisation), NotYours)
    require(product.organisation_id == certificate.organisation_id, NotYours)
    if certificate.proof == Proof.DECLARED or certificate.covers_all:
        certificate.products.add(product)
    elif not certificate.products.filter(pk=product.pk).exists():
        certificate.asked_products.add(product)
    record("covers", certificate, actor=actor, product=product.pk)


@judging("evidence")
@transaction.atomic
def rebind_certificate(
    certificate: Certificate,
    *,
    products: Collection[Product],
    lots: Collection[Lot],
    covers_all: bool = False,
    evidence: Any,
    actor: Any,
) -> None:
    """The certificate covering these products and lots, or all, with a newer paper where one was brought."""
    bind_certificate(certificate, products=products, lots=lots, covers_all=covers_all, actor=actor)
    if evidence:
        bring_evidence(certificate, evidence=evidence, actor=actor)


@judging("evidence")
@transaction.atomic
def bring_evidence(certificate: Certificate, *, evidence: Any, actor: Any) -> Certificate:
    """The certificate with another paper; what was checked was the old one, so it is declared again.

    Its own paper sent again is what was checked: it changes nothing.
    """
    require(may_keep(actor, certificate.organisation), NotYours)
    certificate = lock(certificate)
    paper = kept_paper(evidence)
    if holds_the_same(certificate.evidence, paper):
        return certificate
    certificate.evidence = paper
    certificate.save(update_fields=["evidence"])
    record("evidence.brought", certificate, actor=actor)
    _declare_again(certificate, actor=actor, reason="new evidence")
    return certificate


def _declare_again(certificate: Certificate, *, actor: Any, reason: str) -> None:
    _take_asked(certificate)
    if certificate.proof != Proof.DECLARED:
        certificate.checked_by = certificate.checked_at = None
        move(certificate, Proof.DECLARED, actor=actor, reason=reason, also=("checked_by", "checked_at"))


@transaction.atomic
def withdraw_certificate(certificate: Certificate, *, actor: Any) -> Certificate:
    """The certificate out of every claim from now on; it is kept in the seller's list."""
    require(may_keep(actor, certificate.organisation), NotYours)
    certificate = lock(certificate)
    if certificate.withdrawn_at is None:
        certificate.withdrawn_at = timezone.now()
        certificate.save(update_fields=["withdrawn_at"])
        record("withdrawn", certificate, actor=actor)
    return certificate


@transaction.atomic
def restore_certificate(certificate: Certificate, *, actor: Any) -> Certificate:
    """A withdrawn certificate back in its claims, for as long as it is valid."""
    require(may_keep(actor, certificate.organisation), NotYours)
    certificate = lock(certificate)
    if certificate.withdrawn_at is not None:
        certificate.withdrawn_at = None
        certificate.save(update_fields=["withdrawn_at"])
        record("restored", certificate, actor=actor)
    return certificate


@transaction.atomic
def review_certificate(
    certificate: Certificate, to: Proof, *, actor: Any, reason: str = "", shown: str | None = None
) -> Certificate:
    """The certificate as an officer found it: document seen, checked with the issuer, or set back.

    Whoever sets back what a seller wants to widen is asked first whether only the widening is refused.
    """
    certificate = _shown_to(certificate, actor, shown)
    require(to != Proof.DECLARED or not _asks_for_more(certificate), MoreIsAsked)
    has_paper = bool(certificate.evidence) or to == Proof.DECLARED
    require(has_paper, EvidenceNeeded, here=certificate.get_proof_display())
    checked = to != Proof.DECLARED
    certificate.checked_by = actor if checked else None
    certificate.checked_at = timezone.now() if checked else None
    _take_asked(certificate)
    if certificate.proof == to:
        # Looked at again for what it is to cover besides.
        certificate.save(update_fields=["checked_by", "checked_at"])
        record(f"checked.{to}", certificate, actor=actor, reason=reason)
        return certificate
    move(certificate, to, actor=actor, reason=reason, also=("checked_by", "checked_at"))
    return certificate


@transaction.atomic
def refuse_widening(
    certificate: Certificate, *, actor: Any, reason: str = "", shown: str | None = None
) -> Certificate:
    """The certificate as it was checked, without what its seller wants it to cover besides."""
    certificate = _shown_to(certificate, actor, shown)
    require(_asks_for_more(certificate), NothingIsAsked)
    asked = {
        "products": list(certificate.asked_products.order_by("pk").values_list("pk", flat=True)),
        "lots": list(certificate.asked_lots.order_by("pk").values_list("code", flat=True)),
        "covers_all": certificate.asks_all,
    }
    certificate.asked_products.clear()
    certificate.asked_lots.clear()
    certificate.asks_all = False
    certificate.save(update_fields=["asks_all"])
    forget_titles(certificate)
    record("widening.refused", certificate, actor=actor, reason=reason, **asked)
    return certificate


@transaction.atomic
def keep_titles(
    certificate: Certificate, *, actor: Any, reason: str = "", shown: str | None = None
) -> Certificate:
    """The certificate as it was checked, its products under their new titles."""
    certificate, titles = _with_new_titles(certificate, actor, shown)
    _drop_titles(certificate)
    record("titles.kept", certificate, actor=actor, reason=reason, titles=titles)
    return certificate


@transaction.atomic
def reopen_for_titles(
    certificate: Certificate, *, actor: Any, reason: str = "", shown: str | None = None
) -> Certificate:
    """The certificate without the products that have new titles: they wait until they are looked at again."""
    certificate, titles = _with_new_titles(certificate, actor, shown)
    taken = take_out(certificate, {product for product, *_title in titles})
    _drop_titles(certificate)
    record("titles.reopened", certificate, actor=actor, reason=reason, titles=titles, **taken)
    return certificate


def _with_new_titles(
    certificate: Certificate, actor: Any, shown: str | None
) -> tuple[Certificate, list[tuple[int, str, str, str]]]:
    certificate = _shown_to(certificate, actor, shown)
    titles = [(one.product_id, one.language, one.before, one.after) for one in certificate.new_titles.all()]
    require(titles, NoNewTitles)
    return certificate, titles


def _shown_to(certificate: Certificate, actor: Any, shown: str | None) -> Certificate:
    """The certificate, locked, as an officer was shown it, with the new titles that it had then."""
    require(may_review(actor), NotYours)
    # Their goods first, as sellers change them: a title or a customs code of today waits for the decision.
    goods = [product.pk for product in goods_of(certificate)]
    list(lock_all(Product.objects.filter(pk__in=goods)).only("pk"))
    certificate = lock(certificate)
    prefetch_related_objects([certificate], "new_titles")
    require_as_shown(shown, certificate_digest(certificate))
    return certificate


def _asks_for_more(certificate: Certificate) -> bool:
    return Certificate.objects.filter(asks_for_more(), pk=certificate.pk).exists()


def certificate_digest(certificate: Certificate) -> str:
    """What an officer was shown of a certificate and of what it is to cover, in a word."""
    rows = (certificate.products, certificate.lots, certificate.asked_products, certificate.asked_lots)
    kept = [certificate.number, certificate.type_id, certificate.evidence.name, certificate.covers_all]
    days = [certificate.valid_from, certificate.valid_until, certificate.asks_all, certificate.withdrawn_at]
    # What goods the products are, and what they are called, is part of what was looked at.
    goods = [
        (one.pk, one.product_class_id, one.hs_code_id, one.title, _titles_of(one))
        for one in goods_of(certificate)
    ]
    titles = sorted(
        (one.product_id, one.language, one.before, one.after) for one in certificate.new_titles.all()
    )
    return digest([*kept, *days, *(sorted(one.pk for one in row.all()) for row in rows), goods, titles])


def _titles_of(product: Product) -> list[tuple[str, str]]:
    return sorted((text.language, text.title) for text in product.texts.all())


def _drop_titles(certificate: Certificate) -> None:
    # Only those that were looked at: one that came since waits for another look.
    looked_at = [title.pk for title in certificate.new_titles.all()]
    NewTitle.objects.filter(pk__in=looked_at).delete()


def _take_asked(certificate: Certificate) -> None:
    """Whoever looks at a certificate looks at all that it is to cover, under the titles of today."""
    _drop_titles(certificate)
    certificate.products.add(*certificate.asked_products.all())
    certificate.lots.add(*certificate.asked_lots.all())
    certificate.asked_products.clear()
    certificate.asked_lots.clear()
    certificate.covers_all, certificate.asks_all = certificate.covers_all or certificate.asks_all, False
    certificate.save(update_fields=["covers_all", "asks_all"])


def warn_of_expiry(today: date | None = None) -> int:
    """Mail to the sellers whose certificates end in 60, 30 or 7 days, or ended yesterday; how many mails.

    Safe to run twice, and after days without running: each certificate has one mail per threshold for ever.
    """
    today = today or today_here()
    last = today + timedelta(days=max(WARNED_BEFORE))
    ending = (
        Certificate.objects.filter(withdrawn_at=None, valid_until__lte=last)
        .filter(valid_until__gte=today - timedelta(days=max(WARNED_BEFORE)))
        .select_related("organisation", "type")
        .prefetch_related("products__texts")
    )
    return sum(try_each(in_chunks(ending), partial(_warn, today=today)))


@transaction.atomic
def _warn(certificate: Certificate, today: date) -> int:
    days = (certificate.valid_until - today).days
    threshold = -1 if days < 0 else min(limit for limit in WARNED_BEFORE if days <= limit)
    members = certificate.organisation.memberships.selling().select_related("user")
    for membership in members:
        user = membership.user
        post_mail(
            "catalogue/mail/certificate_expired.txt" if days < 0 else "catalogue/mail/certificate_ends.txt",
            to=user.email,
            language=user.language,
            key=f"certificate:{certificate.pk}:{certificate.valid_until}:{threshold}:{user.pk}",
            certificate=certificate,
            days=days,
        )
    return len(members)
