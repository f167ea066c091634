from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jobs.paths.files import Onet, read_onet
from jobs.paths.rules.content import load_skills, load_sources, load_targets
from jobs.paths.rules.onet import FILE
from jobs.paths.rules.similarity import Similarity

ABOUT = {
    "source": "O*NET 29.3 Database, U.S. Department of Labor, Employment and Training "
    "Administration (USDOL/ETA)",
    "license": "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/",
    "changes": "Only the occupations, elements and pairs the map uses. Importance "
    "(scale IM) rounded to one decimal; the most usual level of schooling; likeness "
    "worked out by Ashore (jobs/paths/rules/similarity.py): value 0-1, and the share "
    "of all pairs that are less alike in percent.",
}


class Command(BaseCommand):
    help = "Write data/onet.json from the O*NET tables in a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--check", action="store_true", help="Fail if the file would change."
        )

    def handle(self, *, folder: Path, check: bool, **options: Any) -> None:
        text = facts_text(folder)
        is_same = FILE.exists() and FILE.read_text(encoding="utf-8") == text
        if check and not is_same:
            raise CommandError(f"{FILE.name} differs from what the tables give.")
        if not is_same:
            FILE.write_text(text, encoding="utf-8")
        self.stdout.write(f"{FILE.name}: {'unchanged' if is_same else 'written'}")


def facts_text(folder: Path) -> str:
    """The file's text: the same tables and the same map give the same text."""
    skills = load_skills()
    sources = _codes(load_sources(skills).values())
    targets = _codes(load_targets(skills).values())
    onet = read_onet(folder)
    similarity = Similarity(onet.tables)
    used = sorted({*sources, *targets})
    if unknown := [code for code in used if code not in similarity]:
        raise CommandError(f"O*NET rates no occupation {', '.join(unknown)}.")
    elements = _elements(onet, {e for s in skills.values() for e in s.onet})
    rated = {e: name for e, name in elements.items() if e in _ratings(onet, used[0])}
    data = {
        "about": ABOUT,
        "elements": rated,
        "occupations": {code: _facts(onet, code, rated) for code in used},
        "likeness": {
            one: {other: similarity.between(one, other) for other in targets}
            for one in sources
        },
        "skill_elements": {e: n for e, n in elements.items() if e not in rated},
    }
    return _written(data)


def _codes(rows: Iterable[Any]) -> list[str]:
    return sorted({code for row in rows for code in row.onet})


def _elements(onet: Onet, linked: set[str]) -> dict[str, str]:
    if unknown := linked - onet.elements.keys():
        raise CommandError(f"O*NET has no element {', '.join(sorted(unknown))}.")
    rated = {
        element
        for ratings in (onet.tables.skills, onet.tables.knowledge, onet.work_styles)
        for row in ratings.values()
        for element in row
    }
    return {e: onet.elements[e] for e in sorted(rated | linked)}


def _ratings(onet: Onet, code: str) -> dict[str, float]:
    return {
        **onet.tables.skills[code],
        **onet.tables.knowledge[code],
        **onet.work_styles[code],
    }


def _facts(onet: Onet, code: str, elements: Iterable[str]) -> dict[str, Any]:
    ratings = _ratings(onet, code)
    return {
        "title": onet.titles[code],
        "zone": onet.zones[code],
        "education": onet.education.get(code, 0),
        "importance": [round(ratings[element], 1) for element in elements],
    }


def _written(data: dict[str, dict[str, Any]]) -> str:
    """One line for each entry: a change shows as the line it is."""
    parts = []
    for name, rows in data.items():
        lines = [
            f"    {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}"
            for key, value in rows.items()
        ]
        parts.append(f'  "{name}": {{\n' + ",\n".join(lines) + "\n  }")
    return "{\n" + ",\n".join(parts) + "\n}\n"
