"""Files of other people, as they leave the house: sealed."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

# Whatever the bytes turn out to be, they may run nothing and load nothing.
SEALED = {
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def sealed_file(data: bytes, *, name: str, content_type: str) -> HttpResponse:
    """Pictures show in the page, everything else is saved."""
    is_saved = not content_type.startswith("image/")
    disposition = content_disposition_header(is_saved, name) or "attachment"
    headers = SEALED | {"Content-Disposition": disposition}
    return HttpResponse(data, content_type=content_type, headers=headers)
