"""What higher apps know about counselors and organisations: filled from `ready()`."""

from __future__ import annotations

from collections.abc import Callable, Collection
from uuid import UUID

from accounts.counselors.models import CounselorProfile
from accounts.identity.models import User

# A sentence, or nothing.
CheckNote = Callable[[CounselorProfile], str]
_notes: list[CheckNote] = []


def add_check_note(note: CheckNote) -> None:
    if note not in _notes:
        _notes.append(note)


def check_notes(counselor: CounselorProfile) -> list[str]:
    return [text for note in _notes if (text := note(counselor))]


# What has to be done where somebody may not talk with people any more.
RoleEnded = Callable[[CounselorProfile], None]
_role_ended: list[RoleEnded] = []


def when_role_ends(follower: RoleEnded) -> None:
    """`follower(counselor)` runs in the transaction in which the role ends."""
    if follower not in _role_ended:
        _role_ended.append(follower)


def tell_role_ended(counselor: CounselorProfile) -> None:
    """The check was taken back or ran out, or the account is going."""
    for follower in _role_ended:
        follower(counselor)


# Whether somebody applied to or works for one of these organisations (public ids).
TieCheck = Callable[[User, Collection[UUID]], bool]
_tie_checks: list[TieCheck] = []


def add_tie_check(check: TieCheck) -> None:
    if check not in _tie_checks:
        _tie_checks.append(check)


def has_tie(user: User, organization_ids: Collection[UUID]) -> bool:
    """Only yes or no: nobody learns to which of them, or how."""
    return bool(organization_ids) and any(
        check(user, organization_ids) for check in _tie_checks
    )
