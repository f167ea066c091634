from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """Any request: htmx details are there, the person may be anonymous."""

    htmx: HtmxDetails
