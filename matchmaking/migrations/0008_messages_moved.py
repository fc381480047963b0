from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('matchmaking', '0007_messages_move'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='request',
            name='message',
        ),
        migrations.RemoveField(
            model_name='request',
            name='message_state',
        ),
    ]
