"""Issues papers: numbered without gaps per seller and year, frozen for ever."""

from django.db import transaction

from moussem.core.counters import next_number
from moussem.core.dates import today_here
from moussem.core.locks import lock
from moussem.core.log import record
from moussem.people.models import User
from moussem.trade.documents.content import content_of
from moussem.trade.documents.models import Document
from moussem.trade.documents.states import DocumentKind
from moussem.trade.order.models import Order

PREFIXES = {DocumentKind.PROFORMA: "PF", DocumentKind.CONFIRMATION: "OC"}


@transaction.atomic
def issue_proforma(order: Order, *, actor: User | None = None) -> Document:
    """The pro-forma invoice of an order, with its payment references; the same one when asked again."""
    return _issue(order, DocumentKind.PROFORMA, actor)


@transaction.atomic
def issue_confirmation(order: Order, *, actor: User | None = None) -> Document:
    """The confirmation of an order that its seller accepted; the same one when asked again."""
    return _issue(order, DocumentKind.CONFIRMATION, actor)


def _issue(order: Order, kind: DocumentKind, actor: User | None) -> Document:
    lock(order)
    issued = Document.objects.filter(order=order, kind=kind).first()
    if issued is not None:
        return issued
    year = today_here().year
    # The counter's row stays locked until the transaction ends: a number rolled back is given again.
    number = next_number(f"{kind.value}-{order.seller_id}-{year}")
    document = Document.objects.create(
        order=order,
        kind=kind,
        number=f"{PREFIXES[kind]}-{order.seller_id:04d}-{year}-{number:05d}",
        content=content_of(order),
    )
    record(f"issued.{kind.value}", order, actor=actor, document=document.number)
    return document
