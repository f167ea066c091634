from __future__ import annotations

from django.utils import timezone

from accounts.care.cases.access import open_case_of
from accounts.care.cases.models import Case
from accounts.care.vault import keys
from accounts.care.vault.models import Subject
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile

TOPIC = "case.topic"


@behind_the_wall()
def ensure_case(
    *, subject: Subject, counselor: CounselorProfile | None, topic: str = ""
) -> Case:
    """The person's open case; begun here when there is none."""
    Subject.objects.select_for_update(of=("self",), no_key=True).get(pk=subject.pk)
    found = open_case_of(subject)
    if found is not None:
        return found
    return Case.objects.create(
        subject=subject,
        counselor=counselor,
        topic=keys.seal(subject, TOPIC, topic) if topic else "",
        waiting_since=timezone.now(),
    )
