from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.core.cache import caches
from django.db import transaction
from django.utils import timezone

from accounts.identity import switches
from accounts.identity.enums import SwitchState
from accounts.identity.models import Announcement, FeatureSwitch, SwitchChange, User
from accounts.identity.services.audit import record_event


class SwitchMoved(Exception):  # noqa: N818 - reads as the event it is
    """A colleague changed it after the page was opened."""


class NotForThisSwitch(Exception):  # noqa: N818 - reads as the event it is
    """This switch knows no organisations: it is on or off."""


@transaction.atomic
def change_switch(
    *,
    name: str,
    state: SwitchState,
    actor: User | None,
    note: str,
    version: int,
    percentage: int = 0,
    organizations: Iterable[UUID] = (),
) -> FeatureSwitch:
    """Set a switch; `version` is the one the actor saw, 0 where there was no row yet."""
    declared = switches.SWITCHES[name]
    if state not in (SwitchState.ON, SwitchState.OFF) and not declared.by_organization:
        raise NotForThisSwitch(name)
    row, before = _locked(name, version)
    row.state, row.note = state, note
    row.percentage = percentage if state == SwitchState.PERCENTAGE else 0
    chosen = organizations if state == SwitchState.ORGANIZATIONS else ()
    row.organizations = sorted(set(chosen), key=str)
    row.version, row.changed_by, row.changed_at = version + 1, actor, timezone.now()
    row.save()
    SwitchChange.objects.create(
        name=name,
        from_state=before,
        state=row.state,
        percentage=row.percentage,
        organizations=row.organizations,
        note=note,
        changed_by=actor,
        at=row.changed_at,
    )
    record_event(
        action="operations.switch_changed",
        actor=actor,
        on=row,
        detail={"name": name, "from": before, "to": str(state)},
    )
    _tell_this_process()
    return row


def _locked(name: str, version: int) -> tuple[FeatureSwitch, str]:
    """The row for this switch, held until the end, and its state before."""
    default = switches.SWITCHES[name].default
    fresh = {"state": default, "note": "-", "version": 0}
    row, _made = FeatureSwitch.objects.get_or_create(name=name, defaults=fresh)
    row = FeatureSwitch.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.version != version:
        raise SwitchMoved(name)
    return row, row.state


@transaction.atomic
def write_announcement(
    *, texts: dict[str, str], starts_at: datetime, ends_at: datetime, actor: User | None
) -> Announcement:
    """A new sentence takes the place of the last; the switch says whether it shows."""
    row = Announcement.objects.create(
        **texts, starts_at=starts_at, ends_at=ends_at, written_by=actor
    )
    record_event(action="operations.announcement_written", actor=actor, on=row)
    _tell_this_process()
    return row


def _tell_this_process() -> None:
    """At once here, also after the commit; other processes ask within ten seconds."""
    switches.forget()
    transaction.on_commit(switches.forget)
    transaction.on_commit(caches["pages"].clear)
