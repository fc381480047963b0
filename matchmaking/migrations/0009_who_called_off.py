import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matchmaking', '0008_messages_moved'),
    ]

    operations = [
        migrations.AddField(
            model_name='meeting',
            name='called_off_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matchmaking.party', verbose_name='called off by'),
        ),
    ]
