from django.db import migrations

from moussem.core.text import bare_number


def write_plainly(apps, schema_editor):
    """One entry of the bank was another one when its number held other digits or a mark that nobody sees."""
    wires = apps.get_model("payment", "PaymentAttempt").objects.filter(provider="wire")
    for wire in wires.exclude(external_id=None).order_by("pk"):
        seller, _colon, number = wire.external_id.partition(":")
        plain = f"{seller}:{bare_number(number)}"[:120]
        # Where both were recorded, people have to look which of them came.
        if plain != wire.external_id and not wires.filter(external_id=plain).exists():
            wires.filter(pk=wire.pk).update(external_id=plain)


class Migration(migrations.Migration):

    dependencies = [
        ("payment", "0013_names_for_officers"),
    ]

    operations = [migrations.RunPython(write_plainly, migrations.RunPython.noop, elidable=True)]
