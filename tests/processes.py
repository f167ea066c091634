"""Real processes for tests: a Celery worker to kill, and what is left afterwards."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, urlparse

import pytest
from celery import Celery
from django.db import connection

from config import broker, embedded, guard, postgres, transport
from config.env import PROJECT_DIR

BROKERS = {
    "redis": "redis://127.0.0.1:6379/9",
    "rabbitmq": "amqp://guest:guest@127.0.0.1:5672//",
}
WORKER = [sys.executable, "-W", "ignore", "-m", "celery", "--quiet", "--app", "config"]
QUIET = ["--without-gossip", "--without-mingle", "--without-heartbeat"]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def processes_of(pid: int) -> list[int]:
    """The process and all its descendants."""
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            found += map(int, task.read_text().split())
    return found


def wait_until(holds: Callable[[], bool], *, seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)


def forget_database(var_dir: Path) -> None:
    """Stop what a test left running, and take root's folder outside var/ away."""
    embedded.stop(var_dir)
    data = embedded.data_dir(var_dir)
    guard.stop_server(data)
    shutil.rmtree(data, ignore_errors=True)
    if data.is_relative_to(postgres.ROOT_HOME):
        shutil.rmtree(data.parent, ignore_errors=True)


@dataclass
class Provider:
    """A message provider on this machine: slow, and remembering every id it was sent."""

    delay: float = 0.05
    seen: list[str] = field(default_factory=list)
    port: int = 0


@pytest.fixture
def provider() -> Iterator[Provider]:
    known = Provider()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            known.seen.append(json.loads(self.rfile.read(length))["id"])
            time.sleep(known.delay)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        known.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield known
        server.shutdown()


@dataclass
class Worker:
    """A real `celery worker` on the test database, in a session of its own."""

    broker_url: str
    environment: dict[str, str]
    log: Path
    # A module with more tasks; none when empty.
    include: str = ""
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*WORKER, "worker", "--concurrency", "1", *QUIET, *self.more()],
                cwd=PROJECT_DIR,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def more(self) -> list[str]:
        return ["--include", self.include] if self.include else []

    def ask(self, task: str) -> None:
        """Put a task on the queue."""
        with self.app() as app:
            app.send_task(task)

    def app(self) -> Celery:
        """A sender beside the site's own app, whose broker in tests is memory."""
        app = Celery("tests", broker=self.broker_url, set_as_current=False)
        app.conf.task_default_queue = "ashore"
        app.conf.task_default_queue_type = broker.queue_type(self.broker_url)
        app.conf.broker_transport_options = broker.transport_options(self.broker_url)
        return app

    def purge(self) -> None:
        with self.app() as app, app.connection_for_write() as link:
            queue = app.amqp.queues["ashore"](link.default_channel)
            queue.declare()
            queue.purge()

    def kill(self) -> None:
        """As the system does when memory runs out: at once, children too."""
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """As an operator does: the task in hand is finished first."""
        assert self.process
        self.process.terminate()
        self.process.wait(30)

    def end(self) -> None:
        """As the supervisor does, where stopping is not what is tested: asked first,
        then killed. Over RabbitMQ a loaded machine needs the second."""
        try:
            self.stop()
        except subprocess.TimeoutExpired:
            self.kill()


@pytest.fixture(params=["database", "redis", "rabbitmq"])
def broker_url(request: pytest.FixtureRequest, transactional_db: None) -> Iterator[str]:
    """Every broker that Ashore runs on, where this machine has it.

    The database is this process's own. The others have one queue for the whole machine:
    tests that run side by side take turns, lest one empties what another filled.
    """
    if request.param == "database":
        yield broker.broker_url(connection.settings_dict)
        return
    url = BROKERS[request.param]
    turn = Path(tempfile.gettempdir()) / f"ashore-tests-{request.param}.lock"
    with turn.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _expect_there(request.param, url)
        yield url


def _expect_there(name: str, url: str) -> None:
    address = urlparse(url)
    with socket.socket() as probe:
        if probe.connect_ex((address.hostname, address.port)) != 0:
            # CI starts every broker itself: there a missing one is a failure.
            absent = pytest.fail if os.environ.get("CI") else pytest.skip
            absent(f"no {name} at its usual port")


@pytest.fixture
def worker(broker_url: str, provider: Provider, tmp_path: Path) -> Iterator[Worker]:
    """Not started yet; killed at the end should it still run."""
    ours = {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATABASE_URL": database_url(),
        "CELERY_BROKER_URL": broker_url,
        "ASHORE_VAR_DIR": str(tmp_path / "var"),
        "ASHORE_MAIL_URL": f"http+json://127.0.0.1:{provider.port}/",
        "ASHORE_DEMO": "0",
    }
    one = Worker(broker_url, os.environ | ours, tmp_path / "worker.log")
    one.purge()
    yield one
    if one.process and one.process.poll() is None:
        one.kill()
    transport.close_connections()


def database_url() -> str:
    """The test database's address, for another process."""
    there = connection.settings_dict
    host = quote(str(there["HOST"]), safe="")
    port = f":{there['PORT']}" if there["PORT"] else ""
    password = f":{quote(there['PASSWORD'])}" if there["PASSWORD"] else ""
    return f"postgres://{there['USER']}{password}@{host}{port}/{there['NAME']}"
