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
from jobs.matching.rules.arrange import arrange
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
from jobs.matching.rules.ranking import Match, parts_of, rank, reordered
from jobs.matching.rules.words import segment
from jobs.postings.rules.text import fold

_SHUFFLES = 200
_HEADER = ("seeker", "relevant", "nDCG@10", "MAP", "broken", "BM25", "random")


@dataclass(frozen=True, slots=True)
class Case:
    """One seeker with graded adverts, ranked."""

    persona: Mapping[str, Any]
    pool: Sequence[Mapping[str, Any]]
    grades: Mapping[str, int]
    violates: Mapping[str, frozenset[str]]
    matches: Sequence[Match]

    @property
    def relevant(self) -> int:
        return sum(grade >= RELEVANT for grade in self.grades.values())

    @property
    def counts(self) -> bool:
        return self.relevant >= FEWEST_RELEVANT


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
        parser.add_argument(
            "--ablation",
            action="store_true",
            help="also say what the ranking is worth without each part of the score",
        )

    def handle(self, *_args: Any, folder: Path, **options: Any) -> None:
        today = options["today"] or dates.today()
        cases = _cases(folder, default_knowledge(), today)
        if not cases:
            raise CommandError(f"{folder}: no seeker of personas.json has grades")
        self._report([_result(case) for case in cases])
        if options["ablation"]:
            self._ablation([case for case in cases if case.counts])

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

    def _ablation(self, cases: Sequence[Case]) -> None:
        whole = _mean_ndcg(cases, "")
        rows = [
            (part, _mean_ndcg(cases, part))
            for part in parts_of([match for case in cases for match in case.matches])
        ]
        self.stdout.write("\nwithout           nDCG@10   change")
        for part, value in sorted(rows, key=lambda row: (row[1], row[0])):
            self.stdout.write(f"{part:<16}  {value:>7.3f}  {value - whole:>+7.3f}")


def _grades(folder: Path) -> dict[str, dict[str, dict[str, Any]]]:
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for row in read_objects(str(folder / "grades.jsonl")):
        found.setdefault(row["persona"], {})[row["ad_id"]] = row
    return found


def _cases(folder: Path, knowledge: Knowledge, today: date) -> list[Case]:
    grades = _grades(folder)
    return [
        _case(persona, folder, grades[persona["id"]], knowledge, today)
        for persona in read_json(str(folder / "personas.json"))
        if persona["id"] in grades
    ]


def _case(
    persona: Mapping[str, Any],
    folder: Path,
    graded: Mapping[str, Mapping[str, Any]],
    knowledge: Knowledge,
    today: date,
) -> Case:
    pool = list(read_objects(str(folder / "pools" / f"{persona['id']}.jsonl")))
    jobs = [facts_of_advert(raw, knowledge) for raw in pool]
    seeker = read_persona(persona, knowledge)
    return Case(
        persona=persona,
        pool=pool,
        grades={name: int(row["grade"]) for name, row in graded.items()},
        violates={
            name: frozenset(row.get("violates", ())) for name, row in graded.items()
        },
        matches=arrange(rank(seeker, jobs, today=today, knowledge=knowledge)),
    )


def _result(case: Case) -> Result:
    order = [match.job.id for match in case.matches]
    shown = [match.job.id for match in case.matches if not match.is_excluded]
    limits = frozenset(case.persona.get("exclude", ()))
    return Result(
        seeker=str(case.persona["id"]),
        relevant=case.relevant,
        ndcg=ndcg(order, case.grades),
        precision=average_precision(order, case.grades),
        broken=sum(
            bool(limits & case.violates.get(name, frozenset())) for name in shown[:CUT]
        ),
        bm25=ndcg(_bm25(case.persona, case.pool), case.grades),
        chance=_chance(order, case.grades),
    )


def _mean_ndcg(cases: Sequence[Case], part: str) -> float:
    orders = [reordered(case.matches, without=part) for case in cases]
    figures = [
        ndcg([match.job.id for match in order], case.grades)
        for case, order in zip(cases, orders, strict=True)
    ]
    return sum(figures) / len(figures) if figures else 0.0


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
