from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from accounts.care.safety.models import DutyShift
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile

WEEK = timedelta(days=7)


class OnDutyThen(Exception):  # noqa: N818 - reads as the event it is
    """This counselor has hours that overlap these."""


@behind_the_wall()
def add_shift(
    *,
    counselor: CounselorProfile,
    starts_at: datetime,
    ends_at: datetime,
    made_by: CounselorProfile | None = None,
) -> DutyShift:
    try:
        # The database keeps them apart: two people may plan at once.
        with transaction.atomic():
            return DutyShift.objects.create(
                counselor=counselor,
                starts_at=starts_at,
                ends_at=ends_at,
                made_by=made_by,
            )
    except IntegrityError as error:
        if "care_duty_never_twice" in str(error):
            raise OnDutyThen from None
        raise


@behind_the_wall()
def remove_shift(*, shift: DutyShift) -> None:
    DutyShift.objects.filter(pk=shift.pk).delete()


@behind_the_wall()
def repeat_week(*, monday: datetime, made_by: CounselorProfile) -> int:
    """The hours of this week once more a week later; what is taken there stays as it is."""
    rows = DutyShift.objects.filter(
        starts_at__gte=monday, starts_at__lt=monday + WEEK
    ).select_related("counselor")
    count = 0
    for shift in rows:
        try:
            add_shift(
                counselor=shift.counselor,
                starts_at=shift.starts_at + WEEK,
                ends_at=shift.ends_at + WEEK,
                made_by=made_by,
            )
        except OnDutyThen:
            continue
        count += 1
    return count
