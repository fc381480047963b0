from django.db import migrations


class Migration(migrations.Migration):
    # Apart from the words themselves: PostgreSQL alters no table whose rows still wait to be checked.
    dependencies = [("catalogue", "0037_packaging_in_words_per_language")]

    operations = [
        migrations.RemoveField(model_name="product", name="packaging_note"),
        migrations.RemoveField(model_name="packaging", name="note"),
    ]
