from django.db import migrations, models


def keep_the_words(apps, schema_editor):
    """The note becomes words of the product's original text, since its seller wrote both."""
    Product = apps.get_model("catalogue", "Product")
    ProductText = apps.get_model("catalogue", "ProductText")
    for product in Product.objects.exclude(packaging_note="").prefetch_related("texts").iterator(500):
        texts = sorted(product.texts.all(), key=lambda text: (text.origin != "original", text.language != "en"))
        text = texts[0] if texts else ProductText(product=product, language="en", title=product.title)
        text.packaging = product.packaging_note
        text.save()
    ProductList = apps.get_model("catalogue", "ProductList")
    for sent in ProductList.objects.exclude(state="imported").iterator(500):
        if "packaging_note" in sent.columns:
            named = [key.partition(":")[2] for key in sent.columns if key.startswith("title:")]
            key = f"packaging:{(named or ['fr'])[0]}"
            sent.columns = [key if column == "packaging_note" else column for column in sent.columns]
            sent.save(update_fields=["columns"])


def take_the_words_back(apps, schema_editor):
    Product = apps.get_model("catalogue", "Product")
    for text in apps.get_model("catalogue", "ProductText").objects.exclude(packaging="").order_by("origin"):
        Product.objects.filter(pk=text.product_id, packaging_note="").update(packaging_note=text.packaging)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0036_lists_tell_how_far_they_are")]

    operations = [
        migrations.AddField(
            model_name="producttext",
            name="packaging",
            field=models.CharField(blank=True, max_length=200, verbose_name="packaging in words"),
        ),
        migrations.RunPython(keep_the_words, take_the_words_back, elidable=True),
    ]
