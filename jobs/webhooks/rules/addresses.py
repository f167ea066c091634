"""Which addresses notices may be sent to: only such as anybody could reach.

A name is looked at when it is typed and again, with what it leads to, at every sending:
it may lead somewhere else by then, such as into the site's own network.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass

import httpx

from accounts.lib.addresses import is_public

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
HTTPS = 443
LOWEST_FREE_PORT = 1024
LONGEST = 500
_LOCAL_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home.arpa")


class AddressRefused(Exception):  # noqa: N818 - reads as the event it is
    """`code` says what is wrong with the address that was typed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart; `host` is what the receiver is called on the wire."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        usual = HTTPS if self.scheme == "https" else 80
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == usual else f"{name}:{self.port}"


def target_of(written: str, *, is_local_allowed: bool = False) -> Target:
    """Raises AddressRefused. `is_local_allowed` is for one's own computer."""
    if len(written) > LONGEST:
        raise AddressRefused("long")
    try:
        url = httpx.URL(written)
    except (httpx.InvalidURL, UnicodeError) as error:
        raise AddressRefused("unreadable") from error
    if url.scheme not in ("https", "http") or not url.host:
        raise AddressRefused("unreadable")
    if url.userinfo:
        raise AddressRefused("password")
    host = url.raw_host.decode("ascii").rstrip(".")
    port = url.port or (HTTPS if url.scheme == "https" else 80)
    target = Target(url.scheme, host, port, url.raw_path.decode("ascii"))
    if is_local_allowed:
        return target
    _refuse_what_is_not_public(target)
    return target


def _refuse_what_is_not_public(target: Target) -> None:
    if target.scheme != "https":
        raise AddressRefused("http")
    if target.port != HTTPS and target.port < LOWEST_FREE_PORT:
        raise AddressRefused("port")
    address = _as_number(target.host)
    if address is not None:
        if not is_public(str(address)):
            raise AddressRefused("private")
    elif "." not in target.host or _is_local(target.host):
        raise AddressRefused("private")


def _as_number(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _is_local(host: str) -> bool:
    return any(host == name or host.endswith(f".{name}") for name in _LOCAL_NAMES)


def tidy(written: str) -> str:
    """As it is stored: without blanks around it and without a fragment."""
    text = written.strip()
    try:
        return str(httpx.URL(text).copy_with(fragment=None))
    except (httpx.InvalidURL, UnicodeError):
        return text


def first_public(found: Iterable[str]) -> str | None:
    """The address to connect to; none where even one of them is not public.

    A name that leads to both is not a receiver but an attempt.
    """
    addresses = [text.partition("%")[0] for text in found]
    if not addresses or not all(map(is_public, addresses)):
        return None
    return addresses[0]
