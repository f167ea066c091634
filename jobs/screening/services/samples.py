from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from jobs.postings.models import Posting
from jobs.screening.enums import SampleResult
from jobs.screening.models.review import ReviewDecision
from jobs.screening.models.samples import SampleAudit
from jobs.screening.rules.samples import draw
from jobs.screening.services.errors import NoteMissing, SampleTaken
from jobs.screening.services.independence import check_another, check_independent


def lots_of(month: date) -> list[str]:
    """The public ids that the lot of this month falls on, as things are now."""
    live = Posting.objects.open().values_list("public_id", flat=True)
    return draw(map(str, live), month=month)


@transaction.atomic
def draw_sample_audit(*, month: date) -> int:
    """Draw the month's samples, once: what opens later has its turn next month."""
    if SampleAudit.objects.filter(month=month).exists():
        return 0
    drawn = Posting.objects.filter(public_id__in=lots_of(month)).order_by("pk")
    rows = [SampleAudit(posting=posting, month=month) for posting in drawn]
    # Two workers draw the same: the second one's rows are there already.
    SampleAudit.objects.bulk_create(rows, ignore_conflicts=True)
    record_event(
        action="samples.draw",
        actor=None,
        detail={"month": f"{month:%Y-%m}", "drawn": len(rows)},
    )
    return len(rows)


@transaction.atomic
def answer_sample(
    *,
    sample: SampleAudit,
    reviewer: User,
    result: SampleResult,
    checked: Sequence[str] = (),
    note: str = "",
    callback_note: str = "",
) -> SampleAudit:
    """Say how a sample is. Raises SampleTaken, NoteMissing, OwnOrganization,
    OwnDecision."""
    current = SampleAudit.objects.select_for_update(of=("self",)).get(pk=sample.pk)
    if current.result:
        raise SampleTaken(f"sample {current.pk}")
    if result == SampleResult.PROBLEM and not note.strip():
        raise NoteMissing("sample")
    posting = current.posting
    check_independent(user=reviewer, organization=posting.organization, posting=posting)
    decided = ReviewDecision.objects.filter(posting=posting)
    check_another(reviewer, *decided.values_list("reviewer", flat=True))
    current.result, current.reviewer, current.at = result, reviewer, timezone.now()
    current.checked = list(checked)
    current.note, current.callback_note = note.strip(), callback_note.strip()
    current.save()
    record_event(
        action=f"sample.{result}",
        actor=reviewer,
        on=posting,
        detail={"month": f"{current.month:%Y-%m}", "checked": list(checked)},
    )
    return current
