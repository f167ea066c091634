from __future__ import annotations

from django.utils import timezone

from accounts.care.safety.access import open_flags_of
from accounts.care.safety.enums import Level, Source
from accounts.care.safety.models import SafetyFlag
from accounts.care.safety.rules.clocks import due_at
from accounts.care.vault import keys
from accounts.care.vault.models import Subject
from accounts.care.vault.wall import behind_the_wall

REASON = "flag.reason"


@behind_the_wall()
def raise_flag(
    *, subject: Subject, level: Level, source: Source, reason: str = ""
) -> SafetyFlag:
    """Open a flag; one of the same level and source that is still open is kept."""
    Subject.objects.select_for_update(of=("self",), no_key=True).get(pk=subject.pk)
    found = open_flags_of(subject).filter(level=level, source=source).first()
    if found is not None:
        return found
    now = timezone.now()
    return SafetyFlag.objects.create(
        subject=subject,
        level=level,
        source=source,
        reason=keys.seal(subject, REASON, reason) if reason else "",
        opened_at=now,
        due_at=due_at(level, opened_at=now),
    )
