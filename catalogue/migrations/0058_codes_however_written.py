from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Lower

LONGEST = 40


def parted(rows):
    """Of two codes of a seller that only capitals part, the later one gets a number: its key and new code."""
    taken = set()
    for pk, organisation, code in rows:
        new, number = code, 1
        while (organisation, new.lower()) in taken:
            number += 1
            new = f"{code[: LONGEST - len(str(number)) - 1]}-{number}"
        taken.add((organisation, new.lower()))
        if new != code:
            yield pk, new


def part_the_twins(apps, schema_editor):
    products = apps.get_model("catalogue", "Product").objects
    rows = products.exclude(seller_code="").order_by("pk").values_list("pk", "organisation", "seller_code")
    for pk, new in parted(list(rows)):
        products.filter(pk=pk).update(seller_code=new)


class Migration(migrations.Migration):

    dependencies = [
        ("catalogue", "0057_names_for_officers"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="product", name="one_product_per_seller_code"),
        migrations.RunPython(part_the_twins, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.UniqueConstraint(
                models.F("organisation"),
                Lower("seller_code"),
                condition=~Q(seller_code=""),
                name="one_product_per_code_however_written",
            ),
        ),
    ]
