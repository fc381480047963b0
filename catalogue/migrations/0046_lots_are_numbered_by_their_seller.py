from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def name_the_sellers(apps, schema_editor):
    """Each lot gets the seller of its product."""
    Lot, Product = apps.get_model("catalogue", "Lot"), apps.get_model("catalogue", "Product")
    seller = Product.objects.filter(pk=OuterRef("product")).values("organisation")
    Lot.objects.update(organisation=Subquery(seller))


class Migration(migrations.Migration):

    dependencies = [
        ("catalogue", "0045_index_has_no_name_at_first"),
        ("organisations", "0003_check_asked_at"),
    ]

    operations = [
        migrations.AddField(
            model_name="lot",
            name="organisation",
            field=models.ForeignKey(
                null=True,
                on_delete=models.deletion.PROTECT,
                related_name="lots",
                to="organisations.organisation",
                verbose_name="seller",
            ),
        ),
        migrations.RunPython(name_the_sellers, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="lot",
            name="code",
            field=models.CharField(max_length=40, verbose_name="lot number"),
        ),
    ]
