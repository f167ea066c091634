from __future__ import annotations

from django.db import migrations

# Checked when the transaction ends, so that two changes may pass through a moment
# without an administrator; whoever commits last is refused if none is left. The lock
# on the organisation's row makes two such transactions wait for each other.
ADD_GUARD = """
CREATE FUNCTION accounts_employers_keep_an_admin() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM accounts_employers_organization
        WHERE id = OLD.organization_id FOR UPDATE;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM accounts_employers_membership
        WHERE organization_id = OLD.organization_id
          AND role = 'admin' AND is_active
    ) THEN
        RAISE EXCEPTION 'organisation % would be left without an administrator',
            OLD.organization_id
            USING ERRCODE = 'check_violation',
                  CONSTRAINT = 'organization_keeps_an_admin';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER organization_keeps_an_admin
    AFTER UPDATE OR DELETE ON accounts_employers_membership
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.role = 'admin' AND OLD.is_active)
    EXECUTE FUNCTION accounts_employers_keep_an_admin();
"""
DROP_GUARD = """
DROP TRIGGER organization_keeps_an_admin ON accounts_employers_membership;
DROP FUNCTION accounts_employers_keep_an_admin();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts_employers", "0002_initial")]

    operations = [migrations.RunSQL(ADD_GUARD, DROP_GUARD)]
