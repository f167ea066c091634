from __future__ import annotations

from django.http import HttpRequest

from jobs.insights.enums import Seen
from jobs.insights.rules.sources import is_machine, source_of
from jobs.insights.services.counting import count_seen
from jobs.postings.models import Posting


def note_opened(request: HttpRequest, posting: Posting) -> None:
    """One look at an open posting. Nothing of the request is kept but its source."""
    if is_machine(request.headers.get("User-Agent", "")):
        return
    source = source_of(
        referer=request.headers.get("Referer", ""),
        host=request.get_host(),
        named=request.GET.get("from", ""),
    )
    count_seen(Seen.OPENED, source, [posting.pk], request.user)
