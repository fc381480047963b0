from django.db import migrations

from moussem.core.text import latin_digits

NUMBERED = ("address", "registration_number", "tax_number")


def write_in_latin(apps, schema_editor):
    """A number of a register was another one in Arabic digits, and a carrier abroad reads no street in them."""
    kept = apps.get_model("organisations", "Organisation").objects
    for pk, *told in kept.order_by("pk").values_list("pk", *NUMBERED):
        latin = [latin_digits(text) for text in told]
        if latin != told:
            kept.filter(pk=pk).update(**dict(zip(NUMBERED, latin, strict=True)))


class Migration(migrations.Migration):

    dependencies = [
        ("organisations", "0006_limits_end_with_memberships"),
    ]

    operations = [migrations.RunPython(write_in_latin, migrations.RunPython.noop, elidable=True)]
