from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from statistics import mean, quantiles
from threading import Event, Thread
from typing import Any

from django.db import connection, transaction

from jobs.postings.models import Posting
from jobs.search.access import planning, results, search, top
from jobs.search.benchmark.corpus import JOBS, company_of, project_of
from jobs.search.models import PostingIndex
from jobs.search.rules.lexemes import groups_of, query_of
from jobs.search.rules.query import Query
from jobs.search.services import index_postings

CITIES = ("3101", "1101", "4403", "4401", "5101", "3301", "5001", "4201")
SHANGHAI = (31.23, 121.47)
COMMON = ("客服", "五险一金", "普通话", "打字", "订单", "客户", "双休", "包住")


def mix(each: int, *, seed: int = 7) -> dict[str, list[Query]]:
    """Queries by class, as people write them."""
    random = Random(seed)  # noqa: S311
    rare = [project_of(random.randrange(2_000, 20_000)) for _ in range(each)]
    jobs = [job[0] for job in JOBS]

    def typed(*words: str, **more: Any) -> Query:
        return Query(text=" ".join(words), **more)

    def pick(words: Sequence[str]) -> str:
        return random.choice(words)

    return {
        "rare": [typed(word) for word in rare],
        "mid": [typed(company_of(random.randrange(60))[:3], pick(jobs)) for _ in rare],
        "common": [
            typed("客服" if random.random() < 0.5 else pick(COMMON)) for _ in rare
        ],
        "words_and_filters": [
            typed(
                pick(jobs),
                pick(COMMON),
                city_code=pick(CITIES),
                lowest_pay=random.choice((4000, 5500, 8000)),
                weekends_off=random.random() < 0.5,
            )
            for _ in rare
        ],
        "facets": [
            Query(
                city_code=pick(CITIES),
                shift=pick(("day", "night")),
                education="high_school",
            )
            for _ in rare
        ],
        "browse": [Query(sort=pick(("relevance", "newest"))) for _ in rare],
        "pay_sort": [typed(pick(COMMON), sort="pay") for _ in rare],
        "nearest": [typed(pick(COMMON), near=SHANGHAI, sort="nearest") for _ in rare],
        "without": [typed(pick(COMMON), without=("销售",)) for _ in rare],
    }


def adversarial(many: int, *, seed: int = 11) -> list[Query]:
    """Rare, common, and pairs of words that seldom or never meet."""
    random = Random(seed)  # noqa: S311
    jobs = [job[0] for job in JOBS]
    found = []
    for number in range(many):
        words = (
            [project_of(random.randrange(20_000))],
            [random.choice(COMMON)],
            random.sample(jobs, 2),
            [random.choice(jobs), company_of(random.randrange(200))[:3]],
            [project_of(random.randrange(20)), project_of(random.randrange(20))],
            [random.choice(COMMON), random.choice(COMMON)],
        )[number % 6]
        sort = random.choice(("relevance", "relevance", "newest", "pay"))
        city = random.choice(("", "", "", random.choice(CITIES)))
        found.append(Query(text=" ".join(words), sort=sort, city_code=city))
    return found


def times(work: Callable[[Query], object], queries: Sequence[Query]) -> list[float]:
    return [one_time(work, query) for query in queries]


def one_time(work: Callable[[Query], object], query: Query) -> float:
    started = time.perf_counter()
    work(query)
    return 1000 * (time.perf_counter() - started)


def summary(taken: Sequence[float]) -> dict[str, float]:
    cut = (
        quantiles(taken, n=20, method="inclusive") if len(taken) > 1 else [*taken] * 19
    )
    return {
        "p50_ms": round(cut[9], 2),
        "p95_ms": round(cut[18], 2),
        "mean_ms": round(mean(taken), 2),
        "max_ms": round(max(taken), 2),
    }


@dataclass(slots=True)
class Mixed:
    """All classes: the first pass, the second, and the naive way for a few of each."""

    classes: dict[str, dict[str, float]] = field(default_factory=dict)
    cold: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    naive_ratio: float = 0.0


def all_classes(each: int, naives: int) -> Mixed:
    """The second pass asks other questions of the same kinds: no answer is kept."""
    found, again = Mixed(), mix(each, seed=8)
    few, naively = [], []
    for name, queries in mix(each).items():
        planning.forget()
        cold = times(ours, queries)
        planning.forget()
        warm = times(ours, again[name])
        rank = times(naive, again[name][:naives])
        found.classes[name] = summary(warm) | {
            "naive_p95_ms": summary(rank)["p95_ms"],
            "ilike_ms": round(one_time(ilike, again[name][0]), 1),
            "cold_p95_ms": summary(cold)["p95_ms"],
        }
        found.cold += cold
        found.warm += warm
        naively.append(mean(rank))
        few.append(mean(warm[:naives]))
    found.naive_ratio = round(mean(naively) / mean(few), 1)
    return found


def against(engine: Callable[[Query], object], each: int) -> dict[str, float]:
    """The first twenty, asked of the engine and of us in turns; the second pass counts."""
    classes = mix(each, seed=9)
    names = ("rare", "mid", "common", "words_and_filters", "facets", "without")
    queries = [query for name in names for query in classes[name]]
    pairs: list[tuple[float, float]] = []
    for _ in range(2):
        planning.forget()
        pairs = [(one_time(top_only, q), one_time(engine, q)) for q in queries]
    own, other = [a for a, _b in pairs], [b for _a, b in pairs]
    return {
        "ours_ms": round(mean(own), 2),
        "engine_ms": round(mean(other), 2),
        "ratio": round(mean(own) / mean(other), 1),
    }


def ours(query: Query) -> object:
    return results(query)


def top_only(query: Query) -> object:
    return top(query)


def naive(query: Query) -> list[int]:
    """What is written first: rank everything, count everything, two facets."""
    words, table = query_of(query), PostingIndex._meta.db_table
    with connection.cursor() as cursor:
        found = f"FROM {table} WHERE words @@ %s::tsquery"
        cursor.execute(
            f"SELECT posting_id {found} ORDER BY ts_rank_cd(words, %s::tsquery) DESC LIMIT 20",
            [words, words],
        )
        keys = [key for (key,) in cursor.fetchall()]
        cursor.execute(f"SELECT count(*) {found}", [words])
        for column in ("city_code", "occupation"):
            cursor.execute(f"SELECT {column}, count(*) {found} GROUP BY 1", [words])
        cursor.fetchall()
    return keys


def ilike(query: Query) -> object:
    """Without any index of words: the newest postings that hold what was typed."""
    words = [group[0] for group in groups_of(query)] or ["客服"]
    likes = " AND ".join(
        ["(title ILIKE %s OR responsibilities ILIKE %s OR qualifications ILIKE %s)"]
        * len(words)
    )
    values = [f"%{word}%" for word in words for _ in range(3)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM jobs_postings_posting WHERE state = 'published' AND {likes}",  # noqa: S608
            values,
        )
        return cursor.fetchall()


def deep(query: Query, page: int, *, runs: int = 40) -> dict[str, float]:
    """The first page against page number `page`, reached once by walking there."""
    skipped = 20 * (page - 1)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT posted, posting_id FROM {PostingIndex._meta.db_table}"  # noqa: S608
            " ORDER BY posted DESC, posting_id DESC OFFSET %s LIMIT 1",
            [skipped],
        )
        row = cursor.fetchone()
    if row is None:
        return {}
    at = f"n..{row[0]}.0.{row[1]}"
    first, far = [], []
    for _ in range(runs):
        first += times(ours, [query])
        far += times(lambda q: results(q, after=at), [query])
    return {"first_ms": summary(first)["p50_ms"], "deep_ms": summary(far)["p50_ms"]}


def visible(runs: int = 20) -> dict[str, float]:
    """From the change of a posting to the search that finds it, beside two readers."""
    ended = Event()
    readers = [Thread(target=_read_until, args=(ended, seed)) for seed in (1, 2)]
    for reader in readers:
        reader.start()
    try:
        return summary([_time_to_show(number) for number in range(runs)])
    finally:
        ended.set()
        for reader in readers:
            reader.join()


def _read_until(ended: Event, seed: int) -> None:
    queries = [query for some in mix(10, seed=seed).values() for query in some]
    while not ended.is_set():
        for query in queries:
            results(query)
            if ended.is_set():
                break
    connection.close()


def _time_to_show(number: int) -> float:
    posting = Posting.objects.order_by("pk")[number]
    posting.title = word = f"vq{number:06d}"
    started = time.perf_counter()
    with transaction.atomic():
        posting.save(update_fields=["title"])
        index_postings([posting])
    while posting.pk not in [row.pk for row in search(Query(text=word)).rows]:
        time.sleep(0.01)
    return 1000 * (time.perf_counter() - started)
