from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from jobs.screening.rules.catalogue import default_catalogue
from jobs.screening.rules.engine import Engine
from jobs.screening.rules.evaluation import (
    AdvertScores,
    Tally,
    judge_adverts,
    judge_phrases,
    without_judgement,
)


class Command(BaseCommand):
    help = (
        "Compare screening with phrases (*phrases*.jsonl) and labelled adverts "
        "(*labels*.jsonl with *adverts*.jsonl) of a folder. Needs no database."
    )
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder.")
        catalogue = default_catalogue()
        engines = Engine(catalogue), Engine(without_judgement(catalogue))
        today = timezone.localdate()
        phrases = list(_objects(folder, "*phrases*.jsonl"))
        labels = list(_objects(folder, "*labels*.jsonl"))
        adverts = {row["ad_id"]: row for row in _objects(folder, "*adverts*.jsonl")}
        labels = [label for label in labels if label["ad_id"] in adverts]
        if not phrases and not labels:
            raise CommandError(f"{folder} holds neither phrases nor labelled adverts.")
        self.stdout.write(f"catalogue {catalogue.version}")
        if phrases:
            self._show_phrases(
                *(judge_phrases(engine, phrases, today=today) for engine in engines)
            )
        if labels:
            self._show_adverts(
                *(
                    judge_adverts(engine, adverts, labels, today=today)
                    for engine in engines
                )
            )

    def _show_phrases(
        self, tallies: Mapping[str, Tally], baseline: Mapping[str, Tally]
    ) -> None:
        self.stdout.write(
            f"\n{'phrases':34}{'+':>5}{'recall':>8}{'-':>5}{'spec.':>8}"
            f"{'plain r.':>10}{'plain s.':>10}"
        )
        for rule, tally in sorted(tallies.items()):
            self._phrase_row(rule, tally, baseline[rule])
        self._phrase_row(
            "all rules",
            sum(tallies.values(), Tally()),
            sum(baseline.values(), Tally()),
        )

    def _phrase_row(self, name: str, tally: Tally, plain: Tally) -> None:
        self.stdout.write(
            f"{name:34}{tally.hit + tally.missed:5}{_share(tally.recall):>8}"
            f"{tally.spared + tally.wrong:5}{_share(tally.specificity):>8}"
            f"{_share(plain.recall):>10}{_share(plain.specificity):>10}"
        )

    def _show_adverts(self, scores: AdvertScores, baseline: AdvertScores) -> None:
        self.stdout.write(
            f"\n{'labelled adverts':34}{'right':>7}{'missed':>8}{'wrong':>7}"
            f"{'plain wrong':>13}"
        )
        for rule, tally in sorted(scores.rules.items()):
            self.stdout.write(
                f"{rule:34}{tally.hit:7}{tally.missed:8}{tally.wrong:7}"
                f"{baseline.rules[rule].wrong:13}"
            )
        self.stdout.write(f"\n{scores.adverts} adverts{'engine':>29}{'plain':>9}")
        for name, ours, plain in _summary(scores, baseline):
            self.stdout.write(f"{name:34}{ours:>7}{plain:>9}")
        for title, identifiers in (
            ("labelled block not raised", scores.missed_blocks),
            ("rules or decision differ", scores.disagreements),
        ):
            if identifiers:
                self.stdout.write(f"{title}: {', '.join(identifiers)}")


def _summary(
    scores: AdvertScores, baseline: AdvertScores
) -> Iterator[tuple[str, str, str]]:
    both = scores, baseline
    rows: list[tuple[str, list[float | None]]] = [
        ("rule precision (micro)", [each.total.precision for each in both]),
        ("rule recall (micro)", [each.total.recall for each in both]),
        ("decision accuracy", [each.same_decision / each.adverts for each in both]),
        ("role accuracy", [each.same_role / each.adverts for each in both]),
        ("disguised F1", [each.disguised_f1 for each in both]),
    ]
    for name, (ours, plain) in rows:
        yield name, _share(ours), _share(plain)


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _objects(folder: Path, pattern: str) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob(pattern)):
        with path.open(encoding="utf-8") as file:
            for line in file:
                if line.strip():
                    yield json.loads(line)
