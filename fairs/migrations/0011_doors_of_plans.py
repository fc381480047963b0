from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('fairs', '0010_live_rooms'),
    ]

    operations = [
        migrations.AddField(
            model_name='hall',
            name='entrances',
            field=models.JSONField(blank=True, default=list, editable=False, verbose_name='doors of the plan'),
        ),
    ]
