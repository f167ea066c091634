"""Runs several programs in one terminal and never leaves one behind."""

from __future__ import annotations

import ctypes
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

COLOURS = ("\033[36m", "\033[33m", "\033[35m", "\033[32m")
PLAIN = "\033[0m"
# A worker that finishes its task first needs about six even when it has none.
PATIENCE_SECONDS = 15.0
SET_PARENT_DEATH_SIGNAL = 1


@dataclass(frozen=True)
class Program:
    name: str
    command: Sequence[str]


@dataclass
class Running:
    program: Program
    process: subprocess.Popen[bytes]
    colour: str
    unfinished: bytes = b""

    @property
    def output(self) -> IO[bytes]:
        assert self.process.stdout is not None
        return self.process.stdout


@dataclass
class Supervisor:
    """Starts the programs together and stops all when one ends or a signal comes.

    `look_after` is called a few times a second meanwhile.
    """

    programs: Sequence[Program]
    folder: Path
    keep_open: Sequence[int] = ()
    look_after: Callable[[], None] = field(default=lambda: None)
    patience: float = PATIENCE_SECONDS
    running: list[Running] = field(default_factory=list)
    wanted_stop: int = 0

    def run(self, when_started: Callable[[], None]) -> int:
        """0 after a wanted stop, 1 when a program ended by itself."""
        old = {s: signal.signal(s, self._on_signal) for s in STOP_SIGNALS}
        try:
            for program, colour in zip(self.programs, COLOURS, strict=False):
                self.running.append(self._start(program, colour))
            threading.Thread(target=when_started, daemon=True).start()
            ended = self._watch()
        finally:
            self._stop()
            for number, handler in old.items():
                signal.signal(number, handler)
        if ended is None:
            return 0
        say(
            f"{ended.program.name} ended by itself (exit code "
            f"{ended.process.returncode}); the lines above say why. Everything was "
            f"stopped. · {ended.program.name} 自己退出了，原因在上面，其他也已停止。"
        )
        return 1

    def _start(self, program: Program, colour: str) -> Running:
        process = subprocess.Popen(  # noqa: S603
            list(program.command),
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            # A session of its own: Ctrl-C reaches us alone, and we stop it in order.
            start_new_session=True,
            pass_fds=tuple(self.keep_open),
            preexec_fn=_stop_when_parent_dies,  # noqa: PLW1509 - no thread runs yet
        )
        return Running(program, process, colour)

    def _watch(self) -> Running | None:
        """Pass lines on until a program ends (that one) or a signal came (None)."""
        with selectors.DefaultSelector() as selector:
            for one in self.running:
                os.set_blocking(one.output.fileno(), False)
                selector.register(one.output, selectors.EVENT_READ, one)
            while not self.wanted_stop:
                for key, _ in selector.select(timeout=0.2):
                    if not self._pass_on(key.data):
                        selector.unregister(key.fileobj)
                for one in self.running:
                    if one.process.poll() is not None:
                        return one
                self.look_after()
        return None

    def _pass_on(self, one: Running) -> bool:
        """Print what the program wrote; False at its end."""
        try:
            data = os.read(one.output.fileno(), 65536)
        except BlockingIOError:
            return True
        lines = (one.unfinished + data).split(b"\n")
        one.unfinished = lines.pop()
        width = max(len(program.name) for program in self.programs)
        for line in lines:
            text = line.decode("utf-8", "replace").rstrip()
            say(text, label=one.program.name.ljust(width), colour=one.colour)
        return bool(data)

    def _stop(self) -> None:
        """Ask, wait, then kill what is left together with its children."""
        say("Stopping, a few seconds · 正在停止，稍等几秒")
        for one in self.running:
            if one.process.poll() is None:
                one.process.terminate()
        deadline = time.monotonic() + self.patience
        while self._alive() and time.monotonic() < deadline and self.wanted_stop < 2:
            for one in self._alive():
                self._pass_on(one)
            time.sleep(0.05)
        for one in self.running:
            self._pass_on(one)
            _kill_session(one.process.pid)
            one.process.wait()
            one.output.close()

    def _alive(self) -> list[Running]:
        return [one for one in self.running if one.process.poll() is None]

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.wanted_stop += 1


STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def say(text: str, *, label: str = "", colour: str = "") -> None:
    """Print a line; a terminal that has gone is no reason to stop in the middle."""
    if label:
        coloured = sys.stdout.isatty()
        label = f"{colour}{label} |{PLAIN} " if coloured else f"{label} | "
    try:
        print(f"{label}{text}", flush=True)  # noqa: T201
    except (OSError, ValueError):
        return


def _stop_when_parent_dies() -> None:
    """Between fork and exec: on Linux the system stops us should our parent be killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)


def _kill_session(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
