"""`make run`: the whole site on one computer, in one terminal."""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import http.client
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError

from config.postgres import DatabaseError
from config.supervisor import Program, Supervisor, say

READY_SECONDS = 90
HOST = "127.0.0.1"
STOPPED = "Stopped. · 已停止。"


class RunError(Exception):
    """Says in one sentence what is wrong and what to do."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="make run")
    parser.add_argument("--port", default="8000")
    options = parser.parse_args()
    # Until the programs run, a closed terminal counts as Ctrl-C.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    try:
        return run(options.port)
    except (RunError, DatabaseError, ImproperlyConfigured, CommandError) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    except KeyboardInterrupt:
        say(f"\n{STOPPED}")
        return 0


def run(port_text: str) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    port = free_port(port_text)
    os.environ.setdefault("ASHORE_SITE_URL", f"http://{HOST}:{port}")
    from django.conf import settings

    var_dir: Path = settings.VAR_DIR
    with only_one(var_dir, port), database():
        django.setup()
        sign_ins = prepare(f"http://{HOST}:{port}/")
        supervisor = Supervisor(
            programs(port),
            Path(settings.BASE_DIR),
            keep_open=shared_with_programs(),
            look_after=revive_database,
        )
        code = supervisor.run(lambda: announce(port, sign_ins))
    if code == 0:
        say(STOPPED)
    return code


def free_port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise RunError(f"PORT must be a number from 1 to 65535, not {text!r}.")
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError as error:
            raise RunError(
                f"Port {port} needs more rights than you have: choose one above 1023, "
                "as in make run PORT=8001."
            ) from error
        except OSError as error:
            raise RunError(
                f"Port {port} is taken by another program: choose another one, as in "
                f"make run PORT={min(port + 1, 65535)}. · "
                f"端口 {port} 已被占用，请换一个。"
            ) from error
    return port


@contextlib.contextmanager
def only_one(var_dir: Path, port: int) -> Iterator[None]:
    """Two sites on one folder would run every scheduled task twice."""
    with open_note(var_dir) as note:
        try:
            fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            other = note.read().strip() or "another process"
            raise RunError(
                f"Ashore already runs on {var_dir} ({other}): use that one, stop it "
                "with Ctrl-C, or set ASHORE_VAR_DIR to another folder. · "
                "这个文件夹里已经有一个在运行。"
            ) from error
        note.truncate(0)
        note.write(f"http://{HOST}:{port}/, process {os.getpid()}\n")
        note.flush()
        yield


def open_note(var_dir: Path) -> IO[str]:
    try:
        var_dir.mkdir(parents=True, exist_ok=True)
        note = (var_dir / "running").open("a+")
        note.seek(0)
    except OSError as error:
        raise RunError(
            f"{var_dir} cannot be written ({error.strerror}): make it writable for "
            "you, or set ASHORE_VAR_DIR to a folder that is. · 文件夹不能写入。"
        ) from error
    return note


def database() -> contextlib.AbstractContextManager[None]:
    from django.conf import settings

    from config import embedded

    if settings.EMBEDDED_DATABASE:
        return embedded.running(settings.VAR_DIR)
    return contextlib.nullcontext()


def revive_database() -> None:
    """The embedded server has nobody else who would start it again."""
    from django.conf import settings

    from config import embedded

    if settings.EMBEDDED_DATABASE and not embedded.cluster(settings.VAR_DIR).is_running:
        say("The database had stopped; starting it again. · 数据库停了，正在重新启动。")
        embedded.ensure_running(settings.VAR_DIR)


def shared_with_programs() -> list[int]:
    """Should we be killed, the database stays until the programs have stopped too."""
    from django.conf import settings

    from config import embedded

    if settings.EMBEDDED_DATABASE:
        return [embedded.shared_lock(settings.VAR_DIR)]
    return []


def prepare(address: str) -> list[str]:
    """Bring database, texts, static files and demo to where the code is."""
    from config import preparation

    preparation.prepare_database()
    preparation.compile_messages()
    preparation.collect_static_files()
    preparation.load_demo()
    preparation.reach_broker()
    preparation.forget_last_run()
    sign_ins = preparation.demo_sign_ins(address)
    preparation.let_go()
    return sign_ins


def programs(port: int) -> list[Program]:
    from django.conf import settings

    python = [sys.executable, "-m"]
    web = [*python, "gunicorn", "config.wsgi", "-c", "python:config.web"]
    web += ["--bind", f"{HOST}:{port}"]
    # As root the worker warns on eight lines; who runs the site as root knows it.
    hushed = [sys.executable, "-W", "ignore:You're running the worker", "-m"]
    celery = ["celery", "--quiet", "--app", "config"]
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    schedule = ["--schedule", settings.CELERY_BEAT_SCHEDULE_FILENAME, "--pidfile", ""]
    return [
        Program(
            "web",
            [*web, "--workers", "2", "--no-control-socket"],
        ),
        Program("worker", [*hushed, *celery, "worker", *quiet]),
        Program("beat", [*python, *celery, "beat", *schedule]),
    ]


def announce(port: int, sign_ins: list[str]) -> None:
    """Wait until every part answers, then say where the site is."""
    state: dict[str, object] = {}
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        ready, state = ask_ready(port)
        if ready:
            say(welcome(port, sign_ins))
            return
        time.sleep(0.2)
    missing = ", ".join(name for name, part in state.items() if part == {"ok": False})
    say(f"Not ready after {READY_SECONDS} seconds: {missing or 'web'} does not answer.")


def ask_ready(port: int) -> tuple[bool, dict[str, object]]:
    from django.conf import settings

    hosts = [name for name in settings.ALLOWED_HOSTS if not name.startswith((".", "*"))]
    web = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        web.request("GET", "/readyz", headers={"Host": (hosts or [HOST])[0]})
        answer = web.getresponse()
        return answer.status == 200, json.loads(answer.read())
    except (OSError, ValueError, http.client.HTTPException):
        return False, {}
    finally:
        web.close()


def welcome(port: int, sign_ins: list[str]) -> str:
    address = f"http://{HOST}:{port}/"
    lines = [
        "",
        f"  上岸已经可以用了：{address}    （按 Ctrl-C 停止）",
        f"  Ashore is ready:  {address}    (Ctrl-C stops it)",
        *sign_ins,
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
