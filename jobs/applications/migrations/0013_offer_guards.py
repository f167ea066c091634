from __future__ import annotations

from django.db import migrations

APPLICATIONS = "jobs_applications_application"
OFFERS = "jobs_applications_offer"
STEPS = "jobs_applications_applicationtransition"
WITH_OFFER = "'offered', 'hired', 'retracted', 'withdrawn', 'declined'"

# Offers from before: pay and first day is all that was said.
FILL = f"""
INSERT INTO {OFFERS} (
    application_id, number, made_at, made_by_id, base_pay, variable_text, pay_months,
    shift, rest, employment_type, start, city_code, district, street, other_terms,
    advert, differs, worse
)
SELECT application.id, 1, step.at, step.actor_id, application.offer_pay, '', 12,
       '', '', '', application.offer_start, '', '', '', '', '{{}}', '{{}}', '{{}}'
FROM {APPLICATIONS} AS application
JOIN LATERAL (
    SELECT at, actor_id FROM {STEPS}
    WHERE application_id = application.id AND event = 'offer'
    ORDER BY at DESC LIMIT 1
) AS step ON true
WHERE application.offer_pay > 0 AND application.offer_start IS NOT NULL
  AND application.state IN ({WITH_OFFER});
SET CONSTRAINTS ALL IMMEDIATE;
"""
# Three days at least to think it over, counted in Shanghai.
DAYS = f"""
ALTER TABLE {OFFERS} ADD CONSTRAINT offer_leaves_time CHECK (
    answer_by IS NULL
    OR answer_by >= (made_at AT TIME ZONE 'Asia/Shanghai')::date + 3
);
"""
# Revisions are added; the notices are noted once, the free words can be erased.
KEPT = "- 'reminded_at' - 'lapse_told_at' - 'other_terms'"
GUARDS = f"""
CREATE OR REPLACE FUNCTION jobs_applications_offer_made() RETURNS trigger AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM {APPLICATIONS}
        WHERE id = NEW.application_id AND state IN ({WITH_OFFER})
    ) THEN
        RAISE EXCEPTION 'an offer belongs to an application that has reached one'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER offer_made BEFORE INSERT ON {OFFERS}
FOR EACH ROW EXECUTE FUNCTION jobs_applications_offer_made();

CREATE TRIGGER only_added BEFORE DELETE ON {OFFERS}
FOR EACH ROW EXECUTE FUNCTION jobs_applications_append_only();

CREATE TRIGGER as_offered BEFORE UPDATE ON {OFFERS}
FOR EACH ROW WHEN (
    to_jsonb(OLD) {KEPT} IS DISTINCT FROM to_jsonb(NEW) {KEPT}
    OR (NEW.other_terms <> OLD.other_terms AND NEW.other_terms <> '')
    OR (OLD.reminded_at IS DISTINCT FROM NEW.reminded_at AND OLD.reminded_at IS NOT NULL)
    OR (
        OLD.lapse_told_at IS DISTINCT FROM NEW.lapse_told_at
        AND OLD.lapse_told_at IS NOT NULL
    )
) EXECUTE FUNCTION jobs_applications_append_only();
"""
BACK = f"""
DROP TRIGGER as_offered ON {OFFERS};
DROP TRIGGER only_added ON {OFFERS};
DROP TRIGGER offer_made ON {OFFERS};
DROP FUNCTION jobs_applications_offer_made();
ALTER TABLE {OFFERS} DROP CONSTRAINT offer_leaves_time;
"""


class Migration(migrations.Migration):
    """Offers are kept as they were made; the database itself leaves time to answer."""

    dependencies = [("jobs_applications", "0012_offers")]
    operations = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(DAYS + GUARDS, BACK),
    ]
