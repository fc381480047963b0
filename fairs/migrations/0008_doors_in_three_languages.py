from django.db import migrations, models
from django.db.models.functions import Substr

LANGUAGES = ("en", "fr", "ar")


def name_in_each_language(apps, schema_editor):
    """What stood on a door stands on it in every language, until its organiser writes the others."""
    doors = apps.get_model("fairs", "Door").objects.using(schema_editor.connection.alias)
    doors.update(**{f"name_{code}": models.F("name") for code in LANGUAGES})


def one_name(apps, schema_editor):
    doors = apps.get_model("fairs", "Door").objects.using(schema_editor.connection.alias)
    doors.update(name=Substr("name_en", 1, 60))


class Migration(migrations.Migration):

    dependencies = [
        ('fairs', '0007_papers_say_their_badges'),
    ]

    operations = [
        migrations.AddField(
            model_name='door',
            name='name_en',
            field=models.CharField(blank=True, max_length=120, verbose_name='name in English'),
        ),
        migrations.AddField(
            model_name='door',
            name='name_fr',
            field=models.CharField(blank=True, max_length=120, verbose_name='name in French'),
        ),
        migrations.AddField(
            model_name='door',
            name='name_ar',
            field=models.CharField(blank=True, max_length=120, verbose_name='name in Arabic'),
        ),
        migrations.RemoveConstraint(
            model_name='door',
            name='one_door_per_name',
        ),
        # On the way back the name is empty at first, and then written.
        migrations.AlterField(
            model_name='door',
            name='name',
            field=models.CharField(default='', max_length=60, verbose_name='name'),
        ),
        migrations.RunPython(name_in_each_language, one_name),
        migrations.RemoveField(
            model_name='door',
            name='name',
        ),
        *(
            migrations.AddConstraint(
                model_name='door',
                constraint=models.UniqueConstraint(fields=('edition', f'name_{code}'), name=f'one_door_per_name_{code}'),
            )
            for code in LANGUAGES
        ),
    ]
