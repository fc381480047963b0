from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('fairs', '0013_calls'),
    ]

    operations = [
        migrations.CreateModel(
            name='LiveProcess',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('process', models.CharField(max_length=32, unique=True)),
                ('at', models.DateTimeField()),
                ('figures', models.JSONField(default=dict)),
            ],
            options={
                'verbose_name': 'process of live rooms',
                'verbose_name_plural': 'processes of live rooms',
                'ordering': ['process'],
            },
        ),
    ]
