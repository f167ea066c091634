from __future__ import annotations

import random
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.lib import dates
from jobs.matching.files import read_json, read_objects
from jobs.matching.rules.evaluation import (
    CUT,
    FEWEST_RELEVANT,
    RELEVANT,
    average_precision,
    bm25_order,
    ndcg,
)
from jobs.matching.rules.knowledge import Knowledge, default_knowledge
from jobs.matching.rules.normalise import facts_of_advert
from jobs.matching.rules.personas import read_persona
from jobs.matching.rules.ranking import rank
from jobs.matching.rules.words import segment
from jobs.postings.rules.text import fold

_SHUFFLES = 200
_HEADER = ("seeker", "relevant", "nDCG@10", "MAP", "broken", "BM25", "random")


@dataclass(frozen=True, slots=True)
class Result:
    """One seeker: `broken` counts adverts in the top ten that break a limit."""

    seeker: str
    relevant: int
    ndcg: float
    precision: float
    broken: int
    bm25: float
    chance: float

    @property
    def counts(self) -> bool:
        return self.relevant >= FEWEST_RELEVANT


class Command(BaseCommand):
    help = (
        "Measure the ranking on graded adverts (DIR with personas.json, grades.jsonl, "
        "pools/<seeker>.jsonl) beside BM25 and random order. Needs no database."
    )
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument(
            "--today", type=date.fromisoformat, help="count ages from this day"
        )

    def handle(self, *_args: Any, folder: Path, **options: Any) -> None:
        grades = _grades(folder)
        knowledge = default_knowledge()
        today = options["today"] or dates.today()
        results = [
            _result(persona, folder, grades[persona["id"]], knowledge, today)
            for persona in read_json(str(folder / "personas.json"))
            if persona["id"] in grades
        ]
        if not results:
            raise CommandError(f"{folder}: no seeker of personas.json has grades")
        self._report(results)

    def _report(self, results: Sequence[Result]) -> None:
        self.stdout.write("  ".join(f"{name:>8}" for name in _HEADER))
        for row in results:
            self.stdout.write(_line(row, row.seeker + ("" if row.counts else "*")))
        counted = [row for row in results if row.counts]
        if counted:
            self.stdout.write(_line(_mean(counted, results), "mean"))
        self.stdout.write(
            f"* fewer than {FEWEST_RELEVANT} relevant adverts: not in the means. "
            f"broken: adverts in a top {CUT} that break a limit of the seeker."
        )


def _grades(folder: Path) -> dict[str, dict[str, dict[str, Any]]]:
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for row in read_objects(str(folder / "grades.jsonl")):
        found.setdefault(row["persona"], {})[row["ad_id"]] = row
    return found


def _result(
    persona: Mapping[str, Any],
    folder: Path,
    graded: Mapping[str, Mapping[str, Any]],
    knowledge: Knowledge,
    today: date,
) -> Result:
    grades = {name: int(row["grade"]) for name, row in graded.items()}
    pool = list(read_objects(str(folder / "pools" / f"{persona['id']}.jsonl")))
    seeker = read_persona(persona, knowledge)
    jobs = [facts_of_advert(raw, knowledge) for raw in pool]
    matches = rank(seeker, jobs, today=today, knowledge=knowledge)
    order = [match.job.id for match in matches]
    shown = [match.job.id for match in matches if not match.is_excluded]
    limits = set(persona.get("exclude", ()))
    return Result(
        seeker=str(persona["id"]),
        relevant=sum(grade >= RELEVANT for grade in grades.values()),
        ndcg=ndcg(order, grades),
        precision=average_precision(order, grades),
        broken=sum(
            not limits.isdisjoint(graded.get(name, {}).get("violates", ()))
            for name in shown[:CUT]
        ),
        bm25=ndcg(_bm25(persona, pool), grades),
        chance=_chance(order, grades),
    )


def _bm25(persona: Mapping[str, Any], pool: Sequence[Mapping[str, Any]]) -> list[str]:
    parts = [persona.get("wish", ""), persona.get("city", "")]
    parts += [*persona.get("skills", ()), *persona.get("past_roles", ())]
    documents = {
        str(raw.get("id") or raw.get("ad_id")): segment(
            fold(" ".join(str(raw.get(name) or "") for name in _TEXTS))
        )
        for raw in pool
    }
    return bm25_order(segment(fold(" ".join(map(str, parts)))), documents)


_TEXTS = ("title", "company", "city", "tags", "description")


def _chance(order: Sequence[str], grades: Mapping[str, int]) -> float:
    """Mean over shuffles from a fixed seed, so that two runs print the same."""
    generator = random.Random(7)  # noqa: S311 - no secret, only a yardstick
    names = sorted(order)
    total = 0.0
    for _ in range(_SHUFFLES):
        generator.shuffle(names)
        total += ndcg(names, grades)
    return total / _SHUFFLES


def _mean(counted: Sequence[Result], everyone: Sequence[Result]) -> Result:
    def over(name: str) -> float:
        return float(sum(getattr(row, name) for row in counted)) / len(counted)

    return Result(
        seeker="mean",
        relevant=sum(row.relevant for row in counted),
        ndcg=over("ndcg"),
        precision=over("precision"),
        broken=sum(row.broken for row in everyone),
        bm25=over("bm25"),
        chance=over("chance"),
    )


def _line(row: Result, name: str) -> str:
    figures = (row.ndcg, row.precision)
    rest = (row.bm25, row.chance)
    return "  ".join(
        [
            f"{name:>8}",
            f"{row.relevant:>8}",
            *(f"{figure:>8.3f}" for figure in figures),
            f"{row.broken:>8}",
            *(f"{figure:>8.3f}" for figure in rest),
        ]
    )
