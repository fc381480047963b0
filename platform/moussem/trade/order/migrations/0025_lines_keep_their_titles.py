from django.db import migrations, models


def keep_titles(apps, schema_editor):
    """The papers of an order wrote its titles down on the day; where none did, those of today are all there is."""
    Line, Document = apps.get_model("order", "Line"), apps.get_model("trade", "Document")
    ProductText = apps.get_model("catalogue", "ProductText")
    order, lines = None, []
    for line in Line.objects.order_by("order_id", "pk").iterator():
        if line.order_id != order:
            order = line.order_id
            paper = Document.objects.filter(order=order).order_by("issued_at", "pk").first()
            lines = list(paper.content.get("lines", [])) if paper else []
        written = lines.pop(0) if lines else {}
        texts = ProductText.objects.filter(product=line.product_id).values_list("language", "title")
        line.titles = written.get("titles") or dict(texts)
        line.save(update_fields=["titles"])


class Migration(migrations.Migration):

    dependencies = [
        ("catalogue", "0053_certificates_say_that_they_cover_all"),
        ("order", "0024_approvalrequest_decided_by_and_more"),
        ("trade", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="line",
            name="titles",
            field=models.JSONField(blank=True, default=dict, verbose_name="titles"),
        ),
        migrations.RunPython(keep_titles, migrations.RunPython.noop, elidable=True),
    ]
