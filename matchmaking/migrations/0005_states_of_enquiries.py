from django.db import migrations, models


def tell_states(apps, schema_editor):
    """What was answered is; what waits on somebody who is gone, or for meetings that ended, waits no more."""
    enquiries = apps.get_model("matchmaking", "Enquiry").objects
    enquiries.exclude(answered_at=None).update(state="answered")
    waiting = enquiries.filter(state="waiting")
    waiting.filter(buyer__left_at__isnull=False).update(state="withdrawn")
    waiting.filter(exporter__left_at__isnull=False).update(state="lapsed")
    waiting.filter(edition__matching__state="ended").update(state="lapsed")


class Migration(migrations.Migration):

    dependencies = [
        ('matchmaking', '0004_recommendations'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='enquiry',
            name='one_waiting_enquiry_per_pair',
        ),
        migrations.RemoveConstraint(
            model_name='enquiry',
            name='answered_enquiry_has_words',
        ),
        migrations.AddField(
            model_name='enquiry',
            name='state',
            field=models.CharField(choices=[('waiting', 'waits for an answer'), ('answered', 'answered'), ('withdrawn', 'taken back'), ('lapsed', 'closed without an answer')], default='waiting', max_length=9, verbose_name='state'),
        ),
        migrations.RunPython(tell_states, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='enquiry',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('buyer', 'exporter'), name='one_waiting_enquiry_per_pair'),
        ),
        migrations.AddConstraint(
            model_name='enquiry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('state', 'answered'), _negated=True), ('answer', ''), ('answered_at', None)), models.Q(('answered_at__isnull', False), ('state', 'answered'), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='answered_enquiry_has_words'),
        ),
    ]
