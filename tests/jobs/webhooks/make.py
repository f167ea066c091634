from __future__ import annotations

import itertools
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID, uuid4

import pytest

from accounts.employers.models import Organization
from accounts.identity.models import User
from jobs.webhooks.enums import CHOSEN, EventType, ObjectKind
from jobs.webhooks.models import Delivery, Endpoint
from jobs.webhooks.services.endpoints import add_endpoint
from jobs.webhooks.services.events import Happening, write
from jobs.webhooks.services.sending import Outcome, Parcel
from tests.client import StrictClient
from tests.make import sign_in

URL = "https://hr.example.com/ashore"
ALL = [kind.value for kind in CHOSEN]
_numbers = itertools.count(1)
FINE = Outcome(status=204)
DOWN = Outcome(problem="connection")


def make_endpoint(
    organization: Organization,
    actor: User | None = None,
    *,
    url: str = "",
    events: list[str] | None = None,
    **fields: Any,
) -> Endpoint:
    """Wants to hear everything unless `events` say otherwise."""
    endpoint = add_endpoint(
        organization=organization,
        actor=actor,  # type: ignore[arg-type]
        url=url or f"{URL}/{next(_numbers)}",
        events=events or ALL,
    )
    if fields:
        Endpoint.objects.filter(pk=endpoint.pk).update(**fields)
        endpoint.refresh_from_db()
    return endpoint


def happen(
    organization: Organization,
    *,
    about: UUID | None = None,
    kind: EventType = EventType.POSTING_PAUSED,
    at: datetime,
) -> None:
    """Something that happened to one posting."""
    key = about or uuid4()
    data = {"object": "posting", "id": key, "state": "paused"}
    write([Happening(organization.pk, kind, ObjectKind.POSTING, key, at, data, at)])


def deliveries(endpoint: Endpoint) -> list[Delivery]:
    found = Delivery.objects.filter(endpoint=endpoint).select_related("event")
    return list(found.order_by("pk"))


def fresh_client(user: User | None) -> StrictClient:
    """Signed in just now, as pages that show a secret want it."""
    client = StrictClient()
    sign_in(client, user)
    session = client.session
    session["demo_sign_in"] = True
    session.save()
    return client


@dataclass
class Clock:
    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def forward(self, by: timedelta) -> None:
        self.now += by


@dataclass
class FakeReceiver:
    """Remembers what reached it; answers what it is told to."""

    answers: list[Outcome] = field(default_factory=list)
    usual: Outcome = FINE
    seen: list[Parcel] = field(default_factory=list)

    def __call__(self, parcel: Parcel) -> Outcome:
        outcome = self.answers.pop(0) if self.answers else self.usual
        if outcome.status is not None:
            self.seen.append(parcel)
        return outcome

    @property
    def ids(self) -> list[str]:
        return [parcel.headers["webhook-id"] for parcel in self.seen]


@dataclass
class LocalReceiver:
    """A real server on this machine."""

    port: int = 0
    status: int = 204
    answer: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0
    drip: float = 0
    # Wraps the listening socket, for https.
    secure: Callable[[socket.socket], socket.socket] | None = None
    seen: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/ashore?from=site"


@contextmanager
def local_receiver(**told: Any) -> Iterator[LocalReceiver]:
    known = LocalReceiver(**told)

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            sent = {k.lower(): v for k, v in self.headers.items()}
            known.seen.append((sent | {":path": self.path}, body))
            time.sleep(known.wait)
            self.send_response(known.status)
            for name, value in known.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(known.answer)))
            self.end_headers()
            for byte in known.answer if known.drip else ():
                self.wfile.write(bytes([byte]))
                time.sleep(known.drip)
            if not known.drip:
                self.wfile.write(known.answer)

        def log_message(self, *_: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        request_queue_size = 64
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Whoever hung up in the middle is expected here."""

    with Server(("127.0.0.1", 0), Answer) as server:
        known.port = server.server_address[1]
        if known.secure is not None:
            server.socket = known.secure(server.socket)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield known
        server.shutdown()


@pytest.fixture
def public_names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """What names lead to, without asking anybody; others are unknown."""
    known = {"hr.example.com": ["93.184.215.14"]}

    def resolve(host: str, port: int) -> list[str]:
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return known[host]

    monkeypatch.setattr("jobs.webhooks.services.sending.resolve", resolve)
    return known
