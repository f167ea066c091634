"""Whether an internet address may be connected to on somebody's word."""

from __future__ import annotations

import ipaddress

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
