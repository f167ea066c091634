from __future__ import annotations

import json
import signal
import sys
from statistics import mean
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from tqdm import tqdm

from jobs.search.access import planning
from jobs.search.benchmark import loading, measuring
from jobs.search.rules.query import Query
from jobs.search.services import count_words


def server_version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])


class Command(BaseCommand):
    help = "How fast searches are, on made-up postings in a scratch database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rows", type=int, default=100_000)
        parser.add_argument("--each", type=int, default=60, help="queries a class")
        parser.add_argument("--naive", type=int, default=5, help="naive ones a class")
        parser.add_argument("--adversarial", type=int, default=1000)
        parser.add_argument(
            "--keep", action="store_true", help="keep the filled database, or use it"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object only")
        parser.add_argument("--curve", action="store_true", help="10k, 100k and 1M")

    def handle(self, *_args: Any, **options: Any) -> None:
        # Ended from outside as by Ctrl-C: the scratch database is dropped either way.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        sizes = [10_000, 100_000, 1_000_000] if options["curve"] else [options["rows"]]
        found = {}
        for rows in sizes:
            kept = f"{loading.KEPT}{rows}" if options["keep"] else ""
            with loading.scratch_database(kept) as is_filled:
                seconds = {} if is_filled else self.fill(rows)
                found[rows] = self.measure(rows, options) | {"seconds": seconds}
            self.show(rows, found[rows])
        if options["json"]:
            classes = found[sizes[-1]]["classes"]
            self.stdout.write(json.dumps(classes))

    def fill(self, rows: int) -> dict[str, float]:
        with tqdm(total=rows, unit="posting", file=sys.stderr) as bar:
            seconds = loading.load(rows, bar.update)
        seconds["frequencies"] = (
            measuring.times(lambda _q: count_words(), [Query()])[0] / 1000
        )
        return {k: round(v, 1) for k, v in seconds.items()}

    def measure(self, rows: int, options: dict[str, Any]) -> dict[str, Any]:
        planning.forget()
        mix = measuring.mix(options["each"])
        classes: dict[str, dict[str, float]] = {}
        cold: list[float] = []
        warm: list[float] = []
        top: list[float] = []
        naive: list[float] = []
        counted: list[float] = []
        for name, queries in mix.items():
            first = measuring.times(measuring.ours, queries)
            second = measuring.times(measuring.ours, queries)
            rank = measuring.times(measuring.naive, queries[: options["naive"]])
            plain = measuring.times(measuring.ilike, queries[:1])
            classes[name] = measuring.summary(second) | {
                "naive_p95_ms": measuring.summary(rank)["p95_ms"],
                "ilike_ms": round(plain[0], 1),
                "cold_p95_ms": measuring.summary(first)["p95_ms"],
            }
            top += measuring.times(measuring.top_only, queries)
            cold, warm = cold + first, warm + second
            naive.append(mean(rank))
            counted.append(mean(second[: options["naive"]]))
        hard = measuring.times(
            measuring.ours, measuring.adversarial(options["adversarial"])
        )
        return {
            "classes": classes,
            "mean_ms": round(mean(warm), 2),
            "cold_mean_ms": round(mean(cold), 2),
            "top_mean_ms": round(mean(top), 2),
            "naive_ratio": round(mean(naive) / mean(counted), 1),
            "adversarial": measuring.summary(hard),
            "deep": measuring.deep(Query(sort="newest"), min(5000, rows // 40)),
            "bytes": loading.sizes(),
            "server": server_version(),
        }

    def show(self, rows: int, found: dict[str, Any]) -> None:
        say = self.stderr.write
        say(
            f"{rows} postings, PostgreSQL {found['server']}; seconds to load {found['seconds']}; bytes {found['bytes']}"
        )
        for name, values in found["classes"].items():
            say(f"  {name:18} {values}")
        slowest = max(values["p95_ms"] for values in found["classes"].values())
        hardest, deep = found["adversarial"]["max_ms"], found["deep"]
        say(
            f"  mean {found['mean_ms']} ms warm, {found['cold_mean_ms']} cold, first 20 alone {found['top_mean_ms']}; adversarial {found['adversarial']}; deep {deep}"
        )
        goals = [
            ("p95 of every class <= 60 ms", slowest, slowest <= 60),
            ("naive / ours >= 35", found["naive_ratio"], found["naive_ratio"] >= 35),
            ("adversarial max <= 250 ms", hardest, hardest <= 250),
        ]
        if deep:
            ratio = round(deep["deep_ms"] / deep["first_ms"], 2)
            goals.append(("deep page <= 1.2 x first", ratio, ratio <= 1.2))
        for goal, value, holds in goals:
            say(f"  {'pass' if holds else 'FAIL'}  {goal}: {value}")
