"""Every route, hung on the API: import it from here to find it whole."""

from __future__ import annotations

from jobs.api.rest import applications, organisation, postings
from jobs.api.rest.service import api

__all__ = ["api"]

for router in (organisation.router, postings.router, applications.router):
    api.add_router("", router)
