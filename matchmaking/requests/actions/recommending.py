"""The recommendations of an edition are reckoned and kept."""

from django.db import transaction
from django.utils import timezone

from fairs.editions.models import Edition
from matchmaking.requests.models import Reckoning, Recommendation
from matchmaking.requests.recommended import last_entry, reckoned
from moussem.core.locks import lock_all

AT_ONCE = 1000


def recommend_at(edition: Edition) -> int:
    """Whom everybody at an edition should meet, in the place of what was kept before; how many rows.

    Nothing is locked while it is reckoned; of two who reckon at once the one that read more is kept.
    """
    read = last_entry()
    rows = reckoned(edition)
    with transaction.atomic():
        Reckoning.objects.bulk_create([Reckoning(edition=edition)], ignore_conflicts=True)
        known = lock_all(Reckoning.objects.filter(edition=edition)).get()
        if known.last_entry > read:
            return 0
        Recommendation.objects.filter(edition=edition).delete()
        Recommendation.objects.bulk_create(rows, batch_size=AT_ONCE)
        known.at, known.last_entry = timezone.now(), read
        known.save()
    return len(rows)
