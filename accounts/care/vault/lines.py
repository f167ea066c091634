"""What the page about who sees what shows: rows made readable, opened by the person's key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.care.vault import access, keys
from accounts.care.vault.enums import Scope
from accounts.care.vault.models import AccessEvent, ConsentGrant, Subject
from accounts.care.vault.registry import Words, known_actions, words_for
from accounts.care.vault.rules.grants import is_expiring
from accounts.care.vault.services.log import REASON
from accounts.care.vault.texts import version_of, words_of

LOOKS_A_PAGE = 20
PAST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class GrantLine:
    grant: ConsentGrant
    words: str
    # Said to older words: it does not count until it was said again.
    is_outdated: bool
    is_expiring: bool
    may_be_renewed: bool


@dataclass(frozen=True, slots=True)
class LookLine:
    look: AccessEvent
    what: Words
    why: Words


def standing_lines(subject: Subject, *, now: datetime) -> list[GrantLine]:
    rows = access.grants_of(subject, now=now).select_related("counselor__user")
    return [
        GrantLine(
            grant=row,
            words=words_of(row.scope),
            is_outdated=row.version != version_of(row.scope),
            is_expiring=is_expiring(expires_at=row.expires_at, now=now),
            may_be_renewed=access.may_be_renewed(row, now=now),
        )
        for row in rows
    ]


def past_lines(subject: Subject, *, now: datetime) -> list[GrantLine]:
    """Newest first. The last of its kind can be said again, unless it stands anew."""
    standing = access.grants_of(subject, now=now)
    taken = {(row.scope, row.counselor_id) for row in standing}
    rows = access.past_grants_of(subject, now=now).select_related("counselor__user")
    lines = []
    for row in rows[:PAST_SHOWN]:
        kind = (row.scope, row.counselor_id)
        may = kind not in taken and access.may_be_renewed(row, now=now)
        taken.add(kind)
        lines.append(
            GrantLine(
                grant=row,
                words=words_of(row.scope),
                is_outdated=False,
                is_expiring=False,
                # The switch for figures has a place of its own.
                may_be_renewed=may and row.scope != Scope.AGGREGATE,
            )
        )
    return lines


def look_lines(subject: Subject, looks: Iterable[AccessEvent]) -> list[LookLine]:
    return [
        LookLine(look=one, what=words_for(one.action), why=_why(subject, one))
        for one in looks
    ]


def _why(subject: Subject, look: AccessEvent) -> Words:
    """A code has words of its own; what somebody typed is shown as it is."""
    said = keys.unseal(subject, REASON, look.reason) or ""
    return words_for(said) if said in known_actions() else str(said)
