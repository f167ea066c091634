"""Which addresses we may read for somebody: https, by name, and public all the way."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_NAME = re.compile(r"^(?=.{4,253}$)([^\s./]+\.)+[^\s./\d][^\s./]*$")
LONGEST = 500


class AddressRefused(Exception):  # noqa: N818 - reads as the event it is
    """`code` names the sentence (jobs.feeds.texts)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def host_of(url: str) -> str:
    """The host of an address we may ask for; raises AddressRefused."""
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        raise AddressRefused("address") from None
    if parts.scheme != "https":
        raise AddressRefused("not_https")
    if len(url) > LONGEST or parts.username or parts.password:
        raise AddressRefused("address")
    if port not in {None, 443}:
        raise AddressRefused("port")
    if not _NAME.match(host):
        # A bare number, localhost, or a name without a dot.
        raise AddressRefused("not_a_name")
    return host
