from __future__ import annotations

import re
from typing import Any

from django.test import Client

UNRENDERED = re.compile(r"\{\{|\{%|\{#|#\}|%\}|\}\}")
INLINE_HANDLER = re.compile(r"<[^>]+\son[a-z]+\s*=", re.IGNORECASE)
INLINE_STYLE = re.compile(r"<[^>]+\sstyle\s*=|<style", re.IGNORECASE)
INLINE_SCRIPT = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)", re.I
)
# Nested objects end in braces; the template engine escapes what is written there.
JSON_DATA = re.compile(r"(<script[^>]*json[^>]*>).*?(?=</script>)", re.S)
PROBLEMS = {
    "an unrendered template tag": UNRENDERED,
    "an inline event handler": INLINE_HANDLER,
    "an inline style": INLINE_STYLE,
    "an inline script": INLINE_SCRIPT,
}


class StrictClient(Client):
    """Fails on markup that the content security policy or a reader would refuse."""

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        if "text/html" in response.get("Content-Type", "") and not response.streaming:
            page = JSON_DATA.sub(r"\1", response.content.decode())
            for name, pattern in PROBLEMS.items():
                found = pattern.search(page)
                assert found is None, f"{name}: {page[found.start() :][:120]}"
        return response
