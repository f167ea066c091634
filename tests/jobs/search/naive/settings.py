"""Next to nothing stands between the server and the view."""

from __future__ import annotations

from config.settings.dev import *  # noqa: F403

# allauth does not start without it.
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]
ROOT_URLCONF = "tests.jobs.search.naive.urls"
