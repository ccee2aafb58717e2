from django.db import migrations
from django.utils import timezone

EARLIER = "2026-11"


def end_what_was_signed_under_it(apps, schema_editor):
    """The earlier text did not name the own words for reports, which the door opens: whoever signed it decides anew."""
    now = timezone.now()
    alive = apps.get_model("care", "Consent").objects.filter(text_version=EARLIER, revoked_at=None, ends_at__gt=now)
    alive.filter(starts_at__gte=now).update(revoked_at=now)
    alive.filter(starts_at__lt=now).update(ends_at=now)


class Migration(migrations.Migration):
    dependencies = [("care", "0003_asked")]

    operations = [migrations.RunPython(end_what_was_signed_under_it, migrations.RunPython.noop)]
