"""One notice over the wire: to an address that was looked at a moment before."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpcore
from django.conf import settings

from jobs.webhooks.enums import Problem
from jobs.webhooks.rules.addresses import (
    AddressRefused,
    Target,
    first_public,
    target_of,
)
from jobs.webhooks.rules.payloads import excerpt_of

# For the whole of one attempt, however slowly the receiver drips.
SECONDS = 10.0
MOST_READ = 2048
GONE = 410


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is sent; no row, so that helper threads need no database."""

    url: str
    headers: Mapping[str, str]
    body: str


@dataclass(frozen=True, slots=True)
class Outcome:
    status: int | None = None
    problem: str = ""
    excerpt: str = ""
    retry_after: str = ""
    took_ms: int = 0

    @property
    def arrived(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        return self.status == GONE

    @property
    def is_receiver_down(self) -> bool:
        """Nobody there, or asking for a pause: other notices would fare no better."""
        return self.status is None or self.status == 429 or self.status >= 500


class _Refused(Exception):  # noqa: N818 - reads as the event it is
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def send(parcel: Parcel) -> Outcome:
    """Never raises; what went wrong is in the outcome."""
    begun = time.monotonic()
    try:
        status, headers, answer = _post(parcel, begun + SECONDS)
    except Exception as error:  # noqa: BLE001 - every failure is an outcome
        return Outcome(problem=_problem_of(error), took_ms=_since(begun))
    return Outcome(
        status=status,
        problem=_problem_with(status),
        excerpt=excerpt_of(answer),
        retry_after=headers.get("retry-after", ""),
        took_ms=_since(begun),
    )


def resolve(host: str, port: int) -> list[str]:
    """All the addresses that a name has now; raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def address_for(target: Target) -> str:
    """Where to connect to, looked up now; raises _Refused."""
    try:
        found = resolve(target.host, target.port)
    except OSError as error:
        raise _Refused(Problem.UNKNOWN_HOST) from error
    if settings.WEBHOOKS_LOCAL:
        return found[0]
    address = first_public(found)
    if address is None:
        raise _Refused(Problem.NOT_PUBLIC)
    return address


def _post(parcel: Parcel, deadline: float) -> tuple[int, dict[str, str], bytes]:
    try:
        target = target_of(parcel.url, is_local_allowed=settings.WEBHOOKS_LOCAL)
    except AddressRefused as error:
        raise _Refused(Problem.NOT_PUBLIC) from error
    backend = _Pinned(address_for(target), deadline)
    headers = {
        "Host": target.host_header,
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Ashore-Webhooks/1",
        "Accept": "*/*",
        "Connection": "close",
        **parcel.headers,
    }
    url = httpcore.URL(
        scheme=target.scheme, host=target.host, port=target.port, target=target.path
    )
    # A pool for this one request: a connection that was proven to be one receiver's
    # must never carry what is for another on the same machine.
    with (
        httpcore.ConnectionPool(
            ssl_context=_tls(), network_backend=backend, max_keepalive_connections=0
        ) as pool,
        pool.stream(
            "POST", url, headers=list(headers.items()), content=parcel.body.encode()
        ) as response,
    ):
        told = {k.decode("latin-1").lower(): v for k, v in response.headers}
        known = {name: value.decode("latin-1") for name, value in told.items()}
        return response.status, known, _beginning(response.iter_stream())


def _beginning(chunks: Iterable[bytes]) -> bytes:
    """The answer counts once its head is there; its body is only looked into."""
    read = b""
    try:
        for chunk in chunks:
            read += chunk
            if len(read) >= MOST_READ:
                break
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError):
        pass
    return read[:MOST_READ]


@cache
def _tls() -> ssl.SSLContext:
    """Made once a process: reading the list of authorities takes a while."""
    return ssl.create_default_context()


class _Pinned(httpcore.SyncBackend):
    """Connects to the one address that was looked at, whatever the name says now."""

    def __init__(self, address: str, deadline: float) -> None:
        self._address = address
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        del host, timeout
        left = _left(self._deadline, httpcore.ConnectTimeout)
        stream = super().connect_tcp(
            self._address, port, left, local_address, socket_options
        )
        return _Timed(stream, self._deadline)


class _Timed(httpcore.NetworkStream):
    """Every wait is cut to what is left of the whole: a drip wins no time."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        del timeout
        left = _left(self._deadline, httpcore.ReadTimeout)
        return self._stream.read(max_bytes, left)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        del timeout
        self._stream.write(buffer, _left(self._deadline, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        del timeout
        left = _left(self._deadline, httpcore.ConnectTimeout)
        inner = self._stream.start_tls(ssl_context, server_hostname, left)
        return _Timed(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float, error: type[Exception]) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise error
    return left


def _since(begun: float) -> int:
    return round((time.monotonic() - begun) * 1000)


def _problem_with(status: int) -> str:
    if 200 <= status < 300:
        return ""
    if status == GONE:
        return Problem.GONE
    return Problem.REDIRECT if 300 <= status < 400 else Problem.STATUS


def _problem_of(error: Exception) -> Problem:
    if isinstance(error, _Refused):
        return error.problem
    if isinstance(error, httpcore.TimeoutException):
        return Problem.TIMEOUT
    if _is_about_certificate(error):
        return Problem.CERTIFICATE
    if isinstance(error, httpcore.NetworkError | OSError):
        return Problem.CONNECTION
    return Problem.PROTOCOL


def _is_about_certificate(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False
