from __future__ import annotations

from django.db import migrations

from accounts.care.vault.tables import in_care

# Signed words stay as they are. They go when their case has been closed for three years,
# or when everything of that person goes, which `services.forgetting` says beforehand. A
# new key of the person may seal them anew; the keyed hash beside them shows whether they
# are still the same words.
GUARDS = """
CREATE FUNCTION care.keep_note_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF current_setting('care.erasing', true) = OLD.subject_id::text THEN
            RETURN OLD;
        END IF;
        IF EXISTS (
            SELECT FROM care.accounts_care_notes_sessionnote AS note
            JOIN care.accounts_care_cases_case AS told ON told.id = note.case_id
            WHERE note.id = OLD.note_id AND told.closed_at < now() - interval '3 years'
        ) THEN
            RETURN OLD;
        END IF;
    ELSIF OLD.fields <> '' AND NEW.fields <> '' THEN
        OLD.fields := NEW.fields;
        IF OLD IS NOT DISTINCT FROM NEW THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER care_note_version_append_only
    BEFORE UPDATE OR DELETE ON accounts_care_notes_noteversion
    FOR EACH ROW EXECUTE FUNCTION care.keep_note_version();

-- A version is the next one, of the note's own person, by the note's own author.
CREATE FUNCTION care.check_note_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM care.accounts_care_notes_sessionnote AS note
        WHERE note.id = NEW.note_id AND note.subject_id = NEW.subject_id
            AND note.author_id = NEW.signed_by_id AND note.version + 1 = NEW.number
    ) THEN
        RAISE EXCEPTION '% does not follow', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER care_note_version_follows
    BEFORE INSERT ON accounts_care_notes_noteversion
    FOR EACH ROW EXECUTE FUNCTION care.check_note_version();

-- Whose note it is, about whom, and how often it was signed never goes back.
CREATE FUNCTION care.keep_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.case_id <> OLD.case_id OR NEW.subject_id <> OLD.subject_id
        OR NEW.author_id <> OLD.author_id OR NEW.version < OLD.version
        OR (OLD.version > 0 AND NEW.happened_on <> OLD.happened_on) THEN
        RAISE EXCEPTION '% keeps its person and its author', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER care_note_keeps
    BEFORE UPDATE ON accounts_care_notes_sessionnote
    FOR EACH ROW EXECUTE FUNCTION care.keep_note();
"""
NO_GUARDS = """
DROP TRIGGER care_note_version_append_only ON accounts_care_notes_noteversion;
DROP TRIGGER care_note_version_follows ON accounts_care_notes_noteversion;
DROP TRIGGER care_note_keeps ON accounts_care_notes_sessionnote;
DROP FUNCTION care.keep_note_version();
DROP FUNCTION care.check_note_version();
DROP FUNCTION care.keep_note();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts_care_notes", "0001_initial")]

    operations = [in_care(), migrations.RunSQL(GUARDS, NO_GUARDS)]
