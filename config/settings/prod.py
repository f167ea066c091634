from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from config import evidence
from config.env import env_flag, env_list, env_number, env_text
from config.settings.base import *

SECRET_KEY = env_text("ASHORE_SECRET_KEY")
FIELD_KEYS = env_list("ASHORE_FIELD_KEYS")
CARE_KEYS = env_list("ASHORE_CARE_KEYS")
DEMO = False

SECURE_SSL_REDIRECT = env_flag("ASHORE_SSL_REDIRECT", default=True)
# Asked by the machine next door, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env_number("ASHORE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True


def _refuse_unsafe_settings() -> None:
    reasons = {
        "Unset ASHORE_DEMO: the demo signs anyone in, so it never runs here.": (
            env_flag("ASHORE_DEMO", default=False)
        ),
        "Unset ASHORE_DEBUG: error pages would show private data.": (
            env_flag("ASHORE_DEBUG", default=False)
        ),
        "Set ASHORE_SECRET_KEY to at least 50 random characters.": (
            len(SECRET_KEY) < 50
        ),
        "Set ASHORE_FIELD_KEYS to at least one Fernet key.": not FIELD_KEYS,
        "Set ASHORE_CARE_KEYS to at least one Fernet key of its own.": (
            not CARE_KEYS or bool(set(CARE_KEYS) & set(FIELD_KEYS))
        ),
        "Set DATABASE_URL: the embedded database is for one computer.": (
            EMBEDDED_DATABASE
        ),
        "Set ASHORE_ALLOWED_HOSTS to the site's host names.": (
            not env_list("ASHORE_ALLOWED_HOSTS")
        ),
        "Set ASHORE_MAIL_URL: people would never get their codes.": (
            MAIL_URL.startswith("file:")
        ),
        "Set ASHORE_SMS_URL: people with a phone would never get their codes.": (
            SMS_URL.startswith("file:")
        ),
        "Install django-storages[s3] as docs/runbook.md says, or unset "
        "ASHORE_EVIDENCE_URL.": (bool(EVIDENCE_URL) and not evidence.s3_is_installed()),
    }
    for sentence, unsafe in reasons.items():
        if unsafe:
            raise ImproperlyConfigured(sentence)


_refuse_unsafe_settings()
