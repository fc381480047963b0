"""Issues papers: numbered without gaps per seller and year, frozen for ever."""

from collections.abc import Sequence

from django.db import transaction

from moussem.core.counters import next_numbers
from moussem.core.dates import today_here
from moussem.core.locks import lock
from moussem.core.log import record_each
from moussem.people.models import User
from moussem.trade.documents.content import content_of
from moussem.trade.documents.models import Document
from moussem.trade.documents.states import DocumentKind
from moussem.trade.order.models import Order

PREFIXES = {DocumentKind.PROFORMA: "PF", DocumentKind.CONFIRMATION: "OC"}


@transaction.atomic
def issue_confirmation(order: Order, *, actor: User | None = None) -> Document:
    """The confirmation of an order that its seller accepted; the same one when asked again."""
    lock(order)
    issued = Document.objects.filter(order=order, kind=DocumentKind.CONFIRMATION).first()
    return issued or _write([order], DocumentKind.CONFIRMATION, actor)[0]


@transaction.atomic(savepoint=False)
def issue_proformas(orders: Sequence[Order], *, actor: User | None = None) -> list[Document]:
    """The pro-forma invoices of orders that the caller has just written, and nobody else can see yet.

    Each bears the references of its payments.
    """
    return _write(orders, DocumentKind.PROFORMA, actor)


def _write(orders: Sequence[Order], kind: DocumentKind, actor: User | None) -> list[Document]:
    year = today_here().year
    # The counters' rows stay locked until the transaction ends: a number rolled back is given again.
    counted = {order.pk: f"{kind.value}-{order.seller_id}-{year}" for order in orders}
    numbers = next_numbers(counted.values())
    documents = Document.objects.bulk_create(
        Document(
            order=order,
            kind=kind,
            number=f"{PREFIXES[kind]}-{order.seller_id:04d}-{year}-{numbers[counted[order.pk]]:05d}",
            content=content_of(order),
        )
        for order in orders
    )
    told = [(document.order, {"document": document.number}) for document in documents]
    record_each(f"issued.{kind.value}", told, actor=actor)
    return documents
