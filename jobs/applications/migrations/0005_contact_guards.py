from __future__ import annotations

from django.db import migrations

APPLICATIONS = "jobs_applications_application"
ATTEMPTS = "jobs_applications_contactattempt"
# What may still be written once, by table; a filled-in value stays.
LATER = {
    ATTEMPTS: ("outcome", "outcome_at"),
    "jobs_applications_contactstop": ("lifted_at",),
    "jobs_applications_message": ("read_at",),
    "jobs_applications_checkrequest": ("answer", "answered_at"),
}
SENT = ("snapshot", "message", "seeker_id", "posting_id", "organization_id", "consent_id")
DECLARED = ("declared_check", "declared_stage", "declared_reason")


def as_sent(names: tuple[str, ...]) -> str:
    changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in names)
    return f"""
DROP TRIGGER as_sent ON {APPLICATIONS};
CREATE TRIGGER as_sent BEFORE UPDATE ON {APPLICATIONS}
FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION jobs_applications_as_sent();
"""


def once(table: str, names: tuple[str, ...]) -> str:
    """Refuses deletion, any other change, and a second change of what comes later."""
    last = names[-1]
    rest = " ".join(f"- '{name}'" for name in names)
    return f"""
CREATE TRIGGER only_added BEFORE DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION jobs_applications_append_only();
CREATE TRIGGER written_once BEFORE UPDATE ON {table}
FOR EACH ROW WHEN (
    OLD.{last} IS NOT NULL OR to_jsonb(OLD) {rest} IS DISTINCT FROM to_jsonb(NEW) {rest}
) EXECUTE FUNCTION jobs_applications_append_only();
"""


def forget(table: str) -> str:
    return f"""
DROP TRIGGER only_added ON {table};
DROP TRIGGER written_once ON {table};
"""


# Applications from before the question: what their posting says today.
FILL = f"""
UPDATE {APPLICATIONS} AS application
SET declared_check = posting.screening_required,
    declared_stage = posting.screening_stage,
    declared_reason = posting.screening_reason
FROM jobs_postings_posting AS posting
WHERE posting.id = application.posting_id AND posting.screening_required <> 'none';
"""
# A look at the number: by day, on the day it is counted for. Words of an employer: by day.
HOURS = f"""
ALTER TABLE {ATTEMPTS} ADD CONSTRAINT attempt_by_day CHECK (
    number IS NULL
    OR EXTRACT(HOUR FROM at AT TIME ZONE 'Asia/Shanghai') BETWEEN 8 AND 21
);
ALTER TABLE {ATTEMPTS} ADD CONSTRAINT attempt_on_its_day CHECK (
    day = (at AT TIME ZONE 'Asia/Shanghai')::date
);
ALTER TABLE jobs_applications_message ADD CONSTRAINT message_arrives_by_day CHECK (
    side <> 'employer'
    OR EXTRACT(HOUR FROM visible_at AT TIME ZONE 'Asia/Shanghai') BETWEEN 8 AND 21
);
"""
CHECKS = f"""
CREATE OR REPLACE FUNCTION jobs_applications_check_declared() RETURNS trigger AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM {APPLICATIONS} AS application
        WHERE application.id = NEW.application_id
          AND application.state = NEW.asked_in_state
          AND application.declared_check = NEW.kind
          AND application.declared_reason <> ''
          AND (
              application.declared_stage = 'interview'
              OR application.declared_stage = NEW.asked_in_state
          )
    ) THEN
        RAISE EXCEPTION 'the posting did not declare this check for this stage'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER check_declared BEFORE INSERT ON jobs_applications_checkrequest
FOR EACH ROW EXECUTE FUNCTION jobs_applications_check_declared();
"""
BACK = """
ALTER TABLE jobs_applications_contactattempt DROP CONSTRAINT attempt_by_day;
ALTER TABLE jobs_applications_contactattempt DROP CONSTRAINT attempt_on_its_day;
ALTER TABLE jobs_applications_message DROP CONSTRAINT message_arrives_by_day;
DROP TRIGGER check_declared ON jobs_applications_checkrequest;
DROP FUNCTION jobs_applications_check_declared();
"""


class Migration(migrations.Migration):
    """The database itself holds the limits and keeps what was said and done."""

    dependencies = [("jobs_applications", "0004_contact")]
    operations = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(as_sent(SENT + DECLARED), as_sent(SENT)),
        migrations.RunSQL(
            "".join(once(table, names) for table, names in LATER.items()),
            "".join(forget(table) for table in LATER),
        ),
        migrations.RunSQL(HOURS + CHECKS, BACK),
    ]
