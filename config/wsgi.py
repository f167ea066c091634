from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

application = get_wsgi_application()

# The web has no right to read what people in care wrote; only care itself steps there.
from accounts.care.vault.wall import stay_outside  # noqa: E402 - after the apps are there

stay_outside()
