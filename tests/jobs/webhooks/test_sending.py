"""Over a real socket: what arrives, and what is never connected to."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pytest_django.fixtures import Settings

from jobs.webhooks.services import sending
from jobs.webhooks.services.sending import Parcel, send
from tests.jobs.webhooks.make import local_receiver

HEADERS = {"webhook-id": "evt_1", "webhook-timestamp": "1", "webhook-signature": "v1,x"}
BODY = '{"type":"test","data":{"state":"已暂停"}}'


@pytest.fixture
def local(settings: Settings) -> None:
    settings.WEBHOOKS_LOCAL = True


def parcel(url: str) -> Parcel:
    return Parcel(url=url, headers=HEADERS, body=BODY)


@pytest.mark.usefixtures("local")
def test_what_arrives() -> None:
    with local_receiver(answer="收到".encode(), status=200) as receiver:
        outcome = send(parcel(receiver.url))
    assert outcome.arrived
    assert (outcome.status, outcome.excerpt, outcome.problem) == (200, "收到", "")
    ((headers, body),) = receiver.seen
    assert body.decode() == BODY
    assert headers[":path"] == "/ashore?from=site"
    assert headers["host"] == f"127.0.0.1:{receiver.port}"
    assert headers["content-type"] == "application/json; charset=utf-8"
    assert headers.items() >= HEADERS.items()
    assert "cookie" not in headers


@pytest.mark.usefixtures("local")
@pytest.mark.parametrize(
    ("status", "problem", "is_down"),
    [
        (204, "", False),
        (302, "redirect", False),
        (400, "status", False),
        (410, "gone", False),
        (429, "status", True),
        (503, "status", True),
    ],
)
def test_every_answer_has_its_meaning(status: int, problem: str, is_down: bool) -> None:
    told = {"Location": "http://127.0.0.1:1/", "Retry-After": "7"}
    with local_receiver(status=status, headers=told) as receiver:
        outcome = send(parcel(receiver.url))
    assert (outcome.status, outcome.problem) == (status, problem)
    assert outcome.is_receiver_down == is_down
    assert outcome.is_gone == (status == 410)
    assert outcome.retry_after == "7"
    # A redirect is an answer; nobody goes where it points.
    assert len(receiver.seen) == 1


@pytest.mark.usefixtures("local")
def test_only_the_beginning_of_an_answer_is_read() -> None:
    with local_receiver(answer=b"x" * 5_000_000, status=200) as receiver:
        outcome = send(parcel(receiver.url))
    assert outcome.excerpt == "x" * 200


@pytest.mark.usefixtures("local")
@pytest.mark.parametrize("told", [{"wait": 1.5}, {"answer": b"y" * 50, "drip": 0.1}])
def test_the_whole_attempt_has_one_deadline(
    monkeypatch: pytest.MonkeyPatch, told: dict[str, Any]
) -> None:
    """Whoever drips byte by byte does not hold a worker."""
    monkeypatch.setattr(sending, "SECONDS", 0.5)
    with local_receiver(status=200, **told) as receiver:
        begun = time.monotonic()
        outcome = send(parcel(receiver.url))
        took = time.monotonic() - begun
    assert took < 1.2
    if "wait" in told:
        assert (outcome.problem, outcome.status) == ("timeout", None)
        assert outcome.is_receiver_down
    else:
        # The head came in time, and says that it arrived.
        assert outcome.arrived
        assert 0 < len(outcome.excerpt) < 20


@pytest.mark.usefixtures("local")
def test_nobody_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        outcome = send(parcel(f"http://127.0.0.1:{taken.getsockname()[1]}/"))
    assert (outcome.problem, outcome.status) == ("connection", None)


@pytest.mark.usefixtures("local")
def test_nonsense_for_an_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            peer, _ = server.accept()
            peer.recv(4096)
            peer.sendall(b"220 mail.example ESMTP\r\n")
            # Closed with something unread, a line is cut off instead of ended.
            peer.shutdown(socket.SHUT_WR)
            while peer.recv(4096):
                pass
            peer.close()

        threading.Thread(target=answer, daemon=True).start()
        outcome = send(parcel(f"http://127.0.0.1:{server.getsockname()[1]}/"))
    assert outcome.problem == "protocol"


@pytest.mark.parametrize(
    ("found", "problem"),
    [
        (["127.0.0.1"], "not_public"),
        (["10.1.2.3"], "not_public"),
        (["169.254.169.254"], "not_public"),
        (["::1"], "not_public"),
        (["::ffff:192.168.0.1"], "not_public"),
        (["93.184.215.14", "127.0.0.1"], "not_public"),
        ([], "not_public"),
        (None, "unknown_host"),
    ],
)
def test_a_name_is_looked_at_again_at_every_sending(
    monkeypatch: pytest.MonkeyPatch, found: list[str] | None, problem: str
) -> None:
    """It was public when it was typed; nothing is connected to now."""

    def resolve(_host: str, _port: int) -> list[str]:
        if found is None:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return found

    monkeypatch.setattr(sending, "resolve", resolve)
    monkeypatch.setattr(sending, "_Pinned", _never)
    outcome = send(parcel("https://hr.example.com/ashore"))
    assert (outcome.problem, outcome.status) == (problem, None)


def _never(*_: object) -> None:
    raise AssertionError("connected")


def test_plain_http_is_never_sent_where_it_is_not_allowed() -> None:
    with local_receiver() as receiver:
        outcome = send(parcel(receiver.url))
    assert outcome.problem == "not_public"
    assert receiver.seen == []


class Rebinding:
    """A name that is public when looked at and leads home a moment later."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)

    def __call__(self, _host: str, _port: int) -> list[str]:
        return self.answers.pop(0)


def test_the_address_that_was_looked_at_is_the_one_connected_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks = Rebinding(["93.184.215.14"], ["127.0.0.1"])
    asked: list[str] = []

    def connect(address: tuple[str, int], *_: Any, **__: Any) -> socket.socket:
        asked.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(sending, "resolve", looks)
    monkeypatch.setattr(socket, "create_connection", connect)
    assert send(parcel("https://hr.example.com/")).problem == "connection"
    assert asked == ["93.184.215.14"]
    assert len(looks.answers) == 1


def certificate_for(name: str, folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    crt, pem = folder / "crt.pem", folder / "key.pem"
    crt.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return crt, pem


@pytest.mark.usefixtures("local")
@pytest.mark.parametrize(
    ("name", "is_trusted", "problem"),
    [
        ("hr.example.com", True, ""),
        ("hr.example.com", False, "certificate"),
        ("elsewhere.example.com", True, "certificate"),
    ],
)
def test_the_certificate_is_the_names_not_the_addresss(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    name: str,
    is_trusted: bool,
    problem: str,
) -> None:
    crt, pem = certificate_for(name, tmp_path)
    trusted = ssl.create_default_context(cafile=str(crt) if is_trusted else None)
    monkeypatch.setattr(sending, "_tls", lambda: trusted)
    monkeypatch.setattr(sending, "resolve", lambda _host, _port: ["127.0.0.1"])
    with local_receiver(secure=_wrapped(crt, pem)) as receiver:
        outcome = send(parcel(f"https://hr.example.com:{receiver.port}/x"))
    assert outcome.problem == problem
    if not problem:
        assert receiver.seen[0][0]["host"] == f"hr.example.com:{receiver.port}"


def _wrapped(crt: Path, pem: Path) -> Callable[[socket.socket], socket.socket]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(crt, pem)
    return lambda plain: context.wrap_socket(plain, server_side=True)
