"""Makes .venv from a lock file, on a computer that has nothing but Python."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

SETUP_DIR = Path(__file__).resolve().parent
PROJECT_DIR = SETUP_DIR.parent.parent
PIP_WHEEL = SETUP_DIR / "pip-26.3-py3-none-any.whl"
PIP_SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"
PIP_OPTIONS = [
    "--require-hashes",
    "--no-deps",
    "--only-binary=:all:",
    "--no-input",
    "--no-color",
    "--progress-bar=off",
    "--disable-pip-version-check",
    "--no-warn-script-location",
    "--root-user-action=ignore",
]


class SetupError(Exception):
    """Says in one sentence what is wrong and what to do."""


def main(arguments: list[str]) -> int:
    kind = arguments[0] if arguments else "run"
    try:
        prepare(PROJECT_DIR, kind)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        place = error.filename or PROJECT_DIR
        reason = error.strerror or type(error).__name__
        print(
            f"The environment in {PROJECT_DIR / '.venv'} cannot be written "
            f"({reason}): make {place} writable for you and free some space.",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("\nStopped; the next make goes on from here.", file=sys.stderr)
        return 130
    return 0


def prepare(project: Path, kind: str) -> None:
    """Bring project/.venv to requirements/<kind>.lock; do nothing when it is there."""
    if not (3, 11) <= sys.version_info[:2] < (3, 14):
        raise SetupError(
            f"Ashore needs Python 3.11, 3.12 or 3.13, not {python_version()}."
        )
    locks = {name: project / f"requirements/{name}.lock" for name in ("run", "dev")}
    if kind not in locks:
        raise SetupError(f"There is no requirements/{kind}.lock: say run or dev.")
    environment = project / ".venv"
    if is_current(environment, locks, kind):
        return
    folder = os.open(project, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        if not is_current(environment, locks, kind):
            build(environment, locks[kind])
    finally:
        os.close(folder)


def is_current(environment: Path, locks: dict[str, Path], kind: str) -> bool:
    """True when .venv works and was filled from this lock, or from dev, its superset."""
    try:
        digest, version = (environment / "ashore.stamp").read_text().split()
    except (OSError, ValueError):
        return False
    fitting = {digest_of(locks[name]) for name in {"dev", kind}}
    wished = version == python_version() or not os.environ.get("PYTHON")
    return wished and digest in fitting and works(environment)


def digest_of(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def python_version() -> str:
    return "{}.{}".format(*sys.version_info[:2])


def works(environment: Path) -> bool:
    """False after the Python it was made from has gone."""
    try:
        command = [str(environment / "bin/python"), "-I", "-c", "import django"]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def build(environment: Path, lock: Path) -> None:
    stamp = environment / "ashore.stamp"
    stamp.unlink(missing_ok=True)
    make_environment(environment)
    uv = shutil.which("uv")
    if uv is None or not install_with_uv(uv, environment, lock):
        install_with_pip(environment, lock)
    if not works(environment):
        raise SetupError(f"{environment} does not work: delete it and try again.")
    stamp.write_text(f"{digest_of(lock)} {python_version()}\n")


def make_environment(environment: Path) -> None:
    """Keep an environment of the same Python; start anew with another one."""
    base: str = getattr(sys, "_base_executable", None) or sys.executable
    config = environment / "pyvenv.cfg"
    version = rf"^version\S* = {re.escape(python_version())}\."
    if config.exists():
        same = re.search(version, config.read_text(), re.MULTILINE)
        python = environment / "bin/python"
        if same and subprocess.run([python, "-c", ""], check=False).returncode == 0:
            return
    elif environment.exists() and any(environment.iterdir()):
        raise SetupError(f"{environment} is not an environment: move it away.")
    command = [base, "-m", "venv", "--clear", "--without-pip", str(environment)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        last = (result.stderr.strip() or result.stdout.strip()).splitlines()[-1:]
        raise SetupError(f"{environment} could not be made: {' '.join(last)}")


def install_with_uv(uv: str, environment: Path, lock: Path) -> bool:
    print(f"Setting up with uv · 正在用 uv 准备环境 ({lock.name})", flush=True)
    python = str(environment / "bin/python")
    command = [uv, "pip", "sync", "--require-hashes", "--python", python, str(lock)]
    if subprocess.run(command, check=False).returncode == 0:
        return True
    print("uv could not do it; trying pip · uv 没有成功，改用 pip", flush=True)
    return False


def install_with_pip(environment: Path, lock: Path) -> None:
    if digest_of(PIP_WHEEL) != PIP_SHA256:
        raise SetupError(f"{PIP_WHEEL} is damaged: get it again (git checkout).")
    command = [environment / "bin/python", f"{PIP_WHEEL}/pip", "install"]
    with subprocess.Popen(
        [*map(str, command), *PIP_OPTIONS, "-r", str(lock)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as pip:
        assert pip.stdout is not None
        failure = show_progress(pip.stdout, total=count_libraries(lock))
    if pip.returncode != 0:
        raise SetupError(
            f"The libraries could not be installed: {failure.rstrip('.')}. "
            "Check the network and try again."
        )


def count_libraries(lock: Path) -> int:
    return len(re.findall(r"^[\w.\[\]-]+==", lock.read_text(), re.MULTILINE))


def show_progress(report: Iterable[str], *, total: int) -> str:
    """Turn pip's report into one moving line; returns its last error."""
    moving = sys.stdout.isatty()
    done, failure = 0, ""
    print("Setting up, a minute or two · 正在准备环境，需要一两分钟", flush=True)
    for line in report:
        if line.startswith("ERROR:"):
            failure = line.removeprefix("ERROR:").strip()
        if line.startswith(("Collecting ", "Ignoring ", "Requirement already ")):
            done += 1
            say(f"  {done}/{total}", moving=moving, if_still=done % 20 == 0)
        elif line.startswith("Installing collected"):
            say("  unpacking · 正在解压", moving=moving, if_still=True)
    if moving:
        print("\r\033[K", end="", flush=True)
    return failure


def say(text: str, *, moving: bool, if_still: bool) -> None:
    """Overwrite the line on a terminal; in a file add a line now and then."""
    if moving:
        print(f"\r\033[K{text}", end="", flush=True)
    elif if_still:
        print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
