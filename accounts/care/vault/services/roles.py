"""Who may read what in the database; written anew after every migration."""

from __future__ import annotations

from typing import Any

from django.db import connection

from accounts.care.vault.wall import BEHIND, OUTSIDE, SCHEMA

# Roles belong to the whole server: another site or test run may make them just now.
# The names are constants of ours, which SQL takes no parameters for.
ROLES = f"""
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{OUTSIDE}') THEN
        CREATE ROLE {OUTSIDE} NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{BEHIND}') THEN
        CREATE ROLE {BEHIND} NOLOGIN;
    END IF;
    IF NOT pg_has_role('{BEHIND}', '{OUTSIDE}', 'MEMBER') THEN
        GRANT {OUTSIDE} TO {BEHIND};
    END IF;
    IF NOT pg_has_role(current_user, '{BEHIND}', 'MEMBER') THEN
        EXECUTE format('GRANT {BEHIND}, {OUTSIDE} TO %I', current_user);
    END IF;
EXCEPTION
    WHEN duplicate_object OR unique_violation OR internal_error THEN NULL;
END
$$;
"""  # noqa: S608
RIGHTS = f"""
GRANT USAGE ON SCHEMA public TO {OUTSIDE};
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA public TO {OUTSIDE};
GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {OUTSIDE};
ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON TABLES TO {OUTSIDE};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON SEQUENCES TO {OUTSIDE};
REVOKE ALL ON SCHEMA {SCHEMA} FROM PUBLIC, {OUTSIDE};
REVOKE ALL ON ALL TABLES IN SCHEMA {SCHEMA} FROM PUBLIC, {OUTSIDE};
GRANT USAGE ON SCHEMA {SCHEMA} TO {BEHIND};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {SCHEMA} TO {BEHIND};
GRANT ALL ON ALL SEQUENCES IN SCHEMA {SCHEMA} TO {BEHIND};
"""


def make_roles() -> None:
    with connection.cursor() as cursor:
        cursor.execute(ROLES)


def grant_rights(*, sender: Any = None, **signal: Any) -> None:
    """Once per run of `migrate`, when all tables are there; not when they are emptied."""
    if sender is not None and (
        sender.name != "accounts.care.vault" or "plan" not in signal
    ):
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace(%s)", [SCHEMA])
        if cursor.fetchone()[0] is None:
            return
        cursor.execute(ROLES)
        cursor.execute(RIGHTS)
