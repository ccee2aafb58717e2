"""A source without a year says that none is known."""

from django.db import migrations, models


def mark_sources_without_a_year(apps, schema_editor):
    apps.get_model("library", "Source").objects.filter(year=None).update(year_unknown=True)


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0005_approvals"),
    ]

    operations = [
        migrations.AddField(
            model_name="source",
            name="year_unknown",
            field=models.BooleanField(
                default=False, help_text="Tick this only after you looked it up.", verbose_name="no year known"
            ),
        ),
        migrations.RunPython(mark_sources_without_a_year, migrations.RunPython.noop),
    ]
