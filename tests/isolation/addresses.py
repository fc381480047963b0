"""Every address that takes an argument: open to everybody and why, or whose it is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.isolation import exhibitions, floor, live, meetings, programmes
from tests.isolation.badges import of_the_badges
from tests.isolation.timetables import of_the_timetables

# What tests/isolation/test_files.py and test_staff.py look at.
UPLOADS = "media/"
STAFF = ("admin/", "en/dashboard/")
# Behind the door of the editors, whom test_confining.py and test_superusers.py of tests/cms tell apart.
EDITORS = "editors/"

PUBLIC = {
    "account_confirm_email": "the key in the address is the secret, and is good once",
    "account_reset_password_from_key": "the key in the address is the secret, and is good once",
    "basket:add": "anybody puts a listed product into their own basket; a draft is nobody’s to add",
    "basket:price": "prices of listed products are for everybody; a draft has none to show",
    "catalogue:category": "departments are for everybody",
    "catalogue:detail": "listed products are for everybody; drafts are below",
    "catalogue:family": "families are for everybody",
    "catalogue:lot": "lots of listed products are for everybody; those of drafts are below",
    "catalogue:lot_qr": "as the lot’s page",
    "catalogue:lot_report": "as the lot’s page",
    "catalogue:lot_kept_report": "as the lot’s page",
    "catalogue:more": "neighbours of listed products; a draft has none",
    "catalogue:region": "regions are for everybody",
    "fairs:apply": "a seller starts or finds its own application there; to an edition’s draft nobody applies",
    "fairs:call_test": "one tests one’s own devices; a credential is given to who comes to the edition",
    "fairs:edition": "announced editions are for everybody; drafts are below",
    "core:demo_mail": "mails of the demonstration, whose people are invented; elsewhere it does not exist",
    **floor.PUBLIC,
    "organisations:invitation": "the token in the address is the secret; only the invited address accepts",
    "organisations:page": "pages of sellers are for everybody; those of buyers are below",
    "organisations:register_step": "a step of one’s own draft; the argument names no object",
    "newsletter:confirm": "the token in the address is the secret; it confirms one address and no more",
    "newsletter:stop": "the token in the address is the secret; it stops one newsletter and no more",
    "page_feed": "feeds of published pages",
    "sitemap_section": "maps of public pages",
    "wagtail_serve": "pages that are published, in their language or another; drafts answer nowhere",
    "document": "documents of the editors, to be kept: those of closed collections ask first",
    "wagtaildocs_serve": "documents of the editors, for whoever knows the name; closed collections ask first",
    "wagtaildocs_authenticate_with_password": "the password of a closed collection is the secret",
    **exhibitions.PUBLIC,
    **live.PUBLIC,
    **programmes.PUBLIC,
    "wanted:unsubscribe": "the token in the address is the secret; it stops one search’s mail and no more",
}


@dataclass(frozen=True)
class Owned:
    """An address of one object, who keeps it, and what its keeper could send there."""

    name: str
    kwargs: dict[str, Any]
    keeper: Any
    # The other side of the trade may see it too.
    shared: bool = False
    body: dict[str, Any] = field(default_factory=dict)


def names_with_arguments() -> set[str]:
    """The names of all addresses outside staff's and the editors' that take an argument."""
    elsewhere = (UPLOADS, EDITORS, *STAFF)
    return {
        name for name, route, takes in patterns(get_resolver()) if takes and not route.startswith(elsewhere)
    }


def staff_addresses() -> list[str]:
    """The route of every page of staff and of the editors."""
    found = set()
    for _name, route, _takes in patterns(get_resolver()):
        if route.startswith((EDITORS, *STAFF)):
            found.add(route)
    return sorted(found)


def patterns(
    resolver: URLResolver, prefix: str = "", names: tuple[str, ...] = (), taken: bool = False
) -> Iterator[tuple[str, str, bool]]:
    for one in resolver.url_patterns:
        route = prefix + str(one.pattern).lstrip("^")
        takes = taken or bool(one.pattern.regex.groups) or bool(getattr(one.pattern, "converters", {}))
        if isinstance(one, URLPattern):
            yield ":".join((*names, one.name or route)), route, takes
        else:
            yield from patterns(one, route, (*names, one.namespace) if one.namespace else names, takes)


def owned(scene: SimpleNamespace) -> list[Owned]:
    """The addresses of what ``a`` and ``x`` own."""
    return [
        *_of_the_organisations(scene.a, scene.x),
        *_of_the_seller(scene.a),
        Owned("organisations:record_consent", {"slug": scene.a.organisation.slug}, scene.officer),
        *_of_products(scene.a),
        *_of_the_basket(scene.x),
        *_of_what_is_wanted(scene.x),
        *_of_the_trade(scene.a, scene.x),
        *_of_payments(scene.a, scene.x),
        *_of_the_fair(scene.o),
        *_of_the_applicant(scene.a, scene.o),
        *(Owned(*one) for one in of_the_timetables(scene.o.timetable)),
        *(Owned(*one) for one in programmes.owned(scene.programme, scene.x.owner)),
        *_of_the_exhibition(scene),
        *(Owned(*one) for one in floor.owned(scene.floor)),
        *(Owned(*one) for one in live.owned(scene.live, scene.x.owner)),
        *(Owned(*one) for one in meetings.owned(scene.meetings)),
        *of_the_badges(Owned, scene.a, scene.x),
    ]


def _of_the_organisations(a: Any, x: Any) -> Iterator[Owned]:
    yield Owned("organisations:page", {"slug": x.organisation.slug}, x.owner)
    for side, member in ((a, a.sales), (x, x.purchaser)):
        slug = {"slug": side.organisation.slug}
        one, invited = {**slug, "pk": member.pk}, {**slug, "pk": side.invitation.pk}
        guest = {"email": "friend@example.com", "role": "viewer", "language": "en"}
        yield Owned("organisations:ask_for_check", slug, side.owner)
        yield Owned("organisations:edit", slug, side.owner, body={"name": "Ours now"})
        yield Owned("organisations:bank", slug, side.owner, body={"account": "MA64011519000001205000534921"})
        yield Owned("organisations:members", slug, side.owner)
        yield Owned("organisations:invite", slug, side.owner, body=guest)
        yield Owned("organisations:member", one, side.owner)
        yield Owned("organisations:role", one, side.owner, body={"role": "owner"})
        yield Owned("organisations:limits", one, side.owner, body={"EUR": "999999"})
        yield Owned("organisations:end", one, side.owner, body={"confirmation": member.user.email})
        yield Owned("organisations:withdraw", invited, side.owner)
    consent = {"slug": a.organisation.slug, "pk": a.consent.pk}
    yield Owned("organisations:consents", {"slug": a.organisation.slug}, a.owner)
    yield Owned("organisations:revoke", consent, a.owner)
    yield Owned("organisations:evidence", consent, a.owner)


def _of_the_seller(a: Any) -> Iterator[Owned]:
    for name in ("columns", "check", "again", "write", "undo", "problems"):
        yield Owned(f"imports:{name}", {"pk": a.product_list.pk}, a.owner)
    for name in ("certificate", "withdraw_certificate", "restore_certificate", "evidence"):
        yield Owned(f"listing:{name}", {"pk": a.certificate.pk}, a.owner)


def _of_products(a: Any) -> Iterator[Owned]:
    pk = {"pk": a.draft.pk}
    for name in ("product", "terms", "proofs", "details", "packaging", "list", "withdraw", "add_lot"):
        yield Owned(f"listing:{name}", pk, a.owner)
    yield Owned("listing:delete", pk, a.owner, body={"confirmation": a.draft.seller_code or a.draft.label})
    text = {"title": "Ours now", "description": "Ours now"}
    yield Owned("listing:text", {**pk, "language": "fr"}, a.owner, body=text)
    yield Owned("listing:approve_text", {**pk, "language": "fr"}, a.owner)
    yield Owned("listing:ladder", {**pk, "currency": "EUR"}, a.owner)
    yield Owned("listing:remove_ladder", {**pk, "currency": "EUR"}, a.owner)
    yield Owned("listing:lot", {**pk, "lot": a.lot.pk}, a.owner)
    yield Owned("listing:photos", pk, a.owner)
    yield Owned("listing:remove_photo", {**pk, "photo": a.photo.pk}, a.owner)
    yield Owned("listing:first_photo", {**pk, "photo": a.photo.pk}, a.owner)
    yield Owned("catalogue:detail", {"product_slug": a.draft.slug, **pk}, a.owner)
    yield Owned("catalogue:lot", {"seller": a.lot.organisation.slug, "code": a.lot.code}, a.owner)
    yield Owned("catalogue:lot_qr", {"seller": a.lot.organisation.slug, "code": a.lot.code}, a.owner)


def _of_the_basket(x: Any) -> Iterator[Owned]:
    for name in ("quantity", "remove", "fix"):
        yield Owned(f"basket:{name}", {"pk": x.basket_line.pk}, x.owner, body={"quantity": "700"})
    for name in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
        yield Owned(name, {"pk": x.key.pk}, x.owner, body={"name": "Mine now"})


def _of_what_is_wanted(x: Any) -> Iterator[Owned]:
    yield Owned("wanted:withdraw", {"pk": x.wish.pk}, x.owner)
    yield Owned("wanted:change", {"pk": x.search.pk}, x.owner, body={"name": "Mine now"})
    yield Owned("wanted:delete", {"pk": x.search.pk}, x.owner)


def _of_the_trade(a: Any, x: Any) -> Iterator[Owned]:
    order, purchase = {"number": x.order.number}, {"number": x.order.purchase.number}
    seen = {"seen_total": str(x.request.total), "seen_currency": "EUR", "seen_digest": "0", "reason": "No."}
    for name in ("request", "approve", "decline"):
        yield Owned(f"checkout:{name}", {"pk": x.request.pk}, x.owner, body=seen)
    yield Owned("checkout:withdraw", {"pk": x.request.pk}, x.purchaser)
    yield Owned("checkout:placed", purchase, x.owner)
    yield Owned("orders:purchase", purchase, x.owner)
    for name in ("order", "withdraw", "delivered"):
        yield Owned(f"orders:{name}", order, x.owner, body={"reason": "No."})
    shipped = {"carrier": "DHL", "reference": "1", "code": "other", "reason": "No."}
    for name in ("order", "accept", "refuse", "cancel", "ready", "ship", "pick"):
        yield Owned(f"desk:{name}", order, a.owner, body=shipped)
    yield Owned("desk:lots", {**order, "line": x.order.lines.get().pk}, a.owner)
    yield Owned("orders:photo", {**order, "photo": x.order.photos.get().pk}, x.owner, shared=True)
    yield Owned("documents:pdf", {"number": x.document.number}, x.owner, shared=True)


def _of_payments(a: Any, x: Any) -> Iterator[Owned]:
    deposit, balance = {"reference": x.deposit.reference}, {"reference": x.balance.reference}
    refund = {**deposit, "pk": x.refund.pk}
    account = f"account-{x.refund.pk}"
    theirs = {f"{account}-holder": "Me", f"{account}-account": "MA64011519000001205000534921"}
    booked = {"amount": "1.00", "currency": "EUR", "bank_reference": "E-1", "booked_on": "2026-01-02"}
    for name in ("pay", "state", "return", "qr"):
        yield Owned(f"payment:{name}", deposit, x.owner, shared=True)
    for name in ("start", "announce", "withdraw"):
        yield Owned(f"payment:{name}", deposit, x.owner, shared=True, body={"method": "wire"})
    yield Owned("payment:demo", balance, x.owner, shared=True, body={"answer": "succeed"})
    yield Owned("payment:wire", deposit, a.owner, body=booked)
    yield Owned("payment:excess", deposit, a.owner)
    yield Owned("payment:count_excess", deposit, a.owner, body={"mark": f"{x.balance.reference}:1.00"})
    back = {**deposit, "pk": x.refund.attempt_id}
    yield Owned("payment:take_back", back, a.owner, body={f"back-{x.refund.attempt_id}-reason": "No."})
    yield Owned("payment:refund_account", refund, x.owner, body=theirs)
    for name in ("refund_again", "refund_wire"):
        yield Owned(f"payment:{name}", refund, a.owner)
    sent = {"bank_reference": "E-2", "account": x.refund.account_stamp}
    sent = {f"sent-{x.refund.pk}-{name}": value for name, value in sent.items()}
    yield Owned("payment:refund_sent", refund, a.owner, body=sent)


def _of_the_exhibition(scene: SimpleNamespace) -> Iterator[Owned]:
    for name, kwargs, keeper, *more in exhibitions.owned(scene.exhibition, scene.a.owner, scene.x.owner):
        shared, body = (*more, *(False, {})[len(more) :])
        yield Owned(name, kwargs, keeper, shared, body)


def _of_the_fair(o: Any) -> Iterator[Owned]:
    names = {f"name_{language}": "Ours now" for language in ("en", "fr", "ar")}
    draft, slug = {"slug": o.draft.slug}, {"slug": o.edition.slug}
    category, question = {**slug, "pk": o.category.pk}, {**slug, "pk": o.question.pk}
    asked = {**names, "kind": "line"}
    days = {
        "meeting_minutes": "30",
        "between_minutes": "0",
        "starts_on": "2030-01-01",
        "ends_on": "2030-01-02",
    }
    later = {"last_day": "2031-01-01", "reason": "Ours now"}
    yield Owned("fairs:edition", draft, o.owner)
    for one in (draft, slug):
        yield Owned("fairs:board", one, o.owner)
        yield Owned("fairs:texts", one, o.owner, body=names)
        yield Owned("fairs:mode", one, o.owner, body={"mode": "digital"})
        yield Owned("fairs:days", one, o.owner, body=days)
        yield Owned(
            "fairs:clone",
            one,
            o.owner,
            body={**names, "starts_on": "2031-01-01", "time_zone": "Africa/Casablanca"},
        )
        yield Owned("fairs:received", one, o.owner)
        yield Owned("fairs:asked", one, o.owner)
    yield Owned("fairs:advance", draft, o.owner, body={"to": "open"})
    yield Owned("fairs:received_one", {**slug, "pk": o.application.pk}, o.owner)
    yield Owned("fairs:deadline", slug, o.owner, body=later)
    deadline = {**slug, "pk": o.edition.deadlines.first().pk}
    yield Owned("fairs:delete_deadline", deadline, o.owner, body={"reason": "Ours now"})
    goes = {"reason": "Ours now", "confirmation": o.edition.slug}
    yield Owned("fairs:withdraw_edition", slug, o.owner, body=goes)
    yield Owned("fairs:add_category", slug, o.owner, body=names)
    yield Owned("fairs:category", category, o.owner, body=names)
    yield Owned("fairs:delete_category", category, o.owner)
    yield Owned("fairs:add_question", slug, o.owner, body=asked)
    yield Owned("fairs:question", question, o.owner, body=asked)
    yield Owned("fairs:delete_question", question, o.owner)


def _of_the_applicant(a: Any, o: Any) -> Iterator[Owned]:
    """The address names the edition: each seller has its own application there, or none."""
    slug = {"slug": o.edition.slug}
    booth, goods = {"languages": ["en"]}, {"products": [a.listed.pk]}
    yield Owned("fairs:apply_step", {**slug, "step": "booth"}, a.owner, body=booth)
    yield Owned("fairs:apply_step", {**slug, "step": "goods"}, a.owner, body=goods)
    for name in ("apply_send", "take_back", "withdraw"):
        yield Owned(f"fairs:{name}", slug, a.owner)
