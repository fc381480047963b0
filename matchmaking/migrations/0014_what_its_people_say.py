from django.db import migrations, models
from django.db.models import F


def say_what_was_chosen(apps, schema_editor):
    """Whatever no timetable placed was booked by its people, or by the organiser for them."""
    meetings = apps.get_model('matchmaking', 'Meeting').objects.exclude(origin='timetable')
    meetings.update(chosen_at=F('booked_at'))


class Migration(migrations.Migration):

    dependencies = [
        ('matchmaking', '0010_heartbeat_of_runs'),
    ]

    operations = [
        migrations.AddField(
            model_name='meeting',
            name='buyer_waited',
            field=models.BooleanField(default=False, verbose_name='buyer came and nobody met it'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='chosen_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='chosen'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='exporter_waited',
            field=models.BooleanField(default=False, verbose_name='exporter came and nobody met it'),
        ),
        migrations.AddField(
            model_name='party',
            name='was_taken_out',
            field=models.BooleanField(default=False, verbose_name='taken out by the organiser'),
        ),
        migrations.AlterField(
            model_name='meeting',
            name='state',
            field=models.CharField(choices=[('booked', 'booked'), ('cancelled', 'cancelled'), ('held', 'held'), ('missed', 'not held'), ('differs', 'the two sides differ')], db_index=True, default='booked', max_length=9, verbose_name='state'),
        ),
        migrations.RunPython(say_what_was_chosen, migrations.RunPython.noop),
    ]
