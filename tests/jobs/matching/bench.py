"""How fast matching is: make bench-matching [ARGS="--rows 100000"]

Everything is made up from a seed (synthetic.py): the figures say how much work is done,
not how good the lists are. A database of its own is made and dropped. Milliseconds are
wall / processor time of this process: other work on the machine slows the first down
and, through the caches, the second a little.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import django
import numpy as np


@dataclass
class Report:
    missed: list[str] = field(default_factory=list)

    def line(self, name: str, text: str, *, goal: str = "", met: bool = True) -> None:
        mark = "" if not goal else f"   goal {goal}: {'met' if met else 'MISSED'}"
        sys.stdout.write(f"{name:34}{text}{mark}\n")
        sys.stdout.flush()
        if not met:
            self.missed.append(name)


@dataclass
class Times:
    wall: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)

    def run(self, work: Callable[[], Any]) -> Any:
        wall, own = perf_counter(), process_time()
        found = work()
        self.wall.append(1000 * (perf_counter() - wall))
        self.own.append(1000 * (process_time() - own))
        return found

    def text(self) -> str:
        shares = (50, 95)
        pairs = [
            (np.percentile(self.wall, s), np.percentile(self.own, s)) for s in shares
        ]
        return "  ".join(
            f"p{share} {wall:7.2f} /{own:7.2f} ms"
            for share, (wall, own) in zip(shares, pairs, strict=True)
        )

    def p95(self) -> float:
        return float(np.percentile(self.own, 95))

    def rate(self, number: int) -> float:
        return 1000 * number / sum(self.own)


@contextmanager
def scratch_database() -> Iterator[None]:
    from django.db import connection

    settings = connection.settings_dict
    settings["TEST"]["NAME"] = f"ashore_bench_{os.getpid()}"
    name = settings["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def fill(rows: int) -> None:
    from django.db import connection

    from accounts.lib import dates
    from jobs.matching.models import PostingFeatures, ShardVersion
    from tests.jobs.matching.synthetic import made_jobs

    jobs = made_jobs(rows, today=dates.today())
    key = 1
    while found := list(islice(jobs, 20_000)):
        _copy(found, key)
        key += len(found)
    shards = PostingFeatures.objects.order_by().values_list("shard").distinct()
    ShardVersion.objects.bulk_create(ShardVersion(shard=shard) for (shard,) in shards)
    with connection.cursor() as cursor:
        for table in ("jobs_postings_posting", "jobs_matching_postingfeatures"):
            cursor.execute(f"VACUUM ANALYZE {table}")
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('jobs_postings_posting', 'id'), %s)",
            [key],
        )


def _copy(jobs: Sequence[Any], key: int) -> None:
    from django.utils import timezone

    from jobs.matching.models import PostingFeatures
    from jobs.matching.rules.facts import READING_VERSION
    from jobs.matching.services.features import REMOTE
    from jobs.postings.models import Posting

    now = timezone.now()
    end = now + timedelta(days=30)
    posting = Posting(
        source_name="made up",
        responsibilities="接听来电",
        state="published",
        published_at=now,
        valid_through=end,
    )
    features = PostingFeatures(
        posting_id=key,
        version=1,
        facts={},
        valid_through=end,
        reading_version=READING_VERSION,
    )
    copy_like(
        posting,
        [
            "id",
            "public_id",
            "title",
            "organization_name",
            "source_id",
            "source_url",
            "city_code",
            "pay_min",
            "pay_max",
        ],
        (
            (
                n,
                job.id,
                job.title,
                job.employer,
                job.id,
                f"https://example.com/{job.id}",
                job.city,
                job.pay_min,
                job.pay_max,
            )
            for n, job in enumerate(jobs, key)
        ),
    )
    copy_like(
        features,
        ["posting_id", "shard", "facts"],
        (
            (n, REMOTE if job.is_remote else job.city, json.dumps(job.as_json()))
            for n, job in enumerate(jobs, key)
        ),
    )


def copy_like(
    sample: Any, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Rows that differ from a sample in these columns only; a million take minutes."""
    from django.db import connection, transaction

    fields = [f for f in sample._meta.concrete_fields if f.column not in columns]
    same = [
        f.get_db_prep_save(f.pre_save(sample, add=True), connection) for f in fields
    ]
    names = ", ".join(f'"{name}"' for name in [*columns, *(f.column for f in fields)])
    statement = f"COPY {sample._meta.db_table} ({names}) FROM STDIN"
    with (
        transaction.atomic(),
        connection.cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        for row in rows:
            copy.write_row([*row, *same])


def segments_for(seeker: Any) -> list[Any]:
    from django.utils import timezone

    from jobs.matching.access.shards import segments_of, versions_of

    shards = {seeker.city, *seeker.also_cities, "remote", ""}
    return segments_of(versions_of(shards), now=timezone.now())


def listing_of(seeker: Any, segments: list[Any]) -> Any:
    from accounts.lib import dates
    from jobs.matching.rules.knowledge import default_knowledge
    from jobs.matching.rules.listing import Listing

    return Listing(seeker, segments, dates.today(), default_knowledge())


def look(seeker: Any, segments: list[Any]) -> list[tuple[str, float]]:
    """What a first page needs: the counts and the best thirty."""
    listing = listing_of(seeker, segments)
    _ = listing.shown_count
    found: list[tuple[str, float]] = listing.best(30)
    return found


def measure_kernel(seekers: Sequence[Any]) -> Times:
    for seeker in seekers:
        look(seeker, segments_for(seeker))
    times = Times()
    for seeker in seekers:
        segments = segments_for(seeker)
        times.run(partial(look, seeker, segments))
    return times


def measure_cold(seekers: Sequence[Any]) -> Times:
    """As after a deployment: shards are read from disk when somebody first looks."""
    from jobs.matching.access import shards

    shards.forget()

    def first_look(seeker: Any) -> None:
        look(seeker, segments_for(seeker))

    shards.forget()
    times = Times()
    for seeker in seekers:
        times.run(partial(first_look, seeker))
    return times


def plain(seeker: Any, segments: list[Any], most: int) -> list[tuple[str, float]]:
    """Every row within the limits scored, then the whole lot sorted."""
    from jobs.matching.rules.score import WORD_POINTS, word_counts

    rows = []
    for candidate in listing_of(seeker, segments)._candidates():
        columns = candidate.segment.columns
        everything = np.arange(len(columns))
        counts = word_counts(seeker, columns)
        words = np.zeros(len(columns)) if counts is None else WORD_POINTS[counts]
        totals = candidate.scoring.totals(0, everything, words)
        kept = np.flatnonzero(candidate.takes(everything))
        rows += [(-float(totals[row]), columns.id[row].decode()) for row in kept]
    return [(name, -score) for score, name in sorted(rows)[:most]]


def recall(seekers: Sequence[Any]) -> float:
    shares = []
    for seeker in seekers:
        segments = segments_for(seeker)
        expected = plain(seeker, segments, 20)
        found = look(seeker, segments)[:20]
        same = sum(pair in expected for pair in found)
        shares.append(same / len(expected) if expected else 1.0)
    return float(np.mean(shares))


def measure_batch(seekers: Sequence[Any], *, most: int, then: Any = None) -> Times:
    """Lists for many in one go, as at night; `then` is done with each."""
    from accounts.lib import dates
    from jobs.matching.access.shards import segments_of, versions_of
    from jobs.matching.rules.batch import best_for_many
    from jobs.matching.rules.knowledge import default_knowledge

    looking = [(s, {s.city, *s.also_cities, "remote", ""}) for s in seekers]
    versions = versions_of({name for _seeker, names in looking for name in names})
    now = timezone_now()
    board = {name: segments_of({name: v}, now=now) for name, v in versions.items()}

    def work() -> None:
        for seeker, pairs in best_for_many(
            looking,
            board,
            today=dates.today(),
            knowledge=default_knowledge(),
            most=most,
        ):
            if then is not None:
                then(seeker, pairs)

    # What is worked out once for as long as a shard is held is not counted.
    work()
    times = Times()
    times.run(work)
    return times


def explain_all(seeker: Any, pairs: Sequence[tuple[str, float]]) -> None:
    from accounts.lib import dates
    from jobs.matching.access.matches import facts_of
    from jobs.matching.rules.explain import explain
    from jobs.matching.rules.knowledge import default_knowledge
    from jobs.matching.rules.ranking import matches_of

    jobs = list(facts_of([name for name, _ in pairs]).values())
    knowledge = default_knowledge()
    for match in matches_of(seeker, jobs, today=dates.today(), knowledge=knowledge):
        explain(seeker, match)


def timezone_now() -> Any:
    from django.utils import timezone

    return timezone.now()


_SQL = """
SELECT f.posting_id FROM jobs_matching_postingfeatures f
WHERE f.shard = ANY(%(shards)s) AND f.valid_through > now()
  AND coalesce((f.facts->>'pay_max')::int, 99999) >= %(floor)s
  AND NOT (f.facts->>'is_collection')::bool
ORDER BY (CASE WHEN f.facts->'occupations'->0->>0 = %(wish)s THEN 48 ELSE 0 END)
  + 16 * least(coalesce((f.facts->>'pay_max')::float, 0) / %(need)s, 1.2)
  + (CASE WHEN f.facts->>'rest' = 'double' THEN 9 ELSE 4 END)
  - 10 * greatest((f.facts->>'education')::int - %(education)s, 0) DESC, f.posting_id
LIMIT 20
"""


def measure_sql(seekers: Sequence[Any]) -> Times:
    from django.db import connection

    times = Times()
    for seeker in seekers:
        values = {
            "shards": [seeker.city, *seeker.also_cities, "remote", ""],
            "floor": seeker.min_pay * 0.85,
            "need": seeker.min_pay,
            "wish": seeker.wants[0][0],
            "education": seeker.education,
        }
        with connection.cursor() as cursor:
            times.run(partial(cursor.execute, _SQL, values))
    return times


def measure_pages(seekers: Sequence[Any]) -> Times:
    from django.test import Client
    from django.urls import reverse

    from jobs.matching.access import matches
    from tests.make import make_seeker, sign_in

    times, url = Times(), reverse("matching:list")
    for number, seeker in enumerate(seekers):
        profile = make_seeker(
            email=f"{number}@example.com",
            pseudonym=f"海风{number}",
            city_code=seeker.city,
            also_city_codes=sorted(seeker.also_cities),
            past_roles=list(seeker.roles),
            wanted_occupations=[code for code, _ in seeker.wants],
            min_pay=seeker.min_pay,
            constraints=sorted(seeker.limits),
        )
        client = Client()
        sign_in(client, profile.user)
        for measured in (Times(), times):
            matches.forget()
            response = measured.run(partial(client.get, url))
            assert response.status_code == 200
    return times


def measure_freshness() -> tuple[float, float]:
    """Seconds from a posting's publication, and from its end, to the list without it."""
    from jobs.matching.access.matches import ranking_for
    from jobs.matching.services.features import write_features
    from tests.make import make_posting, make_seeker

    profile = make_seeker(email="fresh@example.com", constraints=[], min_pay=None)
    before = ranking_for(profile).shown_count
    posting = make_posting(pay_max=9000)
    started = perf_counter()
    write_features([posting])
    while ranking_for(profile).shown_count != before + 1:
        pass
    published = perf_counter() - started
    posting.state = "closed"
    posting.save()
    started = perf_counter()
    write_features([posting])
    while ranking_for(profile).shown_count != before:
        pass
    return published, perf_counter() - started


def memory() -> tuple[float, float]:
    """MB of this process, and of the arrays of the shards it holds."""
    from jobs.matching.access.shards import _held

    status = Path("/proc/self/status").read_text()
    own = int(status.split("VmRSS:")[1].split()[0]) / 1024
    arrays = 0
    for held in _held.values():
        columns = held.base
        arrays += sum(values.nbytes for values in columns.rows.values())
        arrays += sum(
            getattr(columns, name).nbytes
            for name in ("flags", "until", "id", "word_rows", "word_starts", "places")
        )
    return own, arrays / 1e6


def run(options: Namespace, report: Report, rows: int, *, whole: bool) -> Times:
    from django.utils import timezone

    from jobs.matching import packing
    from jobs.matching.access import matches, shards
    from tests.jobs.matching.synthetic import made_seekers

    started = perf_counter()
    fill(rows)
    filled = perf_counter()
    # What an earlier size left would be taken for this one.
    shards.forget()
    packed = dict(packing.pack(now=timezone.now()))
    assert sum(packed.values()) == rows
    shards.forget()
    matches.forget()
    report.line(
        f"--- {rows:,} postings",
        f"filled in {filled - started:.0f} s, {len(packed)} shards written in "
        f"{perf_counter() - filled:.0f} s",
    )
    seekers = made_seekers(options.seekers)
    kernel = measure_kernel(seekers)
    report.line(
        "one seeker, counts and best 30",
        kernel.text(),
        goal="p95 <= 12 ms" if whole else "",
        met=not whole or kernel.p95() <= 12,
    )
    report.line("the same, nothing held yet", measure_cold(seekers).text())
    if whole:
        measure_rest(report, seekers, kernel)
    return kernel


def measure_rest(report: Report, seekers: Sequence[Any], kernel: Times) -> None:
    from tests.jobs.matching.synthetic import made_seekers

    share = recall(seekers[:40])
    text = f"{share:.3f} against all scored and sorted"
    report.line("recall@20, ids and scores", text, goal="1.0", met=share == 1.0)
    sql = measure_sql(seekers[:20])
    ratio = np.mean(sql.wall) / np.mean(kernel.wall)
    report.line("SQL alone, approximate, best 20", f"{sql.text()}  {ratio:.0f}x ours")
    pages = measure_pages(seekers[:40])
    report.line(
        "whole page, signed in",
        pages.text(),
        goal="p95 <= 50 ms",
        met=pages.p95() <= 50,
    )
    many = made_seekers(10 * len(seekers))
    for name, people, most, then, goal in (
        ("batch, best 50", many, 50, None, 1000),
        ("batch, best 20 explained", seekers, 20, explain_all, 150),
    ):
        rate = measure_batch(people, most=most, then=then).rate(len(people))
        beside = rate * np.mean(sql.wall) / 1000
        text = f"{rate:,.0f} seekers/s of processor time, {beside:.0f}x SQL"
        report.line(name, text, goal=f">= {goal}", met=rate >= goal)
    own, arrays = memory()
    report.line("memory", f"{own:.0f} MB in all, arrays {arrays:.0f} MB (from disk)")
    published, closed = measure_freshness()
    report.line(
        "published / closed, seen after",
        f"{published:.2f} s / {closed:.2f} s",
        goal="<= 5 s",
        met=max(published, closed) <= 5,
    )


def main() -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seekers", type=int, default=200)
    parser.add_argument("--quick", action="store_true", help="20,000 rows, 40 seekers")
    parser.add_argument("--strict", action="store_true", help="fail on a missed goal")
    options = parser.parse_args()
    if options.quick:
        options.rows, options.seekers = 20_000, 40
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    from django.conf import settings

    from config import embedded

    # Not Django's test environment: it copies the context of every template.
    settings.ALLOWED_HOSTS = ["testserver"]
    report = Report()
    database = (
        embedded.running(settings.VAR_DIR)
        if settings.EMBEDDED_DATABASE
        else nullcontext()
    )
    with database:
        measure(options, report)
    if report.missed:
        report.line("missed", ", ".join(report.missed))
    return 1 if report.missed and options.strict else 0


def measure(options: Namespace, report: Report) -> None:
    from django.conf import settings

    load = os.getloadavg()[0]
    report.line(
        "machine",
        f"{os.cpu_count()} cores, load {load:.1f} before; times are wall / processor",
    )
    sizes = [n for n in (10_000, 100_000) if n < options.rows]
    for rows in [*sizes, options.rows]:
        with tempfile.TemporaryDirectory() as folder, scratch_database():
            settings.MATCHING_DIR = Path(folder)
            run(options, report, rows, whole=rows == options.rows)


if __name__ == "__main__":
    sys.exit(main())
