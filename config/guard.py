"""Stops the embedded PostgreSQL when its last user is gone, however it went.

Runs as a script of its own (standard library only) and waits for a lock that every
user of the database shares: the system gives it up for a process that dies, so even
a killed `make run` leaves no server behind.
"""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import time
from pathlib import Path


def postmaster_pid(data: Path) -> int | None:
    """The running server's process id, or None when none runs on this folder."""
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
        os.kill(pid, 0)
    except (OSError, ValueError):
        return None
    return pid if _works_on(pid, data) else None


def _works_on(pid: int, data: Path) -> bool:
    """False when the id in an old file now belongs to some other program."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except FileNotFoundError:
        return not Path("/proc/self").exists()
    except PermissionError:
        return False
    return os.fsencode(data) in command.split(b"\0")


def stop_server(data: Path, *, patience: float = 20.0) -> bool:
    """Ask the server to end its sessions and stop; True when it is gone."""
    pid = postmaster_pid(data)
    if pid is None:
        return True
    for how in (signal.SIGINT, signal.SIGQUIT):
        try:
            os.kill(pid, how)
        except ProcessLookupError:
            return True
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if postmaster_pid(data) is None:
                return True
            time.sleep(0.02)
    return False


def wait_and_stop(data: Path, users: Path) -> None:
    with users.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stop_server(data)


if __name__ == "__main__":
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    wait_and_stop(Path(sys.argv[1]), Path(sys.argv[2]))
