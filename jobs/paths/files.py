"""Reading O*NET's tables as they are published, with errors that name the file."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.management.base import CommandError

from jobs.paths.rules.similarity import Ratings, Tables

CODE = "O*NET-SOC Code"


@dataclass(frozen=True, slots=True)
class Onet:
    """The tables of one release; `education` gives the most usual category."""

    titles: dict[str, str]
    tables: Tables
    work_styles: Ratings
    zones: dict[str, int]
    education: dict[str, int]
    elements: dict[str, str]


def read_onet(folder: Path) -> Onet:
    occupations = list(_rows(folder, "occupation_data"))
    return Onet(
        titles={row[CODE]: row["Title"] for row in occupations},
        tables=Tables(
            skills=_importance(folder, "skills"),
            knowledge=_importance(folder, "knowledge"),
            tasks=_texts(folder, "task_statements", "Task"),
            titles=_texts(folder, "alternate_titles", "Alternate Title"),
        ),
        work_styles=_importance(folder, "work_styles"),
        zones={r[CODE]: int(r["Job Zone"]) for r in _rows(folder, "job_zones")},
        education=_usual_education(folder),
        elements={
            row["Element ID"]: row["Element Name"]
            for row in _rows(folder, "content_model_reference")
        },
    )


def _rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    path = folder / f"{name}.csv.gz"
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror or error}") from error


def _importance(folder: Path, name: str) -> Ratings:
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for row in _rows(folder, name):
        if row["Scale ID"] == "IM":
            found[row[CODE]][row["Element ID"]] = float(row["Data Value"])
    return dict(found)


def _texts(folder: Path, name: str, column: str) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in _rows(folder, name):
        found[row[CODE]].append(row[column])
    return dict(found)


def _usual_education(folder: Path) -> dict[str, int]:
    shares: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for row in _rows(folder, "education_training_and_experience"):
        if row["Scale ID"] == "RL":
            shares[row[CODE]][int(row["Category"])] = float(row["Data Value"])
    return {code: max(found, key=lambda c: found[c]) for code, found in shares.items()}
