from decimal import Decimal

from django.db import migrations
from django.db.models import Sum


def reckon_anew(apps, schema_editor):
    """What was given back of a paid or ended instalment counted as received until now."""
    instalments, refunds = (apps.get_model("payment", name) for name in ("Instalment", "Refund"))
    given_back = refunds.objects.exclude(state__in=("failed", "withdrawn"))
    touched = given_back.values("attempt__instalment")
    for instalment in instalments.objects.filter(pk__in=touched):
        came = instalment.attempts.filter(state="succeeded")
        back = given_back.filter(attempt__in=came).aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
        kept = (came.aggregate(sum=Sum("received"))["sum"] or Decimal(0)) - back
        # A paid one with less than was asked is for a person to look at, not for an upgrade to stop at.
        if instalment.state != "settled" or kept >= instalment.amount - instalment.charges:
            instalments.objects.filter(pk=instalment.pk).update(paid=max(kept, Decimal(0)))


class Migration(migrations.Migration):

    dependencies = [
        ("payment", "0011_refund_sent_by_transfer"),
    ]

    operations = [migrations.RunPython(reckon_anew, migrations.RunPython.noop)]
