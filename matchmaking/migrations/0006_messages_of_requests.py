import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matchmaking', '0005_states_of_enquiries'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='request',
            name='proposed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='proposed'),
        ),
        migrations.CreateModel(
            name='RequestMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('buyer', 'buyer'), ('exporter', 'exporter')], max_length=8, verbose_name='side')),
                ('text', models.TextField(verbose_name='message')),
                ('state', models.CharField(choices=[('shown', 'shown'), ('held', 'waits for the organiser'), ('removed', 'removed by the organiser')], db_index=True, default='shown', max_length=7, verbose_name='message is')),
                ('said_at', models.DateTimeField(verbose_name='said')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='matchmaking.request')),
            ],
            options={
                'verbose_name': 'message of a request',
                'verbose_name_plural': 'messages of requests',
                'ordering': ['said_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('request', 'said_at'), name='one_message_a_turn'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='message_has_words')],
            },
        ),
    ]
