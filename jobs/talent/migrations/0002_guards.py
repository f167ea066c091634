from __future__ import annotations

from django.db import migrations

SETS = "jobs_talent_criteriaset"
CARDS = "jobs_talent_scorecard"
MARKS = "jobs_talent_cardmark"
POOL = "jobs_talent_poolentry"
CONSENTS = "accounts_consent_consent"

FORWARD = f"""
CREATE OR REPLACE FUNCTION jobs_talent_as_filled() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '% rows stay as they were written', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER as_chosen BEFORE UPDATE ON {SETS}
FOR EACH ROW EXECUTE FUNCTION jobs_talent_as_filled();
CREATE TRIGGER as_filled BEFORE UPDATE ON {CARDS}
FOR EACH ROW EXECUTE FUNCTION jobs_talent_as_filled();
CREATE TRIGGER as_filled BEFORE UPDATE ON {MARKS}
FOR EACH ROW EXECUTE FUNCTION jobs_talent_as_filled();

CREATE OR REPLACE FUNCTION jobs_talent_own_yes() RETURNS trigger AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM {CONSENTS} consent
        JOIN accounts_seekers_seekerprofile seeker ON seeker.id = NEW.seeker_id
        WHERE consent.id = NEW.consent_id
          AND consent.user_id = seeker.user_id
          AND consent.purpose = 'talent_pool'
          AND consent.scope = 'pool:' || NEW.public_id::text
          AND consent.withdrawn_at IS NULL
    ) THEN
        RAISE EXCEPTION 'keeping somebody in mind needs their own standing yes'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'pool_needs_own_yes';
    END IF;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER own_yes BEFORE INSERT OR UPDATE ON {POOL}
FOR EACH ROW WHEN (NEW.state = 'agreed')
EXECUTE FUNCTION jobs_talent_own_yes();
"""
BACK = f"""
DROP TRIGGER own_yes ON {POOL};
DROP FUNCTION jobs_talent_own_yes();
DROP TRIGGER as_filled ON {MARKS};
DROP TRIGGER as_filled ON {CARDS};
DROP TRIGGER as_chosen ON {SETS};
DROP FUNCTION jobs_talent_as_filled();
"""


class Migration(migrations.Migration):
    """The database itself keeps filled cards as they are, and asks for the person's yes."""

    dependencies = [
        ("accounts_consent", "0006_talent_pool"),
        ("jobs_talent", "0001_initial"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACK)]
