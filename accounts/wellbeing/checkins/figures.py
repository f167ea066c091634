"""What the figures of a quarter may ask about check-ins; who is counted is decided there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from accounts.care.reports.registry import BETTER, HARDER, SAME
from accounts.care.reports.rules.quarters import Quarter
from accounts.wellbeing.checkins.access import score_of
from accounts.wellbeing.checkins.models import CheckIn, Sitting
from accounts.wellbeing.instruments.content import shown_forms

TIREDNESS = "cbi-personal"


def users_in(quarter: Quarter) -> set[UUID]:
    rows = Sitting.objects.filter(
        taken_at__gte=quarter.starts_at, taken_at__lt=quarter.ends_at
    )
    return set(rows.values_list("subject_id", flat=True).distinct())


def changes_of(form: str) -> Callable[[Quarter], Mapping[UUID, str]]:
    """First and last result of a quarter; within the band they count as the same."""

    def changes(quarter: Quarter) -> dict[UUID, str]:
        rows = CheckIn.objects.filter(
            form=form, taken_at__gte=quarter.starts_at, taken_at__lt=quarter.ends_at
        )
        ends: dict[UUID, tuple[int, int, int]] = {}
        found = rows.select_related("subject").exclude(subject__ring=None)
        for row in found.order_by("taken_at"):
            score = score_of(row)
            if score is None:
                continue
            first, _last, count = ends.get(row.subject_id, (score, score, 0))
            ends[row.subject_id] = (first, score, count + 1)
        band = shown_forms("en")[form].change
        return {
            subject: band_of(first, last, band)
            for subject, (first, last, count) in ends.items()
            if count > 1
        }

    return changes


def band_of(first: int, last: int, change: int) -> str:
    """Less of it is better: these forms ask how hard it is."""
    if abs(last - first) < change:
        return SAME
    return BETTER if last < first else HARDER
