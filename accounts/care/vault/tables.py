from __future__ import annotations

from django.db import migrations

IN_CARE = "SET LOCAL search_path TO care, public"


def in_care() -> migrations.RunSQL:
    """First operation of every migration that makes a table: it comes to lie in `care`."""
    return migrations.RunSQL(
        f"CREATE SCHEMA IF NOT EXISTS care; {IN_CARE}", reverse_sql=IN_CARE
    )
