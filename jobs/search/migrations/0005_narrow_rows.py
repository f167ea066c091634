from __future__ import annotations

from django.db import migrations

# PostgreSQL looks for what to keep outside of a row only once the row is over 2 kB,
# whatever its toast_tuple_target. Most entries weigh 1.5 kB and kept all their words
# inside. The ballast takes every row over that mark: it is squeezed to 35 bytes first,
# then the words are moved out, and six times as many rows stand on a page.
NARROW = """
ALTER TABLE {table} SET (toast_tuple_target = 384);
ALTER TABLE {table} ADD COLUMN ballast text GENERATED ALWAYS AS (repeat(' ', 2000)) STORED;
"""
WIDE = """
ALTER TABLE {table} DROP COLUMN ballast;
ALTER TABLE {table} SET (toast_tuple_target = 128);
"""
TABLES = ("jobs_search_postingindex", "jobs_search_sampleindex")


class Migration(migrations.Migration):
    dependencies = [("jobs_search", "0004_words_outside")]
    operations = [
        migrations.RunSQL(NARROW.format(table=t), WIDE.format(table=t)) for t in TABLES
    ]
