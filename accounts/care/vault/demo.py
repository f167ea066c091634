"""Who leads the team and who keeps the calendars, in the demo."""

from __future__ import annotations

from datetime import datetime

from accounts.care.vault.enums import Role
from accounts.care.vault.models import TeamRole
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile

TEAM = {"谭亦安": Role.SUPERVISOR, "蒋闻": Role.SCHEDULER}


@behind_the_wall()
def fill(now: datetime) -> None:
    for name, role in TEAM.items():
        counselor = CounselorProfile.objects.filter(name=name).first()
        if counselor is None:
            continue
        is_there = TeamRole.objects.filter(
            counselor=counselor, role=role, ended_at__isnull=True
        ).exists()
        if not is_there:
            TeamRole.objects.create(counselor=counselor, role=role, since=now)
