from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from jobs.screening.rules.adverts import advert_from_mapping
from jobs.screening.rules.engine import screen
from jobs.screening.rules.findings import Screening


class Command(BaseCommand):
    help = (
        "Screen adverts given as JSON lines and print one JSON object per line: "
        "id, decision, role, disguised, findings. Needs no database."
    )
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a .jsonl file, or - for standard input")
        parser.add_argument(
            "--missing-fields",
            choices=["list", "decide", "skip"],
            default="list",
            help=(
                "missing mandatory fields: list them without deciding (default, for "
                "adverts that are only text), let them decide, or skip them"
            ),
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        mode = options["missing_fields"]
        today = timezone.localdate()
        refused = 0
        with _lines(options["file"]) as lines:
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                try:
                    data = _parse(line)
                    screening = screen(
                        advert_from_mapping(data),
                        today=today,
                        missing_fields=mode != "skip",
                    )
                except ValueError as error:
                    refused += 1
                    self.stderr.write(f"line {number}: {error}")
                    continue
                row = _row(data, screening, misses_decide=mode == "decide")
                self.stdout.write(json.dumps(row, ensure_ascii=False))
        if refused:
            raise CommandError(f"{refused} line(s) could not be screened.")


@contextmanager
def _lines(name: str) -> Iterator[TextIO]:
    if name == "-":
        yield sys.stdin
        return
    try:
        with Path(name).open(encoding="utf-8-sig") as file:
            yield file
    except OSError as error:
        raise CommandError(f"Cannot read {name}: {error.strerror}") from error


def _parse(line: str) -> dict[str, Any]:
    data = json.loads(line)
    if not isinstance(data, dict):
        raise ValueError("not a JSON object")
    return data


def _row(
    data: dict[str, Any], screening: Screening, *, misses_decide: bool
) -> dict[str, Any]:
    identifier = data.get("id") if data.get("id") is not None else data.get("ad_id")
    decision = screening.decision if misses_decide else screening.content_decision
    return {
        "id": identifier,
        "decision": decision,
        "role": screening.role.value,
        "disguised": screening.disguised,
        "findings": [
            {
                "rule": finding.rule,
                "severity": finding.severity.value,
                "excerpt": finding.excerpt,
                "field": finding.field,
                "start": finding.start,
                "end": finding.end,
            }
            for finding in screening.findings
        ],
    }
