from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.lib.occupations import occupation_by_code
from jobs.paths.files import read_onet
from jobs.paths.rules.atlas import Atlas, default_atlas
from jobs.paths.rules.score import Path as Way, Person, paths_from
from jobs.paths.rules.similarity import Similarity

_SOC = re.compile(r"\d\d-\d{4}\.\d\d")


class Command(BaseCommand):
    help = "Rank the map's occupations for an earlier role, without a database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from",
            dest="start",
            required=True,
            help="a role (phone_collector) or an O*NET-SOC code (43-3011.00)",
        )
        parser.add_argument("--json", action="store_true", dest="as_json")
        parser.add_argument(
            "--onet",
            type=Path,
            metavar="DIR",
            help="rank every O*NET occupation by likeness, from the tables in DIR",
        )

    def handle(
        self, *, start: str, as_json: bool, onet: Path | None, **options: Any
    ) -> None:
        atlas = default_atlas()
        roles = _roles(start, atlas)
        if onet is not None:
            rows = _occupations(_code(start, atlas), onet)
        elif roles:
            paths = paths_from(Person(roles=roles), atlas)
            rows = [_row(path) for path in paths]
        else:
            raise CommandError(f"{start}: no role of the map has this code.")
        if as_json:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for row in rows:
            self.stdout.write(_line(row))


def _roles(start: str, atlas: Atlas) -> tuple[str, ...]:
    """The named role; for a code the one role that is nothing but that occupation."""
    if start in atlas.sources:
        return (start,)
    if not _SOC.fullmatch(start):
        raise CommandError(
            f"{start}: neither a role ({', '.join(atlas.sources)}) nor a SOC code."
        )
    found = [code for code, source in atlas.sources.items() if source.onet == (start,)]
    # The role with the most skills is the one most people had.
    return tuple(sorted(found, key=lambda c: -len(atlas.sources[c].skills))[:1])


def _code(start: str, atlas: Atlas) -> str:
    if start not in atlas.sources:
        return start
    codes = atlas.sources[start].onet
    if not codes:
        raise CommandError(f"{start} has no O*NET occupation.")
    return codes[0]


def _row(path: Way) -> dict[str, Any]:
    occupation = occupation_by_code(path.target.code)
    return {
        "occupation": path.target.code,
        "name": occupation.name("en") if occupation else path.target.code,
        "onet": list(path.target.onet),
        "score": path.score,
        "level": str(path.level),
        "items": {item.name: round(item.points, 1) for item in path.items},
        "adjustments": {code: round(points, 1) for code, points in path.adjustments},
        "limits": list(path.limits),
    }


def _occupations(code: str, folder: Path) -> list[dict[str, Any]]:
    onet = read_onet(folder)
    similarity = Similarity(onet.tables)
    if code not in similarity:
        raise CommandError(f"{code}: O*NET rates no such occupation.")
    return [
        {"onet": [other], "name": onet.titles[other], "score": round(height, 3)}
        for other, height in similarity.nearest(code)
    ]


def _line(row: dict[str, Any]) -> str:
    parts = [f"{row['score']:6.2f}", f"{' '.join(row['onet']):22}"]
    parts.append(f"{row.get('occupation', ''):22} {row['name']}".strip())
    if "items" in row:
        shown = {**row["items"], **row["adjustments"]}
        parts.append("  ".join(f"{name} {points:g}" for name, points in shown.items()))
        parts.append(" ".join([row["level"], *row["limits"]]))
    return " | ".join(parts)
