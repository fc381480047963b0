from django.db import migrations

from moussem.core.text import bare_number


def write_barely(apps, schema_editor):
    """One entry of the bank was another one when its number held another dash, slash or point.

    Where both were recorded, also where an earlier upgrade left them so, people have to look which of them came.
    """
    findings = apps.get_model("payment", "Discrepancy").objects
    wires = apps.get_model("payment", "PaymentAttempt").objects.filter(provider="wire")
    for wire in wires.exclude(external_id=None).select_related("instalment").order_by("pk"):
        seller, _colon, number = wire.external_id.partition(":")
        plain = f"{seller}:{bare_number(number)}"[:120]
        if plain == wire.external_id:
            continue
        twin = wires.filter(external_id=plain).select_related("instalment").first()
        if twin is None:
            wires.filter(pk=wire.pk).update(external_id=plain)
            continue
        told = {
            "attempt": wire,
            "expected": f"{twin.instalment.reference} {plain.partition(':')[2]}"[:60],
            "found": f"{wire.instalment.reference} {number}"[:60],
            "currency": wire.currency,
            "note": "Recorded twice?",
        }
        findings.get_or_create(key=f"wire:{wire.key}:twice", defaults=told)


class Migration(migrations.Migration):

    dependencies = [
        ("payment", "0015_entries_in_parts"),
    ]

    operations = [migrations.RunPython(write_barely, migrations.RunPython.noop, elidable=True)]
