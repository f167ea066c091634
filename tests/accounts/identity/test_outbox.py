from __future__ import annotations

import json
import smtplib
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlparse

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from accounts.identity import tasks, transport
from accounts.identity.models import OutboxMessage, User
from accounts.identity.services import outbox

pytestmark = pytest.mark.django_db
TOKEN = "s3cret"


def write(key: str = "one", **fields: Any) -> OutboxMessage:
    values = {
        "channel": "email",
        "address": "li@example.com",
        "template": "account/code",
        "language": "zh-hans",
        "subject": "验证码",
        "body": "123456",
        "dedupe_key": key,
    }
    return OutboxMessage.objects.create(**(values | fields))


def sent_files(settings: LazySettings) -> list[Path]:
    return sorted(Path(urlparse(settings.MAIL_URL).path).glob("*.txt"))


def test_a_due_message_is_sent_once(settings: LazySettings) -> None:
    message = write()
    assert outbox.send_due() == 1
    assert outbox.send_due() == 0
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("sent", 1)
    assert "123456" in sent_files(settings)[0].read_text(encoding="utf-8")


def test_the_same_event_makes_one_message() -> None:
    for _ in range(2):
        outbox.queue_message(
            user=None,
            address="li@example.com",
            template="account/code",
            context={"code": "123456", "minutes": 10},
            dedupe_key="once",
        )
    assert OutboxMessage.objects.count() == 1


def test_a_message_for_later_waits(now: datetime) -> None:
    write(due_at=now + timedelta(hours=1))
    assert outbox.claim_due_messages(now=now) == []
    assert len(outbox.claim_due_messages(now=now + timedelta(hours=1))) == 1


def test_urgent_messages_go_first(now: datetime) -> None:
    write("notice", due_at=now - timedelta(hours=1))
    write("code", due_at=now, priority=outbox.URGENT)
    first, second = outbox.claim_due_messages(now=now)
    assert (first.dedupe_key, second.dedupe_key) == ("code", "notice")


def test_what_is_written_is_unreadable_in_the_database() -> None:
    write()
    with connection.cursor() as cursor:
        cursor.execute("SELECT address, body FROM accounts_identity_outboxmessage")
        row = cursor.fetchone()
    assert "li@example.com" not in row[0]
    assert "123456" not in row[1]


def fail(error: Exception) -> Any:
    def deliver(_message: OutboxMessage) -> None:
        raise error

    return deliver


@pytest.mark.parametrize("attempts", [0, 1, 4])
def test_a_failure_waits_longer_each_time(
    now: datetime, monkeypatch: pytest.MonkeyPatch, attempts: int
) -> None:
    monkeypatch.setattr(transport, "deliver", fail(transport.DeliveryFailed("busy")))
    message = write(attempts=attempts, due_at=now)
    (claimed,) = outbox.claim_due_messages(now=now)
    assert not outbox.send_message(message=claimed, now=now)
    message.refresh_from_db()
    assert (message.state, message.last_error) == ("pending", "busy")
    assert message.due_at == now + timedelta(minutes=2 ** (attempts + 1))


@pytest.mark.parametrize(
    ("error", "attempts"),
    [
        (transport.DeliveryFailed("refused", permanent=True), 0),
        (transport.DeliveryFailed("busy"), 5),
        (KeyError("a mistake of ours"), 5),
    ],
)
def test_hopeless_messages_are_kept_as_failed(
    now: datetime, monkeypatch: pytest.MonkeyPatch, error: Exception, attempts: int
) -> None:
    monkeypatch.setattr(transport, "deliver", fail(error))
    message = write(attempts=attempts, due_at=now)
    (claimed,) = outbox.claim_due_messages(now=now)
    outbox.send_message(message=claimed, now=now)
    message.refresh_from_db()
    assert message.state == "failed"


def test_an_expired_code_is_not_sent(settings: LazySettings, now: datetime) -> None:
    message = write(due_at=now, expires_at=now)
    (claimed,) = outbox.claim_due_messages(now=now)
    assert not outbox.send_message(message=claimed, now=now)
    message.refresh_from_db()
    assert message.state == "cancelled"
    assert sent_files(settings) == []


def test_a_lost_worker_gives_its_messages_back(now: datetime) -> None:
    message = write(due_at=now)
    outbox.claim_due_messages(now=now)
    assert outbox.release_stuck_messages(now=now + timedelta(seconds=119)) == 0
    assert outbox.release_stuck_messages(now=now + timedelta(seconds=121)) == 1
    message.refresh_from_db()
    assert message.state == "pending"


def test_a_slow_worker_does_not_send_what_another_took(
    settings: LazySettings, now: datetime
) -> None:
    write(due_at=now)
    (slow,) = outbox.claim_due_messages(now=now)
    later = now + timedelta(minutes=5)
    outbox.release_stuck_messages(now=later)
    (quick,) = outbox.claim_due_messages(now=later)
    assert outbox.send_message(message=quick, now=later)
    assert not outbox.send_message(message=slow, now=later)
    assert len(sent_files(settings)) == 1


def test_a_message_sent_before_the_crash_leaves_one_file(
    settings: LazySettings, now: datetime
) -> None:
    write(due_at=now)
    (claimed,) = outbox.claim_due_messages(now=now)
    transport.deliver(claimed)
    outbox.release_stuck_messages(now=now + timedelta(minutes=5))
    outbox.send_due(now=now + timedelta(minutes=5))
    assert len(sent_files(settings)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_claim_the_same(now: datetime) -> None:
    for number in range(20):
        write(str(number), due_at=now)
    start = threading.Barrier(4)
    taken: list[int] = []

    def work() -> None:
        start.wait()
        claimed = outbox.claim_due_messages(now=now, limit=5)
        taken.extend(message.pk for message in claimed)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(taken) == len(set(taken))


@pytest.mark.django_db(transaction=True)
def test_writing_a_message_survives_a_dead_broker(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_broker() -> None:
        raise ConnectionError

    monkeypatch.setattr(tasks.send_due_messages, "delay", no_broker)
    outbox.queue_message(
        user=None,
        address="li@example.com",
        template="account/code",
        context={"code": "123456", "minutes": 10},
        dedupe_key="x",
    )
    assert OutboxMessage.objects.get().state == "pending"


def test_the_commands_say_how_many(capsys: pytest.CaptureFixture[str]) -> None:
    write("due")
    lost = timezone.now() - timedelta(hours=1)
    write("stuck", state="sending", claimed_at=lost, attempts=1)
    call_command("release_stuck_messages")
    call_command("send_due_messages")
    assert capsys.readouterr().out == "1 freed.\n2 sent.\n"


class Provider(BaseHTTPRequestHandler):
    """A text message provider that remembers what it was asked."""

    seen: ClassVar[list[tuple[str, dict[str, str], dict[str, Any]]]] = []
    answer: ClassVar[int] = 200

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        body = json.loads(self.rfile.read(length))
        self.seen.append((self.path, dict(self.headers), body))
        self.send_response(self.answer)
        self.end_headers()

    def log_message(self, *_args: Any) -> None:
        pass


@pytest.fixture
def provider(settings: LazySettings) -> Iterator[type[Provider]]:
    Provider.seen, Provider.answer = [], 200
    server = HTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"{TOKEN}@127.0.0.1:{server.server_port}"
    settings.SMS_URL = f"http+json://{address}/send?app=1"
    yield Provider
    server.shutdown()
    server.server_close()


def test_a_provider_gets_json_with_token_and_id(provider: type[Provider]) -> None:
    message = write(channel="sms", address="+8613800000000")
    outbox.send_due()
    ((path, headers, body),) = provider.seen
    assert path == "/send?app=1"
    assert headers["Authorization"] == f"Bearer {TOKEN}"
    assert headers["Idempotency-Key"] == body["id"] == str(message.public_id)
    assert (body["to"], body["text"]) == ("+8613800000000", "123456")


@pytest.mark.parametrize(
    ("answer", "state"),
    [(200, "sent"), (202, "sent"), (400, "failed"), (429, "pending"), (503, "pending")],
)
def test_what_a_provider_answers_decides(
    provider: type[Provider], answer: int, state: str
) -> None:
    provider.answer = answer
    message = write(channel="sms", address="+8613800000000", due_at=timezone.now())
    outbox.send_due()
    message.refresh_from_db()
    assert message.state == state


class Mailbox:
    """Stands in for smtplib.SMTP: keeps the mails, or refuses the recipient."""

    mails: ClassVar[list[EmailMessage]] = []
    refuses: ClassVar[bool] = False

    def __init__(self, host: str, port: int, timeout: int) -> None:
        self.place = (host, port, timeout)

    def __enter__(self) -> Mailbox:
        return self

    def __exit__(self, *_args: Any) -> None:
        pass

    def send_message(self, mail: EmailMessage) -> None:
        if self.refuses:
            raise smtplib.SMTPRecipientsRefused({})
        self.mails.append(mail)


@pytest.fixture
def mailbox(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> type[Mailbox]:
    Mailbox.mails, Mailbox.refuses = [], False
    monkeypatch.setattr(smtplib, "SMTP", Mailbox)
    settings.MAIL_URL = "smtp://mail.example.com:2525"
    settings.DEFAULT_FROM_EMAIL = "Ashore <noreply@ashore.example>"
    return Mailbox


def test_every_try_of_a_mail_has_the_same_id(mailbox: type[Mailbox]) -> None:
    message = write()
    transport.deliver(message)
    transport.deliver(message)
    first, second = mailbox.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Message-ID"] == f"<{message.public_id}@ashore.example>"
    assert first["To"] == "li@example.com"


def test_a_refused_recipient_is_not_tried_again(mailbox: type[Mailbox]) -> None:
    mailbox.refuses = True
    message = write()
    outbox.send_due()
    message.refresh_from_db()
    assert message.state == "failed"


def test_many_people_are_written_to_as_one_is() -> None:
    one = User.objects.create_user("li@example.com", language="en")
    other = User.objects.create_user(None, phone="+8613800000000")
    nobody = User()
    drafts = [
        outbox.Draft(user, "account/code", {"code": "123456", "minutes": 10}, f"{n}")
        for n, user in enumerate((one, other, nobody))
    ]
    assert outbox.queue_messages(drafts) == 2
    assert outbox.queue_messages(drafts) == 0
    alone = outbox.queue_message(
        user=one,
        template="account/code",
        context={"code": "123456", "minutes": 10},
        dedupe_key="alone",
    )
    mail, sms = OutboxMessage.objects.exclude(dedupe_key="alone").order_by("pk")
    assert alone is not None
    for name in ("user_id", "channel", "address", "language", "subject", "body"):
        assert getattr(mail, name) == getattr(alone, name)
    assert (sms.user_id, sms.channel, sms.address) == (other.pk, "sms", other.phone)
    assert "123456" in sms.body


def test_many_messages_wake_one_worker(
    django_capture_on_commit_callbacks: Any,
) -> None:
    user = User.objects.create_user("li@example.com")
    drafts = [
        outbox.Draft(user, "account/code", {"code": "1", "minutes": 10}, f"{number}")
        for number in range(5)
    ]
    with django_capture_on_commit_callbacks() as callbacks:
        outbox.queue_messages(drafts)
    assert len(callbacks) == 1
    with django_capture_on_commit_callbacks() as callbacks:
        outbox.queue_messages(drafts)
    assert not callbacks
