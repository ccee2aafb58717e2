"""What a read looked at. SQLite makes the table anew for it, which takes the trigger of 0002 away: it is put back."""

from django.db import migrations, models

SQLITE = (
    "DROP TRIGGER IF EXISTS accounts_accessrecord_no_update",
    "CREATE TRIGGER accounts_accessrecord_no_update BEFORE UPDATE ON accounts_accessrecord "
    "BEGIN SELECT RAISE(ABORT, 'the access record is append-only'); END;",
)


def refuse_updates_again(apps, schema_editor):
    """On SQLite; PostgreSQL keeps its trigger."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else ():
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_receipt'),
    ]

    operations = [
        migrations.AddField(
            model_name='accessrecord',
            name='categories',
            field=models.CharField(blank=True, default='', max_length=120),
        ),
        migrations.AddField(
            model_name='accessrecord',
            name='consent_id',
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='accessrecord',
            name='first_day',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='accessrecord',
            name='last_day',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='accessrecord',
            name='page',
            field=models.CharField(blank=True, default='', max_length=20),
        ),
        migrations.AlterField(
            model_name='accessrecord',
            name='action',
            field=models.CharField(choices=[('account-opened', 'Account opened'), ('exported', 'Downloaded all records'), ('recovered', 'Password set with the recovery code'), ('code-made', 'New recovery code made'), ('account-closed', 'Account closed'), ('bin-emptied', 'Rows removed from the bin after 30 days'), ('consented', 'Sharing allowed'), ('consent-undone', 'Sharing taken back before it began'), ('consent-narrowed', 'Sharing made smaller'), ('consent-paused', 'Sharing paused'), ('consent-resumed', 'Sharing goes on'), ('consent-revoked', 'Sharing stopped'), ('read', 'Looked at by a counselor'), ('wrote', 'A counselor wrote to you'), ('printed', 'A counselor made a report'), ('refused', 'Somebody was refused')], max_length=30),
        ),
        migrations.AlterField(
            model_name='accessrecord',
            name='category',
            field=models.CharField(blank=True, choices=[('check-ins', 'check-ins'), ('cravings', 'cravings'), ('lapses', 'returns to use'), ('entries', 'journal entries'), ('goals', 'goals'), ('plan', 'my plan'), ('insights', 'insights'), ('reading', 'reading'), ('account', 'account'), ('contact', 'messages and plans for next time'), ('notes', 'own notes')], max_length=20),
        ),
        migrations.RunPython(refuse_updates_again, migrations.RunPython.noop),
    ]
