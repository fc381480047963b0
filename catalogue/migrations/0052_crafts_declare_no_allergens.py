from django.db import migrations, models

# As families.json has them, which a site that is upgraded need not load again.
CRAFTS = (
    *("rugs", "home-textiles", "leather", "footwear", "ceramics", "zellige", "basketry", "metalwork"),
    *("woodwork", "jewellery"),
)


def crafts_declare_none(apps, schema_editor):
    apps.get_model("catalogue", "ProductClass").objects.filter(slug__in=CRAFTS).update(declares_allergens=False)


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0051_lists_tell_what_they_change"),
    ]

    operations = [
        migrations.AddField(
            model_name="productclass",
            name="declares_allergens",
            field=models.BooleanField(
                default=True,
                help_text="For what is eaten or put on the skin. Otherwise no page, form or list asks for them.",
                verbose_name="allergens are declared",
            ),
        ),
        migrations.RunPython(crafts_declare_none, migrations.RunPython.noop, elidable=True),
    ]
