from django.db import migrations
from django.db.models import F, OuterRef, Subquery


def say_who_sits(apps, schema_editor):
    """Each seat of a delegate is that of a person."""
    people = apps.get_model('matchmaking', 'Delegate').objects.filter(pk=OuterRef('delegate'))
    seats = apps.get_model('matchmaking', 'Seat').objects.filter(person=None, delegate__isnull=False)
    seats.update(person=Subquery(people.values('person')[:1]))


def say_who_is_late(apps, schema_editor):
    """What the last of the two said is what that side says."""
    Meeting = apps.get_model('matchmaking', 'Meeting')
    for side in ('buyer', 'exporter'):
        said = Meeting.objects.filter(**{'late_party__side': side}).values('pk')
        Meeting.objects.filter(pk__in=said).update(**{f'{side}_late': F('late_minutes')})


class Migration(migrations.Migration):

    dependencies = [
        ('matchmaking', '0016_what_each_side_says'),
    ]

    operations = [
        migrations.RunPython(say_who_sits, migrations.RunPython.noop),
        migrations.RunPython(say_who_is_late, migrations.RunPython.noop),
    ]
