from django.db import migrations, models
from django.db.models import F
from django.utils import timezone


def asked_when_connected(apps, schema_editor):
    """Until now a person was asked once, when the connection was made."""
    apps.get_model("care", "Connection").objects.update(asked_at=F("created_at"))


class Migration(migrations.Migration):
    dependencies = [("care", "0002_statement")]

    operations = [
        migrations.AddField(
            model_name="connection",
            name="asked_at",
            field=models.DateTimeField(default=timezone.now),
        ),
        migrations.RunPython(asked_when_connected, migrations.RunPython.noop),
    ]
