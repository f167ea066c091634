"""Reading an address that somebody gave us, without being led anywhere else."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx
from django.conf import settings

from accounts.lib.addresses import is_public
from jobs.feeds.rules.addresses import AddressRefused, host_of
from jobs.feeds.rules.documents import LARGEST

SECONDS = 20.0
WHOLE = 60.0
MOST_HOPS = 4
ACCEPT = "application/ld+json, application/json, application/xml, text/xml;q=0.9"
_MOVED = frozenset({301, 302, 303, 307, 308})

# Every address that a name stands for.
Resolver = Callable[[str], Sequence[str]]


class FetchFailed(Exception):  # noqa: N818 - reads as the event it is
    """`code` names the sentence (jobs.feeds.texts)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Fetched:
    """`data` is None when nothing changed since the last time."""

    data: bytes | None
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""


def resolve(host: str) -> Sequence[str]:
    found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


@dataclass(frozen=True, slots=True)
class Fetcher:
    """What is used to look names up and to send: tests put their own here."""

    resolver: Resolver = resolve
    transport: httpx.BaseTransport | None = None

    def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
        """Raises FetchFailed. Each hop is looked up and checked on its own, and the
        connection goes to the very address that was checked."""
        headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        until = time.monotonic() + WHOLE
        # No proxy and no password from the surroundings.
        with httpx.Client(
            transport=self.transport,
            trust_env=False,
            timeout=SECONDS,
            follow_redirects=False,
        ) as client:
            for _hop in range(MOST_HOPS + 1):
                answer = self._ask(client, url, headers, until)
                if isinstance(answer, Fetched):
                    return answer
                url = _joined(url, answer)
        raise FetchFailed("redirects")

    def _ask(
        self, client: httpx.Client, url: str, headers: dict[str, str], until: float
    ) -> Fetched | str:
        """What the address answers, or where it sends us on."""
        host, address = self._checked(url)
        try:
            request = client.build_request(
                "GET",
                httpx.URL(url).copy_with(host=address),
                headers={
                    "Host": httpx.URL(url).netloc.decode("ascii"),
                    "Accept": ACCEPT,
                    "Accept-Encoding": "identity",
                    "User-Agent": f"Ashore-Feeds (+{settings.SITE_URL}/)",
                    **{name: value for name, value in headers.items() if value},
                },
                # The certificate has to be the name's, not the number's.
                extensions={
                    "sni_hostname": host,
                    "timeout": httpx.Timeout(SECONDS).as_dict(),
                },
            )
            response = client.send(request, stream=True)
            try:
                return _read(response, until)
            finally:
                response.close()
        except httpx.TimeoutException:
            raise FetchFailed("timeout") from None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            raise FetchFailed("connection") from None

    def _checked(self, url: str) -> tuple[str, str]:
        """The host in ASCII, and one of its addresses; all of them have to be public."""
        try:
            host_of(url)
            host = httpx.URL(url).raw_host.decode("ascii")
        except AddressRefused as error:
            raise FetchFailed(error.code) from None
        except (httpx.InvalidURL, UnicodeError):
            raise FetchFailed("address") from None
        try:
            addresses = list(self.resolver(host))
        except (OSError, UnicodeError):
            raise FetchFailed("dns") from None
        if not addresses:
            raise FetchFailed("dns")
        if not all(map(is_public, addresses)):
            raise FetchFailed("private")
        return host, addresses[0]


def _joined(url: str, target: str) -> str:
    try:
        return urljoin(url, target)
    except ValueError:
        raise FetchFailed("address") from None


def _read(response: httpx.Response, until: float) -> Fetched | str:
    if response.status_code == 304:
        return Fetched(None)
    if response.status_code in _MOVED and "location" in response.headers:
        return str(response.headers["location"])
    if response.status_code != 200:
        raise FetchFailed("gone" if response.status_code in {404, 410} else "status")
    parts: list[bytes] = []
    size = 0
    for part in response.iter_bytes():
        size += len(part)
        if size > LARGEST:
            raise FetchFailed("too_large")
        # Byte by byte for hours is a way to hold somebody up, too.
        if time.monotonic() > until:
            raise FetchFailed("timeout")
        parts.append(part)
    return Fetched(
        b"".join(parts),
        content_type=response.headers.get("content-type", "").lower()[:100],
        etag=response.headers.get("etag", "")[:200],
        last_modified=response.headers.get("last-modified", "")[:60],
    )
