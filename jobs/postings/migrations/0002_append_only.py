from __future__ import annotations

from django.db import migrations

TABLES = ("jobs_postings_postingtransition", "jobs_postings_postingrevision")

FUNCTION = """
CREATE OR REPLACE FUNCTION jobs_postings_append_only() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '% rows are only ever added', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END;
$$ LANGUAGE plpgsql;
"""
TRIGGER = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION jobs_postings_append_only();
"""


class Migration(migrations.Migration):
    """History stays as it was written: no row is changed or deleted, not even with its
    posting (postings end, they are not deleted)."""

    dependencies = [("jobs_postings", "0001_initial")]
    operations = [
        migrations.RunSQL(
            FUNCTION + "".join(TRIGGER.format(table=table) for table in TABLES),
            "".join(f"DROP TRIGGER append_only ON {table};" for table in TABLES)
            + "DROP FUNCTION jobs_postings_append_only();",
        )
    ]
