from django.db import migrations


def move_messages(apps, schema_editor):
    """What a request said is the first message of whoever was held to have asked."""
    Message = apps.get_model("matchmaking", "RequestMessage")
    said = apps.get_model("matchmaking", "Request").objects.exclude(message="").order_by("pk")
    Message.objects.bulk_create(
        (
            Message(
                request_id=one.pk,
                side=one.asked_by,
                person_id=one.asked_person_id,
                text=one.message,
                state=one.message_state,
                said_at=one.asked_at,
            )
            for one in said.iterator(chunk_size=1000)
        ),
        batch_size=1000,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('matchmaking', '0006_messages_of_requests'),
    ]

    operations = [
        migrations.RunPython(move_messages, migrations.RunPython.noop),
    ]
