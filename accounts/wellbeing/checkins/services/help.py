"""What follows when somebody says that they cannot go on: their choice, nobody's score."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.care.safety import access as safety
from accounts.care.safety.enums import Level, Source
from accounts.care.safety.models import SafetyFlag
from accounts.care.safety.services.flags import raise_flag
from accounts.care.vault import access as vault, keys
from accounts.care.vault.enums import Scope
from accounts.care.vault.services import grants
from accounts.care.vault.wall import behind_the_wall
from accounts.wellbeing.checkins import access
from accounts.wellbeing.checkins.enums import Choice
from accounts.wellbeing.checkins.models import Notice, Sitting

# Codes under the person's key: what a colleague on duty reads first.
REASONS = {
    Choice.DANGER: "check-in: says that they are in danger now",
    Choice.CONTACT: "check-in: asks to be contacted",
}
SOON = "check-in: heavy weeks, asks for a talk"


class NobodyOnDuty(Exception):  # noqa: N818 - reads as the event it is
    """No named people are on duty, so contact is not offered."""


@behind_the_wall()
def choose_danger(*, sitting: Sitting) -> SafetyFlag | None:
    """RED, where the person let themselves be contacted and somebody is on duty."""
    _note(sitting, choice=Choice.DANGER)
    is_allowed = vault.may(sitting.subject, Scope.SAFETY_CONTACT)
    if not is_allowed or not safety.has_roster(now=timezone.now()):
        return None
    return _raise(sitting, Level.RED, REASONS[Choice.DANGER])


@behind_the_wall()
def choose_contact(*, sitting: Sitting, detail: dict[str, Any] | None) -> SafetyFlag:
    """AMBER, or RED after "in danger"; `detail`: how to reach them, None if known."""
    if not safety.has_roster(now=timezone.now()):
        raise NobodyOnDuty
    if detail is not None:
        grants.give(subject=sitting.subject, scope=Scope.SAFETY_CONTACT, detail=detail)
    if access.help_of(sitting)["choice"] == Choice.DANGER:
        return _raise(sitting, Level.RED, REASONS[Choice.DANGER])
    _note(sitting, choice=Choice.CONTACT)
    return _raise(sitting, Level.AMBER, REASONS[Choice.CONTACT])


@behind_the_wall()
def choose_safe(*, sitting: Sitting) -> None:
    """No human is told."""
    _note(sitting, choice=Choice.SAFE)


@behind_the_wall()
def ask_for_result(*, sitting: Sitting) -> None:
    _note(sitting, asked=True)


@behind_the_wall()
def ask_for_talk(*, sitting: Sitting) -> SafetyFlag:
    """YELLOW, only because the person asked."""
    if not safety.has_roster(now=timezone.now()):
        raise NobodyOnDuty
    return _raise(sitting, Level.YELLOW, SOON)


@behind_the_wall()
def open_notice(*, notice: Notice) -> None:
    rows = Notice.objects.filter(pk=notice.pk, opened_at__isnull=True)
    rows.update(opened_at=timezone.now())


def _raise(sitting: Sitting, level: Level, reason: str) -> SafetyFlag:
    return raise_flag(
        subject=sitting.subject, level=level, source=Source.CHECK_IN, reason=reason
    )


def _note(sitting: Sitting, **told: Any) -> None:
    row = Sitting.objects.select_for_update(of=("self",)).get(pk=sitting.pk)
    held = access.help_of(sitting) | told
    row.help = sitting.help = keys.seal(sitting.subject, access.HELP, held)
    row.save(update_fields=["help"])
