import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0046_lots_are_numbered_by_their_seller'),
        ('organisations', '0003_check_asked_at'),
    ]

    operations = [
        migrations.AlterField(
            model_name='lot',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lots', to='organisations.organisation', verbose_name='seller'),
        ),
        migrations.AddConstraint(
            model_name='lot',
            constraint=models.UniqueConstraint(models.F('organisation'), django.db.models.functions.text.Lower('code'), name='one_lot_per_seller_and_number'),
        ),
    ]
