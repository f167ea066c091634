from __future__ import annotations

from django.db import migrations

SEATS, SESSIONS = "accounts_cohorts_sessionseat", "accounts_cohorts_cohortsession"

FORWARD = f"""
CREATE OR REPLACE FUNCTION accounts_cohorts_no_extra_seat() RETURNS trigger AS $$
BEGIN
    IF NEW.number < 1 OR NEW.number > (
        SELECT seats FROM {SESSIONS} WHERE id = NEW.session_id
    ) THEN
        RAISE EXCEPTION 'the session has no such seat'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'seat_is_one_of_the_session';
    END IF;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER no_extra_seat BEFORE INSERT OR UPDATE ON {SEATS}
FOR EACH ROW EXECUTE FUNCTION accounts_cohorts_no_extra_seat();

CREATE OR REPLACE FUNCTION accounts_cohorts_seats_fixed() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'the number of seats is never changed'
        USING ERRCODE = 'restrict_violation';
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER seats_fixed BEFORE UPDATE ON {SESSIONS}
FOR EACH ROW WHEN (OLD.seats IS DISTINCT FROM NEW.seats)
EXECUTE FUNCTION accounts_cohorts_seats_fixed();
"""
BACK = f"""
DROP TRIGGER seats_fixed ON {SESSIONS};
DROP FUNCTION accounts_cohorts_seats_fixed();
DROP TRIGGER no_extra_seat ON {SEATS};
DROP FUNCTION accounts_cohorts_no_extra_seat();
"""


class Migration(migrations.Migration):
    """The database itself holds the number of seats."""

    dependencies = [("accounts_cohorts", "0002_sessions")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
