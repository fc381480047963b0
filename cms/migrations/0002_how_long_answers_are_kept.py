from datetime import timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import migrations, models


def keep_two_years(apps, schema_editor):
    """What was sent before was kept for two years."""
    answers = apps.get_model("cms", "Answer").objects
    for answer in answers.only("submit_time").iterator():
        answers.filter(pk=answer.pk).update(erase_on=answer.submit_time.date() + timedelta(days=730))


class Migration(migrations.Migration):
    dependencies = [("cms", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="formpage",
            name="kept_for",
            field=models.PositiveSmallIntegerField(
                default=24,
                help_text="A sender reads it below what they agree to; after that the answer is erased.",
                validators=[MinValueValidator(1), MaxValueValidator(60)],
                verbose_name="kept for so many months",
            ),
        ),
        migrations.AlterField(
            model_name="formpage",
            name="consent",
            field=models.CharField(
                help_text="Why it is kept. Nothing is sent without it; each answer keeps it.",
                max_length=400,
                verbose_name="what a sender agrees to",
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="erase_on",
            field=models.DateField(null=True, verbose_name="erased on"),
        ),
        migrations.RunPython(keep_two_years, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="answer",
            name="erase_on",
            field=models.DateField(db_index=True, verbose_name="erased on"),
        ),
    ]
