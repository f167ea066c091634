"""Who leads the team and who keeps the calendars; what one person allowed."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.care.vault.enums import Reader, Role, Scope
from accounts.care.vault.models import ConsentGrant, TeamRole
from accounts.care.vault.services import grants
from accounts.care.vault.services.log import note_access
from accounts.care.vault.services.subjects import ensure_subject
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile
from accounts.seekers.models import SeekerProfile

TEAM = {"谭亦安": Role.SUPERVISOR, "蒋闻": Role.SCHEDULER}
PERSON, HELPER = "阿舟", "郑以恒"
SOON = timedelta(days=10)


@behind_the_wall()
def fill(now: datetime) -> None:
    for name, role in TEAM.items():
        _appoint(name, role, now)
    _allow(now)


def _appoint(name: str, role: Role, now: datetime) -> None:
    counselor = CounselorProfile.objects.filter(name=name).first()
    standing = TeamRole.objects.filter(
        counselor=counselor, role=role, ended_at__isnull=True
    )
    if counselor is not None and not standing.exists():
        TeamRole.objects.create(counselor=counselor, role=role, since=now)


def _allow(now: datetime) -> None:
    """One yes to a counselor that ends soon, one to be counted, one taken back."""
    person = SeekerProfile.objects.filter(pseudonym=PERSON).first()
    helper = CounselorProfile.objects.filter(name=HELPER).first()
    if person is None or helper is None:
        return
    subject = ensure_subject(user=person.user)
    if ConsentGrant.objects.filter(subject=subject).exists():
        return
    grants.give(subject=subject, scope=Scope.AGGREGATE)
    items = grants.give(subject=subject, scope=Scope.SHARE_ITEMS, counselor=helper)
    grants.revoke(grant=items)
    grants.give(
        subject=subject,
        scope=Scope.SHARE_SUMMARY,
        counselor=helper,
        expires_at=now + SOON,
    )
    note_access(
        subject=subject,
        reader=Reader.COUNSELOR,
        counselor=helper,
        action="case.read",
        reason="第一次谈话前的准备",
    )
