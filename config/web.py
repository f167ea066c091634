"""How gunicorn runs the site: loaded once, then shared by all workers.

Two workers that each load it for themselves need 160 MB more. `gunicorn -c python:config.web`
"""

from __future__ import annotations

import gc
from typing import Any

preload_app = True
# A long search must get our page: the answer of the server itself is bare English.
limit_request_line = 0


def pre_fork(_server: Any, _worker: Any) -> None:
    """What every worker needs is loaded before; nothing open is handed on."""
    from django.conf import settings
    from django.db import connections
    from django.urls import get_resolver
    from django.utils import translation

    from jobs.screening.rules.engine import warm_up

    # Addresses bring all views along.
    get_resolver()._populate()
    # Else the first advert that somebody writes waits three seconds for the rules.
    warm_up()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext("Jobs")
    connections.close_all()
    # Collecting would write to every page of memory, and each worker get its own.
    gc.collect()
    gc.freeze()
    # A page makes tens of thousands of objects, which go by themselves at its end.
    gc.set_threshold(20_000, 20, 20)
