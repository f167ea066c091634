"""How many result pages two web processes give: make bench-search-web ARGS="--rows 100000"

Needs `wrk` (in Debian's packages) and the real server; wrk runs on the same machine and
takes its share of it. Pages asked "anew" each have an address of their own and nothing is
kept; "kept" are pages for visitors that were asked for less than half a minute ago.
Beside them, in the same run, what is between the two limits: Django with nothing to do,
and the same questions asked and answered as one first thinks of it.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from random import Random
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

import django

ADDRESS = "http://127.0.0.1:8799"
# Enough of them that none comes twice while nothing is kept.
ANEW, KEPT = 20_000, 200
WARMING = 20
BASELINE_SECONDS = 5
# Of the naive page each takes seconds.
NAIVE_SECONDS = 40
MOST_BYTES = 40 * 1024
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_TAIL = re.compile(r"99%\s+([\d.]+\w+)")
_WRONG = re.compile(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)")


def paths(many: int, *, seed: int) -> list[str]:
    """As people ask: words in the address, sometimes filters and an order."""
    from jobs.search.benchmark import measuring

    found: dict[str, None] = {}
    while len(found) < many:
        seed += 1
        for queries in measuring.mix(200, seed=seed).values():
            for query in queries:
                # Two kinds of place are left out: they have no form of their own.
                asked = {
                    "q": query.text or ("上海客服" if query.near else ""),
                    "city": query.city_code,
                    "pay": query.lowest_pay if query.lowest_pay != 5500 else 6000,
                    "shift": query.shift,
                    "education": query.education,
                    "sort": query.sort,
                    "weekends": "on" if query.weekends_off else "",
                    # Makes the address one of its own; the site reads no such field.
                    "n": len(found) if many > KEPT else "",
                }
                given = {name: value for name, value in asked.items() if value}
                found[f"/jobs/?{urlencode(given)}"] = None
    mixed = list(found)[:many]
    # Else a short run would ask one kind of question only.
    Random(seed).shuffle(mixed)
    return mixed


@contextmanager
def server(
    database: str,
    folder: Path,
    *,
    kept_for: int = 0,
    settings: str = "config.settings.dev",
) -> Iterator[int]:
    """Two sync workers, as in the container; yields the main process's number."""
    environment = os.environ | {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": settings,
        "ASHORE_DEMO": "0",
        "ASHORE_PAGES_KEPT_FOR": str(kept_for),
        "ASHORE_VAR_DIR": str(folder),
    }
    python = [sys.executable, "-m"]
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
    subprocess.run(collect, env=environment, check=True)
    bind = ADDRESS.removeprefix("http://")
    command = [*python, "gunicorn", "config.wsgi", "-c", "python:config.web"]
    command += ["--bind", bind, "--workers", "2"]
    quiet = ["--log-level", "error", "--no-control-socket"]
    process = subprocess.Popen([*command, *quiet], env=environment)
    try:
        for _ in range(300):
            time.sleep(0.1)
            try:
                urlopen(f"{ADDRESS}/healthz").close()
            except OSError:
                continue
            break
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def wrk(urls: list[str], folder: Path, seconds: int) -> tuple[float, str, str]:
    """Pages a second, the slowest hundredth, and what went wrong."""
    script = folder / "urls.lua"
    lines = ",\n".join(f'"{url}"' for url in urls)
    script.write_text(
        f"local urls = {{{lines}}}\nlocal next = 0\n"
        "request = function() next = next % #urls + 1;"
        " return wrk.format('GET', urls[next]) end\n"
    )
    program = shutil.which("wrk") or "wrk"
    command = [program, "-t1", "-c8", f"-d{seconds}s", "--latency", "--timeout", "30s"]
    command += ["-s", str(script)]
    found = subprocess.run(
        [*command, ADDRESS], capture_output=True, text=True, check=True
    ).stdout
    rate, tail, wrong = (p.search(found) for p in (_RATE, _TAIL, _WRONG))
    return (
        float(rate[1]) if rate else 0.0,
        tail[1] if tail else "?",
        wrong[0] if wrong else "",
    )


def memory(main: int) -> int:
    """Bytes of the server's processes, what they share counted once."""
    children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
    total = 0
    for number in (str(main), *children):
        rollup = Path(f"/proc/{number}/smaps_rollup").read_text()
        total += int(re.findall(r"^Pss:\s+(\d+)", rollup, re.M)[0]) * 1024
    return total


def largest(urls: list[str]) -> tuple[int, int]:
    """Bytes of the largest of some pages, and of the largest compressed."""
    pages = [urlopen(Request(ADDRESS + url)).read() for url in urls]
    return max(map(len, pages)), max(len(gzip.compress(page, 6)) for page in pages)


def report(name: str, text: str, *, goal: str, met: bool) -> bool:
    sys.stdout.write(f"{'pass' if met else 'FAIL'}  {name}: {text}   goal {goal}\n")
    sys.stdout.flush()
    return met


@dataclass(frozen=True, slots=True)
class Machine:
    """What this one gives in a second: Django with nothing to do, and naive pages."""

    plain: float
    naive: float


def machine(database: str, folder: Path) -> Machine:
    with server(database, folder, settings="tests.jobs.search.naive.settings"):
        plain = wrk(["/plain"], folder, BASELINE_SECONDS)[0]
        naive = wrk(paths(ANEW, seed=100), folder, NAIVE_SECONDS)[0]
    text = f"{plain:.0f} plain answers a second, {naive:.2f} naive pages"
    sys.stdout.write(f"      this machine: {text}\n")
    return Machine(plain, naive)


def measure(database: str, seconds: int) -> bool:
    load = os.getloadavg()[0]
    sys.stdout.write(f"{os.cpu_count()} cores, load before {load:.1f}\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        beside = machine(database, folder)
        held = [
            *measure_anew(database, folder, seconds, beside),
            *measure_kept(database, folder, seconds, beside),
        ]
    return all(held)


def measure_anew(
    database: str, folder: Path, seconds: int, beside: Machine
) -> Iterator[bool]:
    with server(database, folder) as main:
        wrk(paths(KEPT, seed=50), folder, 3)
        rate, tail, wrong = wrk(paths(ANEW, seed=100), folder, seconds)
        text = f"{rate:.0f} a second, 99 % within {tail} {wrong}"
        yield report("anew", text, goal=">= 150", met=rate >= 150 and not wrong)
        ratio = rate / beside.naive if beside.naive else float("inf")
        text = f"{ratio:.0f} times the naive page"
        yield report("anew, ratio", text, goal=">= 60", met=ratio >= 60)
        used = memory(main) / 1024**2
        text = f"{used:.0f} MB for three processes"
        yield report("memory", text, goal="<= 450", met=used <= 450)
        plain, packed = largest(paths(60, seed=50))
        text = f"{packed / 1024:.1f} kB compressed, {plain / 1024:.0f} kB plain"
        met = packed <= MOST_BYTES
        yield report("largest page", text, goal="<= 40 kB", met=met)


def measure_kept(
    database: str, folder: Path, seconds: int, beside: Machine
) -> Iterator[bool]:
    with server(database, folder, kept_for=30):
        urls = paths(KEPT, seed=50)
        # Each of the two processes fills its own; while it is measured, pages
        # still grow old and are made anew.
        wrk(urls, folder, WARMING)
        rate, tail, wrong = wrk(urls, folder, seconds)
        text = f"{rate:.0f} a second, 99 % within {tail} {wrong}"
        yield report("kept", text, goal=">= 2000", met=rate >= 2000 and not wrong)
        ratio = rate / max(beside.plain, 1)
        text = f"{ratio:.2f} of the plain answer's rate"
        yield report("kept, ratio", text, goal=">= 0.55", met=ratio >= 0.55)


def main() -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=15)
    parser.add_argument("--keep", action="store_true", help="as in bench_search")
    given = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.stdout.write("wrk is not installed: nothing was measured.\n")
        return 0
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    django.setup()
    from django.conf import settings

    from config import embedded

    own = embedded.running(settings.VAR_DIR)
    with own if settings.EMBEDDED_DATABASE else nullcontext():
        return 0 if measure_at(given.rows, given.seconds, keep=given.keep) else 1


def measure_at(rows: int, seconds: int, *, keep: bool) -> bool:
    from django.db import connection

    from jobs.search.benchmark import loading
    from jobs.search.services import count_words

    kept = loading.kept_name(rows) if keep else ""
    with loading.scratch_database(kept) as is_filled:
        if not is_filled:
            loading.load(rows, lambda _done: None)
            count_words()
        reached = loading.target()
        connection.close()
        return measure(address_of(reached), seconds)


def address_of(reached: dict[str, str]) -> str:
    who = ":".join(filter(None, (reached.get("user"), reached.get("password"))))
    # A folder of sockets, where it is the embedded one.
    where = f"{quote(reached.get('host', ''), safe='')}:{reached.get('port', '5432')}"
    return f"postgres://{who}@{where}/{reached['dbname']}"


if __name__ == "__main__":
    raise SystemExit(main())
