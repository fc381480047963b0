from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fairs", "0015_stands_and_safety")]

    operations = [
        migrations.AddField(
            model_name="livequestion", name="is_veiled", field=models.BooleanField(default=False)
        ),
    ]
