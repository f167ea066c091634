"""Which addresses we may read for somebody: https, by name, and public all the way."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

# Public by their form, but they lead on to addresses that need not be.
_CLOSED = tuple(
    ipaddress.ip_network(text)
    for text in (
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2001::/32",
        "2002::/16",
        "192.88.99.0/24",
        # For the network itself; versions of Python differ about parts of it.
        "192.0.0.0/24",
    )
)
# All that has been given out for the open internet so far.
_UNICAST = ipaddress.ip_network("2000::/3")
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


def is_public(text: str) -> bool:
    """Whether an address is one of the open internet; anything odd is not."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    if mapped is not None:
        address = mapped
    if address.version == 6 and address not in _UNICAST:
        return False
    if any(address in network for network in _CLOSED):
        return False
    return address.is_global and not address.is_multicast
