from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('payment', '0016_entries_in_letters_and_digits'),
    ]

    operations = [
        migrations.AddField(
            model_name='paymentattempt',
            name='written_as',
            field=models.CharField(blank=True, default='', max_length=120, verbose_name='number as written'),
        ),
    ]
