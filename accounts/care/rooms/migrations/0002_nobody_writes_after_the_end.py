from __future__ import annotations

from django.db import migrations

from accounts.care.vault.tables import in_care

# A room that ended takes no line, whatever code tries it, and never opens again.
GUARDS = """
CREATE FUNCTION care.only_while_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM care.accounts_care_rooms_room
        WHERE id = NEW.room_id AND state = 'open'
    ) THEN
        RAISE EXCEPTION 'this talk has ended' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER care_line_only_while_open
    BEFORE INSERT ON accounts_care_rooms_line
    FOR EACH ROW EXECUTE FUNCTION care.only_while_open();

CREATE FUNCTION care.stay_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'ended' AND (
        NEW.state <> 'ended' OR NEW.ended_at IS DISTINCT FROM OLD.ended_at
    ) THEN
        RAISE EXCEPTION 'this talk has ended' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER care_room_stays_ended
    BEFORE UPDATE ON accounts_care_rooms_room
    FOR EACH ROW EXECUTE FUNCTION care.stay_ended();
"""
NO_GUARDS = """
DROP TRIGGER care_line_only_while_open ON accounts_care_rooms_line;
DROP TRIGGER care_room_stays_ended ON accounts_care_rooms_room;
DROP FUNCTION care.only_while_open();
DROP FUNCTION care.stay_ended();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts_care_rooms", "0001_initial")]

    operations = [in_care(), migrations.RunSQL(GUARDS, NO_GUARDS)]
