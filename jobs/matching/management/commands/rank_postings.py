from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.lib import dates
from jobs.matching.files import read_json, read_objects
from jobs.matching.rules.arrange import arrange
from jobs.matching.rules.explain import explain
from jobs.matching.rules.facts import Seeker
from jobs.matching.rules.knowledge import default_knowledge
from jobs.matching.rules.normalise import facts_of_advert
from jobs.matching.rules.personas import read_persona
from jobs.matching.rules.ranking import Match, rank
from jobs.matching.texts import caution_text, reason_text


class Command(BaseCommand):
    help = (
        "Rank adverts (JSON lines) for one seeker (JSON) and print one JSON object per "
        "line, best first; what the seeker ruled out comes last. Needs no database."
    )
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seeker", required=True, help="a .json file")
        parser.add_argument(
            "--postings", required=True, help="a .jsonl file, or - for standard input"
        )
        parser.add_argument("--limit", type=int, help="print only the first N")
        parser.add_argument(
            "--today", type=date.fromisoformat, help="count ages from this day"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        knowledge = default_knowledge()
        seeker = read_persona(_seeker(options["seeker"]), knowledge)
        jobs = [
            facts_of_advert(_with_id(raw, number), knowledge)
            for number, raw in enumerate(read_objects(options["postings"]), start=1)
        ]
        today = options["today"] or dates.today()
        matches = arrange(rank(seeker, jobs, today=today, knowledge=knowledge))
        for number, match in enumerate(matches[: options["limit"]], start=1):
            line = json.dumps(_row(seeker, match, number), ensure_ascii=False)
            self.stdout.write(line)


def _seeker(name: str) -> dict[str, Any]:
    data = read_json(name)
    if isinstance(data, list) and len(data) == 1:
        data = data[0]
    if not isinstance(data, dict):
        raise CommandError(f"{name}: one seeker is expected, as an object")
    return data


def _with_id(raw: dict[str, Any], number: int) -> dict[str, Any]:
    """An advert without a name of its own is known by its line."""
    return raw if raw.get("id") or raw.get("ad_id") else {**raw, "id": str(number)}


def _row(seeker: Seeker, match: Match, number: int) -> dict[str, Any]:
    told = explain(seeker, match)
    return {
        "id": match.job.id,
        "rank": number,
        "score": match.score.total,
        "reasons": [reason_text(note) for note in told.reasons],
        "cautions": [caution_text(note) for note in told.cautions],
        "excluded": match.broken[0] if match.broken else None,
    }
