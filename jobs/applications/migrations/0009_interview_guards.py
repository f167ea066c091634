from __future__ import annotations

from django.db import migrations

SLOTS = "jobs_applications_interviewslot"
ROUNDS = "jobs_applications_interview"
STEPS = "jobs_applications_interviewstep"
FORWARD = f"""
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {STEPS}
FOR EACH ROW EXECUTE FUNCTION jobs_applications_append_only();

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {SLOTS}
FOR EACH ROW EXECUTE FUNCTION jobs_applications_append_only();

CREATE OR REPLACE FUNCTION jobs_applications_seat_exists() RETURNS trigger AS $$
BEGIN
    IF NEW.seat < 1 OR NEW.seat > (
        SELECT capacity FROM {SLOTS} WHERE id = NEW.slot_id
    ) THEN
        RAISE EXCEPTION 'this time has no seat %', NEW.seat
            USING ERRCODE = 'check_violation', CONSTRAINT = 'interview_seat_exists';
    END IF;
    IF NOT EXISTS (
        SELECT FROM jobs_applications_interviewoffer
        WHERE interview_id = NEW.id AND slot_id = NEW.slot_id
    ) THEN
        RAISE EXCEPTION 'this time was not offered'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'interview_was_offered';
    END IF;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER seat_exists BEFORE INSERT OR UPDATE ON {ROUNDS}
FOR EACH ROW WHEN (NEW.seat IS NOT NULL)
EXECUTE FUNCTION jobs_applications_seat_exists();
"""
BACK = f"""
DROP TRIGGER seat_exists ON {ROUNDS};
DROP FUNCTION jobs_applications_seat_exists();
DROP TRIGGER append_only ON {SLOTS};
DROP TRIGGER append_only ON {STEPS};
"""


class Migration(migrations.Migration):
    """A time stays as it was offered; nobody has a seat that it does not have."""

    dependencies = [("jobs_applications", "0008_interviews")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
