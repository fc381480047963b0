from django.db import migrations, models


def say_what_covers_all(apps, schema_editor):
    """What named nothing covered all that its seller sells: kept where that was meant, and checked.

    A checked certificate that its seller bound anew after the check waits for an officer. One that named
    something last, or waits for something, lost what it named: it covers nothing.
    """
    Certificate, LogEntry = apps.get_model("catalogue", "Certificate"), apps.get_model("core", "LogEntry")
    bare = Certificate.objects.filter(products=None, lots=None, asked_products=None, asked_lots=None)
    for certificate in bare.iterator():
        lines = LogEntry.objects.filter(subject_type="catalogue.certificate", subject_id=str(certificate.pk))
        last = lines.filter(verb__in=["bound", "covers"]).order_by("-pk").first()
        if last and (last.facts.get("products") or last.facts.get("lots") or last.facts.get("product")):
            continue
        seen = certificate.checked_at
        if last is None or certificate.proof == "declared" or (seen and last.at <= seen):
            certificate.covers_all = True
        else:
            certificate.asks_all = True
        certificate.save(update_fields=["covers_all", "asks_all"])


class Migration(migrations.Migration):

    dependencies = [
        ("catalogue", "0050_prices_of_lists_that_move_far"),
        ("core", "0002_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="certificate",
            name="covers_all",
            field=models.BooleanField(default=False, verbose_name="covers everything the organisation sells"),
        ),
        migrations.AddField(
            model_name="certificate",
            name="asks_all",
            field=models.BooleanField(default=False, verbose_name="everything asked for"),
        ),
        migrations.RunPython(say_what_covers_all, migrations.RunPython.noop, elidable=True),
    ]
