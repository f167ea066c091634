from __future__ import annotations

from django.db import migrations, models

# The trail is written once: not even the application's own account may change it.
REFUSE_CHANGES = """
CREATE FUNCTION accounts_identity_refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER auditevent_append_only
    BEFORE UPDATE OR DELETE ON accounts_identity_auditevent
    FOR EACH ROW EXECUTE FUNCTION accounts_identity_refuse_change();
"""
ALLOW_CHANGES = """
DROP TRIGGER auditevent_append_only ON accounts_identity_auditevent;
DROP FUNCTION accounts_identity_refuse_change();
"""
# What `createcachetable` would make, so that `migrate` alone is enough.
CREATE_CACHE = """
CREATE TABLE accounts_identity_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX accounts_identity_cache_expires ON accounts_identity_cache (expires);
"""
DROP_CACHE = "DROP TABLE accounts_identity_cache;"


class Migration(migrations.Migration):
    dependencies = [("accounts_identity", "0001_initial")]

    operations = [
        migrations.AddField(
            "outboxmessage",
            "priority",
            models.PositiveSmallIntegerField(default=5),
        ),
        migrations.AddField(
            "outboxmessage",
            "expires_at",
            models.DateTimeField(blank=True, null=True),
        ),
        migrations.RemoveIndex("outboxmessage", "outbox_waiting"),
        migrations.AddIndex(
            "outboxmessage",
            models.Index(
                condition=models.Q(("state", "pending")),
                fields=["-priority", "due_at"],
                name="outbox_waiting",
            ),
        ),
        migrations.RunSQL(REFUSE_CHANGES, ALLOW_CHANGES),
        migrations.RunSQL(CREATE_CACHE, DROP_CACHE),
    ]
