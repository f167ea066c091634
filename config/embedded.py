"""The database that comes with Ashore: a PostgreSQL of its own below var/.

Settings ask only for addresses here, and nothing starts. A process that needs the
database joins it; the first to join starts it and the last to leave stops it.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import hashlib
import os
import pwd
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from config import guard, postgres
from config.postgres import NAME, ROOT_HOME, USER, Cluster, DatabaseError

SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_LIMIT = 107
_held: dict[Path, int] = {}


def data_dir(var_dir: Path) -> Path:
    """Where the embedded PostgreSQL keeps its files.

    Root gets a folder of its own below /var/lib: the server runs as another user then,
    and no home folder has to be opened for it.
    """
    if os.geteuid() == 0:
        return ROOT_HOME / _digest(var_dir) / "postgres"
    return var_dir / "postgres"


def socket_dir(var_dir: Path) -> Path:
    """The data folder, or one in the user's home when that path is too long."""
    folder = data_dir(var_dir)
    if len(os.fsencode(folder / SOCKET_NAME)) <= SOCKET_LIMIT:
        return folder
    return Path(pwd.getpwuid(os.geteuid()).pw_dir) / f".ashore-{_digest(var_dir)}"


def _digest(var_dir: Path) -> str:
    return hashlib.sha256(os.fsencode(var_dir)).hexdigest()[:10]


def connection(var_dir: Path) -> dict[str, Any]:
    """The DATABASES entry; starts nothing."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": NAME,
        "USER": USER,
        "HOST": str(socket_dir(var_dir)),
    }


def cluster(var_dir: Path) -> Cluster:
    return Cluster(data=data_dir(var_dir), sockets=socket_dir(var_dir))


def ensure_running(var_dir: Path) -> None:
    """Join the database until this process ends or calls stop, starting it if needed.

    Raises DatabaseError with one sentence that says what to do.
    """
    server = cluster(var_dir)
    if var_dir in _held and server.is_running:
        return
    users = _users_file(server)
    if var_dir not in _held:
        _held[var_dir] = _open_shared(users)
        atexit.register(stop, var_dir)
    try:
        with users.with_suffix(".starting").open("a") as starting:
            fcntl.flock(starting, fcntl.LOCK_EX)
            if not server.is_running:
                postgres.start(server)
                _post_guard(server, users)
    except BaseException:
        os.close(_held.pop(var_dir))
        raise


def stop(var_dir: Path) -> None:
    """Leave the database; it stops unless another process still uses it."""
    lock = _held.pop(var_dir, None)
    if lock is None:
        return
    server = cluster(var_dir)
    try:
        if _try_lock(lock, fcntl.LOCK_EX):
            guard.stop_server(server.data)
        elif not _try_lock(lock, fcntl.LOCK_SH):
            # The guard was quicker than we: it is stopping the server right now.
            deadline = time.monotonic() + 20
            while server.is_running and time.monotonic() < deadline:
                time.sleep(0.02)
    finally:
        os.close(lock)


@contextlib.contextmanager
def running(var_dir: Path) -> Iterator[None]:
    ensure_running(var_dir)
    try:
        yield
    finally:
        stop(var_dir)


def shared_lock(var_dir: Path) -> int:
    """The descriptor to hand to child processes that use the database with us."""
    return _held[var_dir]


def _users_file(server: Cluster) -> Path:
    users = server.data.with_name("postgres.users")
    try:
        users.parent.mkdir(parents=True, exist_ok=True)
        users.touch(mode=0o600)
    except OSError as error:
        raise DatabaseError(postgres.unwritable(server, error)) from error
    return users


def _open_shared(users: Path) -> int:
    try:
        lock = os.open(users, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise DatabaseError(
            f"{users} cannot be opened ({error.strerror}): make it writable for you, "
            "or set ASHORE_VAR_DIR to another folder."
        ) from error
    fcntl.flock(lock, fcntl.LOCK_SH)
    return lock


def _try_lock(lock: int, kind: int) -> bool:
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _post_guard(server: Cluster, users: Path) -> None:
    """Leave the guard behind as nobody's child, so that nobody has to wait for it."""
    command = [sys.executable, "-I", "-S", guard.__file__, server.data, users]
    subprocess.run(  # noqa: S603
        ["/bin/sh", "-c", '"$@" &', "sh", *map(str, command)],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,
    )
