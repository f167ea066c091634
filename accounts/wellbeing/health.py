"""Phone lines on the operator's console: staff see it before people miss one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.lib.dates import local_day
from accounts.lib.health import BAD, FINE, LOOK, Reading, Section
from accounts.wellbeing.hotlines import REGIONS, all_lines, lines_of
from accounts.wellbeing.rules.hotlines import (
    FEWEST,
    TALK,
    due_for_check,
    shown_lines,
)


def _read(now: datetime) -> Iterable[Reading]:
    day = local_day(now)
    due = due_for_check(all_lines(), day)
    hidden = [line for line, left in due if left < 0]
    soon = len(due) - len(hidden)
    short = [
        region
        for region in REGIONS
        if len(shown_lines(lines_of(region), kind=TALK, today=day)) < FEWEST
    ]
    return [
        Reading(
            _("Phone lines hidden: nobody checked them for 90 days"),
            len(hidden),
            BAD if hidden else FINE,
            note=", ".join(line.number for line in hidden),
        ),
        Reading(
            _("Phone lines to check within two weeks"),
            soon,
            LOOK if soon else FINE,
            note=", ".join(line.number for line, left in due if left >= 0),
        ),
        Reading(
            _("Regions with fewer than two checked lines"),
            len(short),
            BAD if short else FINE,
            note=", ".join(short),
        ),
    ]


SECTION = Section(
    code="hotlines", title=_("Phone lines for people in need"), read=_read, place=61
)
