from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db.models import Count

from accounts.employers.models import ResponseRecord
from jobs.applications.enums import ApplicationState
from jobs.applications.models import Application, RetentionCheck
from jobs.applications.rules.retention import OUTCOME_DAY, Answered, employed_at
from jobs.insights.rules.record import HIRED_WITHIN_DAYS, stayed

BATCH = 500


def count_hiring(*, now: datetime) -> int:
    """Write anew who was hired and who stayed, for every organisation; safe to repeat.

    Three reads for all of them. Returns how many organisations hired somebody.
    """
    since = now - timedelta(days=HIRED_WITHIN_DAYS)
    hires = _hires(since)
    said = _outcomes(since)
    ResponseRecord.objects.exclude(organization__in=hires).filter(hires__gt=0).update(
        hires=0, stay_answers=0, stay_percent=None
    )
    rows = [_record(pk, hires[pk], said.get(pk, [])) for pk in sorted(hires)]
    ResponseRecord.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["organization"],
        update_fields=("hires", "stay_answers", "stay_percent"),
    )
    return len(rows)


def _record(pk: int, hires: int, outcomes: list[bool | None]) -> ResponseRecord:
    answers, percent = stayed(outcomes)
    return ResponseRecord(
        organization_id=pk, hires=hires, stay_answers=answers, stay_percent=percent
    )


def _hires(since: datetime) -> dict[int, int]:
    rows = Application.objects.filter(
        state=ApplicationState.HIRED, processed_at__gt=since
    )
    counted = rows.order_by().values("organization").annotate(n=Count("pk"))
    return dict(counted.values_list("organization", "n"))


def _outcomes(since: datetime) -> dict[int, list[bool | None]]:
    """For everybody asked about the ninetieth day, or who said before that it was over."""
    day: date = since.date()
    rows = RetentionCheck.objects.filter(
        application__state=ApplicationState.HIRED, application__offer_start__gte=day
    ).values_list(
        "application__organization", "application", "day", "respondent", "answer"
    )
    told: dict[tuple[int, int], list[Answered]] = defaultdict(list)
    for organization, application, asked_on, side, answer in rows:
        told[organization, application].append(Answered(asked_on, side, answer))
    found: dict[int, list[bool | None]] = defaultdict(list)
    for (organization, _application), answers in told.items():
        asked = any(one.day == OUTCOME_DAY for one in answers)
        outcome = employed_at(OUTCOME_DAY, answers)
        if asked or outcome is False:
            found[organization].append(outcome)
    return found
