from __future__ import annotations

from django.db import migrations

from accounts.care.vault.tables import in_care

# The log is written once. A line goes when its three years are over, and only then; its
# reason may be sealed by a new key, and nothing else of it changes.
GUARDS = """
CREATE FUNCTION care.keep_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.at < now() - interval '3 years' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.reason <> '' AND NEW.reason <> '' THEN
        OLD.reason := NEW.reason;
        IF OLD IS NOT DISTINCT FROM NEW THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER care_access_append_only
    BEFORE UPDATE OR DELETE ON accounts_care_vault_accessevent
    FOR EACH ROW EXECUTE FUNCTION care.keep_access();

-- Of a yes only its end is added, and that it was said before.
CREATE FUNCTION care.keep_grant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.revoked_at < now() - interval '3 years' THEN
            RETURN OLD;
        END IF;
    ELSIF OLD.revoked_at IS NULL OR NEW.revoked_at IS NOT DISTINCT FROM OLD.revoked_at THEN
        OLD.revoked_at := NEW.revoked_at;
        OLD.noticed_at := NEW.noticed_at;
        OLD.detail := NEW.detail;
        IF OLD IS NOT DISTINCT FROM NEW THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER care_grant_append_only
    BEFORE UPDATE OR DELETE ON accounts_care_vault_consentgrant
    FOR EACH ROW EXECUTE FUNCTION care.keep_grant();
"""
NO_GUARDS = """
DROP TRIGGER care_access_append_only ON accounts_care_vault_accessevent;
DROP TRIGGER care_grant_append_only ON accounts_care_vault_consentgrant;
DROP FUNCTION care.keep_access();
DROP FUNCTION care.keep_grant();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts_care_vault", "0001_initial")]

    operations = [in_care(), migrations.RunSQL(GUARDS, NO_GUARDS)]
