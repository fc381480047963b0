"""Papers a person may read: those of the buyer and the seller they belong to, and of everybody for staff."""

from django.db.models import Q, QuerySet

from moussem.organisations.models import Membership
from moussem.people.models import User
from moussem.trade.documents.models import Document


def documents_for(viewer: User) -> QuerySet[Document]:
    """Documents of orders in which an organisation of the viewer buys or sells."""
    documents = Document.objects.select_related("order")
    if viewer.is_staff:
        return documents
    mine = Membership.objects.active().filter(user=viewer).values("organisation")
    return documents.filter(Q(order__buyer__in=mine) | Q(order__seller__in=mine))
