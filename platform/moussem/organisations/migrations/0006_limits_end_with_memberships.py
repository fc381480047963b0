from django.db import migrations


def end_limits(apps, schema_editor):
    """A purchaser who was invited again would have found the limits of before."""
    limits = apps.get_model("organisations", "ApprovalLimit").objects
    limits.filter(membership__is_active=False).delete()


class Migration(migrations.Migration):

    dependencies = [
        ("organisations", "0005_consents_end_with_memberships"),
    ]

    operations = [migrations.RunPython(end_limits, migrations.RunPython.noop, elidable=True)]
