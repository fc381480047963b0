from django.db import migrations
from django.db.models import Q
from django.utils import timezone


def end_what_ended(apps, schema_editor):
    """A consent ended with its membership in words only, and a later one brought it back to life."""
    consents = apps.get_model("organisations", "ProxyConsent").objects.filter(revoked_at=None)
    told = apps.get_model("core", "LogEntry").objects.filter(verb="membership_ended")
    for line in told.filter(subject_type="organisations.organisation").order_by("pk"):
        about = {"membership__organisation": line.subject_id, "membership__user": line.facts.get("member")}
        over = Q(valid_until__lte=line.at)
        consents.filter(**about, given_at__lte=line.at).exclude(over).update(
            revoked_at=line.at, revoked_by=line.actor_id
        )
    now = timezone.now()
    acting = Q(membership__is_active=True, membership__role="delegate")
    consents.exclude(acting).exclude(valid_until__lte=now).update(revoked_at=now)


class Migration(migrations.Migration):

    dependencies = [
        ("organisations", "0004_names_for_officers"),
        ("core", "0003_names_for_officers"),
    ]

    operations = [migrations.RunPython(end_what_ended, migrations.RunPython.noop, elidable=True)]
