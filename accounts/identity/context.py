from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from accounts.identity.switches import announcement
from accounts.lib.kept_copies import is_kept_copy


def announced(request: HttpRequest) -> dict[str, Any]:
    """The operator's sentence in the reader's language. A copy that a device keeps
    would go on showing it after its end."""
    found = None if is_kept_copy(request) else announcement()
    if found is None:
        return {"announcement": ""}
    name = (get_language() or "zh-hans").replace("-", "_")
    return {"announcement": getattr(found, name, found.zh_hans)}
