from __future__ import annotations

from config.env import env_flag, env_text
from config.settings.base import *

# A laptop's key: it signs nothing that leaves the machine, and prod refuses it.
SECRET_KEY = env_text("ASHORE_SECRET_KEY", "not-a-secret-only-for-this-computer")
FIELD_KEYS = [
    env_text("ASHORE_FIELD_KEYS", "bm90LWEtc2VjcmV0LWp1c3QtZm9yLWEtbGFwdG9wISE=")
]
# What the keys of people in care are sealed with.
CARE_KEYS = [
    env_text("ASHORE_CARE_KEYS", "Y2FyZS1rZXlzLWZvci1hLWxhcHRvcC0tLS0tLS0tLS0=")
]
DEBUG = env_flag("ASHORE_DEBUG", default=False)
DEMO = env_flag("ASHORE_DEMO", default=True)
# Passkeys over plain http, which browsers allow for localhost only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
if DEBUG:
    # A changed template shows at once.
    PAGES_KEPT_FOR = 0
WEBHOOKS_LOCAL = env_flag("ASHORE_WEBHOOKS_LOCAL", default=False)
