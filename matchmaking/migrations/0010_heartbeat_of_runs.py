from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matchmaking', '0009_who_called_off'),
    ]

    operations = [
        migrations.AddField(
            model_name='run',
            name='told_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='last sign of life'),
        ),
    ]
