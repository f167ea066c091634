from __future__ import annotations

from django.db import migrations

# What was said and what came back stays as it was until it is forgotten whole.
ONCE = ("jobs_webhooks_event", "jobs_webhooks_attempt")
FORWARD = """
CREATE FUNCTION jobs_webhooks_written_once() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '% rows are never changed', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END;
$$ LANGUAGE plpgsql;
""" + "".join(
    f"""
CREATE TRIGGER written_once BEFORE UPDATE ON {table}
FOR EACH ROW EXECUTE FUNCTION jobs_webhooks_written_once();
"""
    for table in ONCE
)
BACK = (
    "".join(f"DROP TRIGGER written_once ON {table};" for table in ONCE)
    + "DROP FUNCTION jobs_webhooks_written_once();"
)


class Migration(migrations.Migration):
    dependencies = [("jobs_webhooks", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
