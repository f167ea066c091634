from __future__ import annotations

from django.db import migrations

APPLICATIONS = "jobs_applications_application"
STEPS = "jobs_applications_applicationtransition"
MESSAGES = "jobs_applications_message"
SENT = (
    "snapshot",
    "message",
    "seeker_id",
    "posting_id",
    "organization_id",
    "consent_id",
    "declared_check",
    "declared_stage",
    "declared_reason",
)
FIXED = " OR ".join(
    f"OLD.{name} IS DISTINCT FROM NEW.{name}"
    for name in SENT
    if name not in {"snapshot", "message"}
)
# Once an application has ended, what was sent may be blanked: whole, and only so.
AS_SENT = f"""
CREATE OR REPLACE FUNCTION jobs_applications_as_sent() RETURNS trigger AS $$
BEGIN
    IF NEW.snapshot = '{{}}'::jsonb AND NEW.message = ''
        AND NEW.processed_at IS NOT NULL AND NOT ({FIXED})
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what was sent is never changed'
        USING ERRCODE = 'restrict_violation';
END;
$$ LANGUAGE plpgsql;
"""
AS_SENT_BEFORE = """
CREATE OR REPLACE FUNCTION jobs_applications_as_sent() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'what was sent is never changed'
        USING ERRCODE = 'restrict_violation';
END;
$$ LANGUAGE plpgsql;
"""
# A step keeps who, when, from where to where; its words may be blanked, never changed.
BLANKED = f"""
DROP TRIGGER append_only ON {STEPS};
CREATE TRIGGER append_only BEFORE DELETE ON {STEPS}
FOR EACH ROW EXECUTE FUNCTION jobs_applications_append_only();
CREATE TRIGGER only_blanked BEFORE UPDATE ON {STEPS}
FOR EACH ROW WHEN (
    NEW.reason <> '' OR NEW.detail <> '{{}}'::jsonb
    OR to_jsonb(OLD) - 'reason' - 'detail'
        IS DISTINCT FROM to_jsonb(NEW) - 'reason' - 'detail'
) EXECUTE FUNCTION jobs_applications_append_only();
DROP TRIGGER written_once ON {MESSAGES};
CREATE TRIGGER written_once BEFORE UPDATE ON {MESSAGES}
FOR EACH ROW WHEN (
    (OLD.read_at IS NOT NULL OR to_jsonb(OLD) - 'read_at'
        IS DISTINCT FROM to_jsonb(NEW) - 'read_at')
    AND NOT (NEW.body = '—' AND to_jsonb(OLD) - 'body' = to_jsonb(NEW) - 'body')
) EXECUTE FUNCTION jobs_applications_append_only();
"""
BACK = f"""
DROP TRIGGER only_blanked ON {STEPS};
DROP TRIGGER append_only ON {STEPS};
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {STEPS}
FOR EACH ROW EXECUTE FUNCTION jobs_applications_append_only();
DROP TRIGGER written_once ON {MESSAGES};
CREATE TRIGGER written_once BEFORE UPDATE ON {MESSAGES}
FOR EACH ROW WHEN (
    OLD.read_at IS NOT NULL OR to_jsonb(OLD) - 'read_at'
        IS DISTINCT FROM to_jsonb(NEW) - 'read_at'
) EXECUTE FUNCTION jobs_applications_append_only();
"""


class Migration(migrations.Migration):
    """What was said stays as it was said, or is gone with the person who said it."""

    dependencies = [("jobs_applications", "0010_attachments")]
    operations = [
        migrations.RunSQL(AS_SENT, AS_SENT_BEFORE),
        migrations.RunSQL(BLANKED, BACK),
    ]
