"""How often somebody does something, for pages that are open to everybody."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def address_of(request: HttpRequest) -> str:
    return str(get_adapter().get_client_ip(request))


def within_rate(*, action: str, who: str, most: int, seconds: int) -> bool:
    """Count one more time; False when it was too often within so many seconds.

    Only a fingerprint of `who` is kept, and only as long as it counts.
    """
    digest = salted_hmac("accounts.identity.rates", f"{action}:{who}").hexdigest()
    key = f"rate:{digest}"
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key) <= most
    except ValueError:  # it ran out between the two calls
        return True
