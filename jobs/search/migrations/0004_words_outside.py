from __future__ import annotations

from django.db import migrations

# Rows without their words are ten times narrower: what the index found is read at once.
# Uncompressed, because a walk along an order unpacks hundreds of them.
OUTSIDE = """
ALTER TABLE {table} ALTER COLUMN words SET STORAGE EXTERNAL;
ALTER TABLE {table} SET (toast_tuple_target = 128);
"""
INSIDE = """
ALTER TABLE {table} ALTER COLUMN words SET STORAGE EXTENDED;
ALTER TABLE {table} RESET (toast_tuple_target);
"""
# What older entries lack, until reindex has written them anew.
FILL = """
UPDATE jobs_search_postingindex AS entry SET
  posted = extract(epoch FROM posting.published_at)::bigint,
  rank = extract(epoch FROM posting.published_at)::bigint,
  valid_through = posting.valid_through,
  lowest_pay = coalesce(posting.pay_min, 0),
  city_code = posting.city_code,
  place_code = posting.city_code,
  education = CASE WHEN posting.experience_in_place_of_education THEN 'none'
                   ELSE posting.education END,
  shift = posting.shift,
  channel = posting.channel,
  employment = posting.employment_type,
  occupation = posting.occupation
FROM jobs_postings_posting AS posting
WHERE posting.id = entry.posting_id AND posting.state = 'published'
"""
TABLES = ("jobs_search_postingindex", "jobs_search_sampleindex")


class Migration(migrations.Migration):
    dependencies = [("jobs_search", "0003_rows_that_join_nothing")]
    operations = [
        *(
            migrations.RunSQL(OUTSIDE.format(table=t), INSIDE.format(table=t))
            for t in TABLES
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
