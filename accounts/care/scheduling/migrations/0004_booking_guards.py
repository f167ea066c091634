from __future__ import annotations

from django.db import migrations

from accounts.care.vault.tables import in_care

APP = "accounts_care_scheduling"
# A step is never changed, and goes only with its appointment. A group has as many chairs
# as it was opened with.
GUARDS = f"""
CREATE FUNCTION care.keep_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND NOT EXISTS (
        SELECT FROM care.{APP}_appointment WHERE id = OLD.appointment_id
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER care_step_append_only
    BEFORE UPDATE OR DELETE ON {APP}_appointmentstep
    FOR EACH ROW EXECUTE FUNCTION care.keep_step();

CREATE FUNCTION care.no_extra_chair() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.number > (SELECT seats FROM care.{APP}_group WHERE id = NEW.group_id) THEN
        RAISE EXCEPTION 'the group has no such chair'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'care_seat_is_in_the_group';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER care_seat_no_extra
    BEFORE INSERT OR UPDATE ON {APP}_seat
    FOR EACH ROW EXECUTE FUNCTION care.no_extra_chair();

CREATE FUNCTION care.keep_chairs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the number of chairs is never changed'
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER care_group_chairs_fixed
    BEFORE UPDATE ON {APP}_group
    FOR EACH ROW WHEN (OLD.seats IS DISTINCT FROM NEW.seats)
    EXECUTE FUNCTION care.keep_chairs();
"""  # noqa: S608
NO_GUARDS = f"""
DROP TRIGGER care_group_chairs_fixed ON {APP}_group;
DROP FUNCTION care.keep_chairs();
DROP TRIGGER care_seat_no_extra ON {APP}_seat;
DROP FUNCTION care.no_extra_chair();
DROP TRIGGER care_step_append_only ON {APP}_appointmentstep;
DROP FUNCTION care.keep_step();
"""


class Migration(migrations.Migration):
    dependencies = [(APP, "0003_booking")]

    operations = [in_care(), migrations.RunSQL(GUARDS, NO_GUARDS)]
