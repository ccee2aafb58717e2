"""Let the database itself refuse to change a line of the access record."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER accounts_accessrecord_no_update BEFORE UPDATE ON accounts_accessrecord
BEGIN SELECT RAISE(ABORT, 'the access record is append-only'); END;
"""
POSTGRES = """
CREATE FUNCTION accounts_accessrecord_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the access record is append-only'; END $$;
CREATE TRIGGER accounts_accessrecord_no_update BEFORE UPDATE ON accounts_accessrecord
FOR EACH ROW EXECUTE FUNCTION accounts_accessrecord_refuse();
"""


def refuse_updates(apps, schema_editor):
    """Each engine in its own words."""
    schema_editor.execute(SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES)


def allow_updates(apps, schema_editor):
    """The way back."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER accounts_accessrecord_no_update")
    else:
        schema_editor.execute("DROP TRIGGER accounts_accessrecord_no_update ON accounts_accessrecord")
        schema_editor.execute("DROP FUNCTION accounts_accessrecord_refuse()")


class Migration(migrations.Migration):
    """Triggers on both engines."""

    dependencies = [("accounts", "0001_people")]
    operations = [migrations.RunPython(refuse_updates, allow_updates)]
