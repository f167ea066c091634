from __future__ import annotations

from django.db import migrations

from accounts.care.vault.tables import in_care

# A step is written once. It goes only when its case is gone, in the same transaction.
GUARDS = """
CREATE FUNCTION care.keep_case_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND NOT EXISTS (
        SELECT FROM care.accounts_care_cases_case WHERE id = OLD.case_id
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER care_case_step_append_only
    BEFORE UPDATE OR DELETE ON accounts_care_cases_casestep
    FOR EACH ROW EXECUTE FUNCTION care.keep_case_step();
"""
NO_GUARDS = """
DROP TRIGGER care_case_step_append_only ON accounts_care_cases_casestep;
DROP FUNCTION care.keep_case_step();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts_care_cases", "0002_work")]

    operations = [in_care(), migrations.RunSQL(GUARDS, NO_GUARDS)]
