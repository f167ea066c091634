"""Parts of the site that an operator can close or open: what there is, how it stands.

The database is the truth; each process remembers it for ten seconds.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.identity.enums import SwitchState
from accounts.identity.models import Announcement, FeatureSwitch
from accounts.identity.rules.switches import Setting, decides, is_showing

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Switch:
    """One switch as the code declares it."""

    name: str
    title: str | Promise
    # What happens where it is off.
    what: str | Promise
    default: SwitchState = SwitchState.ON
    # Whether it can be on for some organisations and off for others.
    by_organization: bool = False


SWITCHES = {
    switch.name: switch
    for switch in (
        Switch(
            "registration",
            _("New accounts"),
            _("Off: nobody can sign up. Who has an account signs in as always."),
        ),
        Switch(
            "employer_registration",
            _("New employers"),
            _("Off: only people who look for work can sign up."),
        ),
        Switch(
            "nightly_matching",
            _("Lists made at night"),
            _("Off: no lists at night. Each list is made when somebody opens it."),
        ),
        Switch(
            "bulk_import",
            _("Postings from a file"),
            _("Off: employers cannot bring in many postings at once."),
            by_organization=True,
        ),
        Switch(
            "api_writes",
            _("Writing through the API"),
            _("Off: programs can read, but change nothing."),
            by_organization=True,
        ),
        Switch(
            "webhooks_sending",
            _("Notices to other programs"),
            _("Off: nothing is sent out. It waits and is sent once this is on."),
            by_organization=True,
        ),
        Switch(
            "announcement",
            _("Announcement on every page"),
            _("On: the sentence stands on every page, from its start to its end."),
            default=SwitchState.OFF,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the tables said, and when this process asked."""

    settings: Mapping[str, Setting]
    announcement: Announcement | None
    asked_at: float


NOTHING_CHANGED = _Seen({}, None, 0.0)


class _Memory:
    seen: _Seen | None = None


def is_on(name: str, *, organization: object = "") -> bool:
    """Whether a declared switch is on; `organization` is a public id where one counts."""
    switch = SWITCHES[name]
    setting = _now_known().settings.get(name, Setting(switch.default))
    return decides(setting, name=name, organization=str(organization or ""))


def announcement(*, now: datetime | None = None) -> Announcement | None:
    """What stands on every page at this moment."""
    found = _now_known().announcement
    if found is None or not is_on("announcement"):
        return None
    moment = now or timezone.now()
    shows = is_showing(starts_at=found.starts_at, ends_at=found.ends_at, now=moment)
    return found if shows else None


def forget() -> None:
    """Ask the tables again at the next question."""
    _Memory.seen = None


def presume_unchanged() -> None:
    """For tests: the tables are known to be empty."""
    _Memory.seen = NOTHING_CHANGED


def _now_known() -> _Seen:
    seen = _Memory.seen
    kept = settings.SWITCHES_KEPT_FOR
    if seen and (kept is None or time.monotonic() - seen.asked_at < kept):
        return seen
    try:
        # Where the caller is in a transaction, a failure must not break it.
        with transaction.atomic():
            _Memory.seen = _asked()
    except DatabaseError as error:
        logger.warning("switches could not be read: %s", type(error).__name__)
        return seen or NOTHING_CHANGED
    return _Memory.seen


def _asked() -> _Seen:
    rows = {
        row.name: Setting(
            row.state, row.percentage, frozenset(map(str, row.organizations))
        )
        for row in FeatureSwitch.objects.all()
    }
    shown = rows.get("announcement")
    newest = Announcement.objects.order_by("-pk").first() if shown else None
    return _Seen(rows, newest, time.monotonic())
