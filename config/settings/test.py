from __future__ import annotations

from config.settings.base import *

SECRET_KEY = "tests"
FIELD_KEYS = ["bm90LWEtc2VjcmV0LWp1c3QtZm9yLWEtbGFwdG9wISE="]
CARE_KEYS = ["Y2FyZS1rZXlzLWZvci1hLWxhcHRvcC0tLS0tLS0tLS0="]
DEMO = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "evidence": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
# No test pulls the plug of the database: a commit need not wait for the disk.
DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"
CELERY_BROKER_URL = "memory://"
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "pages")
}
# Pages asked by a test work with the rights that they have in production.
MIDDLEWARE = [*MIDDLEWARE, "tests.wall.OutsideMiddleware"]
# What a test changed it sees; the tests of kept pages turn them on.
PAGES_KEPT_FOR = 0
# Tests begin with switches known to be untouched; changing one makes them be read.
SWITCHES_KEPT_FOR = None
# Written where a test asks for it: no page of another one writes in between.
COUNTS_WAIT_FOR = None
# Passkeys over plain http, which browsers allow for localhost only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
# Nothing that a site wrote reaches a test; those that write set a folder of their own.
MATCHING_DIR = VAR_DIR / "none"
