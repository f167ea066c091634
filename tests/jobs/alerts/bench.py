"""How fast new postings find their saved searches: make bench-alerts

A database of its own is made and dropped. The naive way holds every posting against
every search's tsquery, in the same run and over the same rows; its answers are the ones
the fast way has to give.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any

import django


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--searches", type=int, default=200_000)
    parser.add_argument("--seekers", type=int, default=20_000)
    parser.add_argument("--postings", type=int, default=4_000)
    parser.add_argument("--compared", type=int, default=1_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    from accounts.identity.services import outbox

    # No worker listens to this database.
    outbox.__dict__["wake_a_worker"] = lambda: None
    # As Ctrl-C: the database of its own is dropped on the way out.
    signal.signal(signal.SIGTERM, lambda *_args: sys.exit(1))
    with scratch_database():
        figures = measure(options)
    if options.json:
        say(json.dumps({name: figure.value for name, figure in figures.items()}))
        return
    for name, figure in figures.items():
        say(f"{name:44}{figure.value:>12,}   {figure.goal()}".rstrip())
    say(f"load average {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors")
    sys.exit(not all(figure.is_met() for figure in figures.values()))


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@contextmanager
def scratch_database() -> Iterator[None]:
    from django.conf import settings
    from django.db import connection

    if settings.EMBEDDED_DATABASE:
        from config import embedded

        embedded.ensure_running(settings.VAR_DIR)
    before = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"bench_alerts_{os.getpid()}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


@dataclass(frozen=True, slots=True)
class Figure:
    """`most` and `least` are goals; a figure without one is told only."""

    value: float
    least: float | None = None
    most: float | None = None

    def is_met(self) -> bool:
        return (self.least is None or self.value >= self.least) and (
            self.most is None or self.value <= self.most
        )

    def goal(self) -> str:
        if self.least is None and self.most is None:
            return ""
        sign, bound = (">=", self.least) if self.most is None else ("<=", self.most)
        return f"goal {sign} {bound:,}   {'met' if self.is_met() else 'MISSED'}"


def measure(options: argparse.Namespace) -> dict[str, Figure]:
    from django.utils import timezone

    from jobs.alerts.models import SearchAnchor

    now = timezone.now()
    load(options, now)
    say(f"{SearchAnchor.objects.count():,} keys, without a rest: {share_alone():.0%}")
    naive, same, searched = compare(options.compared, now)
    found_rate = answer(now)
    one, rate, busy, matched = percolate(options.postings, now)
    times_naive = found_rate * sum(naive) / len(naive) / 1e3
    return {
        "searches": Figure(options.searches),
        "naive, one posting, p50 ms": Figure(round(median(naive), 1)),
        "one posting, p50 ms": Figure(round(median(one) * 1e3, 1)),
        "one posting, p95 ms": Figure(
            round(quantiles(one, n=20)[-1] * 1e3, 1), most=30
        ),
        "matches a posting": Figure(round(matched / options.postings, 1)),
        "in batches, found, postings/s": Figure(round(found_rate), least=300),
        "in batches, found, times naive": Figure(
            # Few searches cost the naive way next to nothing.
            round(times_naive, 1),
            least=20 if options.searches >= 200_000 else None,
        ),
        "in batches, found and written, postings/s": Figure(round(rate), least=300),
        "the same by processor time": Figure(round(busy or 0)),
        "postings compared with naive": Figure(searched, least=1000),
        "postings with other answers": Figure(searched - same, most=0),
        **told(now),
    }


def told(now: datetime) -> dict[str, Figure]:
    people, seconds, wrong = digest(now)
    return {
        "messages written": Figure(people, least=1),
        "messages a second": Figure(round(people / seconds)),
        "told twice, or not at all": Figure(wrong, most=0),
    }


def load(options: argparse.Namespace, now: datetime) -> None:
    from django.db import connection

    from jobs.postings.models import Posting
    from jobs.search.services.entries import index_postings
    from jobs.search.services.frequencies import fold_words
    from tests.jobs.alerts.corpus import make_postings

    with timed("postings"):
        rows = list(make_postings(options.postings, seed=1, now=now))
        Posting.objects.bulk_create(rows, batch_size=500)
        for start in range(0, len(rows), 500):
            index_postings(rows[start : start + 500])
            fold_words()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    with timed("searches"):
        load_searches(options)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def load_searches(options: argparse.Namespace) -> None:
    from jobs.alerts.access import forget_word_shares, word_shares
    from jobs.alerts.models import SavedSearch
    from jobs.alerts.rules.queries import QUERY_VERSION, to_json
    from tests.jobs.alerts.corpus import make_queries

    users = load_people(options.seekers)
    forget_word_shares()
    shares = word_shares()
    queries = enumerate(make_queries(options.searches, seed=2))
    while some := list(islice(queries, 5000)):
        made = [
            SavedSearch(
                user=users[number % len(users)],
                slot=number // len(users) + 1,
                name=f"{number}",
                query=to_json(query),
                query_version=QUERY_VERSION,
                fingerprint=f"{number}",
            )
            for number, query in some
        ]
        write_searches(made, shares)


def load_people(count: int) -> list[Any]:
    from accounts.consent.models import Consent
    from accounts.identity.models import User
    from accounts.lib.bulk import copy_rows
    from jobs.alerts.models import AlertReader

    users = [User(email=f"{n}@example.com") for n in range(count)]
    copy_rows(users)
    copy_rows([AlertReader(user=user) for user in users])
    copy_rows([Consent(user=u, purpose="job_alerts", version="1") for u in users])
    return users


def write_searches(made: list[Any], shares: Callable[[str], float]) -> None:
    from accounts.lib.bulk import copy_rows
    from jobs.alerts.services.anchors import anchor_rows, needle_for

    copy_rows(made)
    copy_rows(
        [
            row
            for search in made
            for row in anchor_rows(search, needle_for(search, shares))
        ]
    )


@contextmanager
def timed(what: str) -> Iterator[None]:
    started = perf_counter()
    yield
    say(f"{what} loaded in {perf_counter() - started:.0f} s")


def share_alone() -> float:
    from jobs.alerts.models import SearchAnchor

    return SearchAnchor.objects.filter(rest=None).count() / SearchAnchor.objects.count()


NAIVE = """
SELECT n.search_id FROM naive AS n, jobs_postings_posting AS p
JOIN jobs_search_postingindex AS i ON i.posting_id = p.id
WHERE p.id = %s AND i.words @@ n.wanted AND coalesce(p.pay_min, 0) >= n.pay
  AND (n.days = 0 OR p.published_at >= %s - make_interval(days => n.days))
"""


def compare(count: int, now: datetime) -> tuple[list[float], int, int]:
    """Milliseconds of the naive way, how many postings gave the same, of how many."""
    from django.db import connection

    from jobs.alerts.services.percolation import matches_for
    from jobs.postings.models import Posting

    times, same = [], 0
    with connection.cursor() as cursor:
        fill_naive(cursor)
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        for pk in Posting.objects.order_by("pk").values_list("pk", flat=True)[:count]:
            started = perf_counter()
            cursor.execute(NAIVE, [pk, now])
            expected = {(search, pk) for (search,) in cursor.fetchall()}
            times.append((perf_counter() - started) * 1e3)
            same += matches_for([pk], now=now) == expected
        cursor.execute("RESET max_parallel_workers_per_gather")
        cursor.execute("DROP TABLE naive")
    return times, same, len(times)


def fill_naive(cursor: Any) -> None:
    """Every search's tsquery; pay and age are compared exactly, beside it."""
    from jobs.alerts.models import SavedSearch
    from jobs.alerts.rules.queries import from_json
    from jobs.search.rules.lexemes import query_of

    # Read whole: a connection that copies cannot read meanwhile.
    kept = list(SavedSearch.objects.values_list("pk", "query", "query_version"))
    cursor.execute(
        "CREATE UNLOGGED TABLE naive"
        " (search_id bigint, wanted tsquery, pay int, days int)"
    )
    with cursor.copy("COPY naive FROM STDIN") as copy:
        for pk, query, version in kept:
            wishes = from_json(query, version)
            wanted = query_of(replace(wishes, lowest_pay=None, posted_within=None))
            exactly = (wishes.lowest_pay or 0, wishes.posted_within or 0)
            copy.write_row((pk, wanted, *exactly))
    cursor.execute("VACUUM ANALYZE naive")


def answer(now: datetime) -> float:
    """Postings a second, in batches of which nothing is written."""
    from jobs.alerts.services.percolation import BATCH, matches_for
    from jobs.postings.models import Posting

    keys = list(Posting.objects.order_by("pk").values_list("pk", flat=True))
    batches = [keys[n : n + BATCH] for n in range(0, len(keys), BATCH)]
    return len(keys) / seconds_of(
        lambda: [matches_for(batch, now=now) for batch in batches]
    )


def percolate(
    postings: int, now: datetime
) -> tuple[list[float], float, float | None, int]:
    """Seconds of each of some single postings, postings a second in batches, the same by
    the processor's time, matches."""
    from accounts.lib.bulk import copy_rows
    from jobs.alerts.models import AlertMatch, PostingNews
    from jobs.alerts.services.percolation import percolate_all, percolate_batch
    from jobs.postings.models import Posting

    copy_rows([PostingNews(posting=posting) for posting in Posting.objects.all()])
    alone = min(400, postings // 4)
    single = [
        seconds_of(lambda: percolate_batch(now=now, limit=1)) for _ in range(alone)
    ]
    before = processor_seconds()
    rate = (postings - alone) / seconds_of(lambda: percolate_all(now=lambda: now))
    after = processor_seconds()
    busy = (postings - alone) / (after - before) if before and after else None
    return single[20:], rate, busy, AlertMatch.objects.count()


def processor_seconds() -> float | None:
    """What this process and the database's own for it have used; None from afar."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not stat.exists() or "(postgres)" not in (line := stat.read_text()):
        return None
    used = line.rpartition(")")[2].split()[11:13]
    return process_time() + sum(map(int, used)) / os.sysconf("SC_CLK_TCK")


def seconds_of(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


def digest(now: datetime) -> tuple[int, float, int]:
    """Messages written, seconds, and whatever was told twice or not at all."""
    from django.db.models import Q

    from accounts.identity.models import OutboxMessage
    from accounts.lib.dates import SHANGHAI
    from jobs.alerts.models import AlertDigest, AlertMatch
    from jobs.alerts.rules.hours import DAILY_AT
    from jobs.alerts.services.digests import send_alerts

    local = now.astimezone(SHANGHAI).replace(hour=DAILY_AT.hour, minute=5)
    morning = local + timedelta(days=1)
    waiting = AlertMatch.objects.filter(waits=True)
    people = waiting.values("search__user").distinct().count()
    told = waiting.count()
    seconds = seconds_of(lambda: send_alerts(now=lambda: morning))
    # Asked again, as the schedule does: nobody is written to twice.
    send_alerts(now=lambda: morning)
    left = AlertMatch.objects.filter(Q(waits=True) | Q(digest=None)).count()
    written = OutboxMessage.objects.filter(template="alerts/digest").count()
    digests = AlertDigest.objects.count()
    lost = told - AlertMatch.objects.exclude(digest=None).count()
    return (
        written,
        seconds,
        left + abs(lost) + abs(written - people) + abs(digests - people),
    )


if __name__ == "__main__":
    main()
