from __future__ import annotations

from django.db import migrations

TABLES = (
    "jobs_screening_reporttransition",
    "jobs_screening_sanctiontransition",
    "jobs_screening_appealtransition",
)
TRIGGER = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION jobs_screening_append_only();
"""


class Migration(migrations.Migration):
    """The histories of reports, measures and objections stay as they were written."""

    dependencies = [("jobs_screening", "0003_reports")]
    operations = [
        migrations.RunSQL(
            "".join(TRIGGER.format(table=table) for table in TABLES),
            "".join(f"DROP TRIGGER append_only ON {table};" for table in TABLES),
        )
    ]
