"""What `manage.py check` says about the phone lines."""

from __future__ import annotations

from typing import Any

from django.core import checks

from accounts.lib.dates import today
from accounts.wellbeing.hotlines import REGIONS, lines_of
from accounts.wellbeing.rules.hotlines import (
    FEWEST,
    TALK,
    due_for_check,
    shown_lines,
)


def register_checks() -> None:
    checks.register(check_hotlines, "hotlines")


def check_hotlines(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Too few lines in the data is an error; old ones warn, as a site must still start."""
    found: list[checks.CheckMessage] = []
    for region in REGIONS:
        lines = lines_of(region)
        if len([line for line in lines if line.kind == TALK]) < FEWEST:
            found.append(
                checks.Error(
                    f"{region} has fewer than two lines to talk to.",
                    hint="See accounts/wellbeing/data/README.md.",
                    id="wellbeing.E001",
                )
            )
        elif len(shown_lines(lines, kind=TALK, today=today())) < FEWEST:
            due = ", ".join(
                line.number for line, _left in due_for_check(lines, today())
            )
            found.append(
                checks.Warning(
                    f"{region} shows fewer than two checked lines to talk to.",
                    hint=f"Check {due}: manage.py list_stale_hotlines.",
                    id="wellbeing.W001",
                )
            )
    return found
