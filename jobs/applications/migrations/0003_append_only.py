from __future__ import annotations

from django.db import migrations

STEPS = "jobs_applications_applicationtransition"
APPLICATIONS = "jobs_applications_application"
# What was sent, by whom, to whom, with which consent.
FIXED = ("snapshot", "message", "seeker_id", "posting_id", "organization_id", "consent_id")
CHANGED = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in FIXED)

FORWARD = f"""
CREATE OR REPLACE FUNCTION jobs_applications_append_only() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '% rows are only ever added', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {STEPS}
FOR EACH ROW EXECUTE FUNCTION jobs_applications_append_only();

CREATE OR REPLACE FUNCTION jobs_applications_as_sent() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'what was sent is never changed'
        USING ERRCODE = 'restrict_violation';
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER as_sent BEFORE UPDATE ON {APPLICATIONS}
FOR EACH ROW WHEN ({CHANGED}) EXECUTE FUNCTION jobs_applications_as_sent();
"""
BACK = f"""
DROP TRIGGER as_sent ON {APPLICATIONS};
DROP FUNCTION jobs_applications_as_sent();
DROP TRIGGER append_only ON {STEPS};
DROP FUNCTION jobs_applications_append_only();
"""


class Migration(migrations.Migration):
    """The database itself keeps an application's history, and what was sent, as it was."""

    dependencies = [("jobs_applications", "0002_applicationtransition_detail")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
