from __future__ import annotations

from django.db import migrations

APPLICATIONS = "jobs_applications_application"
CONSENTS = "accounts_consent_consent"

FORWARD = f"""
CREATE OR REPLACE FUNCTION jobs_applications_own_yes() RETURNS trigger AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM {CONSENTS} consent
        JOIN accounts_seekers_seekerprofile seeker ON seeker.id = NEW.seeker_id
        WHERE consent.id = NEW.consent_id
          AND consent.user_id = seeker.user_id
          AND consent.purpose = 'send_application'
          AND consent.scope = 'application:' || NEW.public_id::text
          AND consent.withdrawn_at IS NULL
    ) THEN
        RAISE EXCEPTION 'a prepared application needs the person''s own yes to it'
            USING ERRCODE = 'check_violation',
                  CONSTRAINT = 'application_prepared_needs_own_yes';
    END IF;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER own_yes BEFORE INSERT ON {APPLICATIONS}
FOR EACH ROW WHEN (NEW.sender_kind = 'counselor')
EXECUTE FUNCTION jobs_applications_own_yes();

CREATE OR REPLACE FUNCTION jobs_applications_sender_fixed() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'who wrote an application down is never changed'
        USING ERRCODE = 'restrict_violation';
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER sender_fixed BEFORE UPDATE ON {APPLICATIONS}
FOR EACH ROW WHEN (
    OLD.sender_kind IS DISTINCT FROM NEW.sender_kind
    OR OLD.prepared_by_id IS DISTINCT FROM NEW.prepared_by_id
)
EXECUTE FUNCTION jobs_applications_sender_fixed();
"""
BACK = f"""
DROP TRIGGER sender_fixed ON {APPLICATIONS};
DROP FUNCTION jobs_applications_sender_fixed();
DROP TRIGGER own_yes ON {APPLICATIONS};
DROP FUNCTION jobs_applications_own_yes();
"""


class Migration(migrations.Migration):
    """The database itself keeps prepared applications from going out without a yes."""

    dependencies = [
        ("accounts_consent", "0005_purposes_of_helping"),
        ("jobs_applications", "0014_prepared"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACK)]
