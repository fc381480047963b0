import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('matchmaking', '0015_what_was_asked_before'),
    ]

    operations = [
        migrations.AddField(
            model_name='meeting',
            name='buyer_late',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='minutes the buyer is late'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='exporter_late',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='minutes the exporter is late'),
        ),
        migrations.AddField(
            model_name='seat',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.RemoveConstraint(model_name='delegate', name='one_delegate_per_person'),
        migrations.AddConstraint(
            model_name='delegate',
            constraint=models.UniqueConstraint(condition=Q(left_at=None), fields=('edition', 'person'), name='one_delegate_per_person'),
        ),
        migrations.AddConstraint(
            model_name='delegate',
            constraint=models.UniqueConstraint(fields=('party', 'person'), name='one_delegate_per_party_and_person'),
        ),
    ]
