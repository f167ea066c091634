from __future__ import annotations

from django.db import migrations

from accounts.care.vault.tables import in_care

# Lines are written once. They go with the person, or after three years, when erasing
# says so for its transaction; what is sealed in them may be sealed by a new key.
GUARDS = """
CREATE FUNCTION care.keep_flag_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('care.erasing', true) = 'yes' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.remark <> '' AND NEW.remark <> '' THEN
        OLD.remark := NEW.remark;
        IF OLD IS NOT DISTINCT FROM NEW THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER care_step_append_only
    BEFORE UPDATE OR DELETE ON accounts_care_safety_flagstep
    FOR EACH ROW EXECUTE FUNCTION care.keep_flag_step();

CREATE FUNCTION care.keep_try() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('care.erasing', true) = 'yes' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER care_try_append_only
    BEFORE UPDATE OR DELETE ON accounts_care_safety_contacttry
    FOR EACH ROW EXECUTE FUNCTION care.keep_try();

-- Of a forced look only the judgement is added, once.
CREATE FUNCTION care.keep_glass() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('care.erasing', true) = 'yes' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.reason <> '' THEN
        OLD.reason := NEW.reason;
        IF OLD.reviewed_at IS NULL THEN
            OLD.reviewer_id := NEW.reviewer_id;
            OLD.reviewed_at := NEW.reviewed_at;
            OLD.verdict := NEW.verdict;
            OLD.review_remark := NEW.review_remark;
        ELSIF OLD.review_remark <> '' AND NEW.review_remark <> '' THEN
            OLD.review_remark := NEW.review_remark;
        END IF;
        IF OLD IS NOT DISTINCT FROM NEW THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER care_glass_append_only
    BEFORE UPDATE OR DELETE ON accounts_care_safety_breakglass
    FOR EACH ROW EXECUTE FUNCTION care.keep_glass();
"""
NO_GUARDS = """
DROP TRIGGER care_step_append_only ON accounts_care_safety_flagstep;
DROP TRIGGER care_try_append_only ON accounts_care_safety_contacttry;
DROP TRIGGER care_glass_append_only ON accounts_care_safety_breakglass;
DROP FUNCTION care.keep_flag_step();
DROP FUNCTION care.keep_try();
DROP FUNCTION care.keep_glass();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts_care_safety", "0002_flags")]

    operations = [in_care(), migrations.RunSQL(GUARDS, NO_GUARDS)]
