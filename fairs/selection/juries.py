"""The juries that a person sits in, with what each still asks of them."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from fairs.applications.models import Application
from fairs.applications.rivals import applies
from fairs.applications.states import ApplicationState
from fairs.editions.states import ENDED
from fairs.selection.models import Juror, Review
from moussem.organisations.models import Membership


def juries_of(user: Any) -> QuerySet[Juror]:
    """Their seats, each with how many applications are ``left`` to judge; what is over comes last."""
    seat = OuterRef(OuterRef("pk"))
    stands = Q(has_conflict=True) | Q(sent_at__gte=OuterRef("sent_at"))
    judged_already = Review.objects.filter(stands, application=OuterRef("pk"), juror=seat)
    own = Membership.objects.filter(organisation=OuterRef("organisation"), user=user)
    sent = Application.objects.filter(edition=OuterRef("edition"), state=ApplicationState.SENT)
    left = sent.exclude(Exists(own)).exclude(Exists(judged_already)).order_by().values("edition")
    return (
        Juror.objects.filter(person=user, left_at=None)
        .select_related("edition")
        .annotate(
            is_over=Q(edition__state__in=ENDED),
            is_rival=applies("person", "edition"),
            left=Coalesce(Subquery(left.annotate(count=Count("pk")).values("count")), 0),
        )
        .order_by("is_over", "-edition__starts_on", "-pk")
    )
