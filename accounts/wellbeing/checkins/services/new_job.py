"""A new job, as far as somebody tells us of it: nothing comes from anywhere else."""

from __future__ import annotations

from datetime import date

from accounts.care.vault.models import Subject
from accounts.care.vault.wall import behind_the_wall
from accounts.wellbeing.checkins.models import Rhythm
from accounts.wellbeing.checkins.rules.new_job import is_other_job
from accounts.wellbeing.checkins.services.drafts import lock

FORGOTTEN = {"job_began_on": None, "job_asked": 0, "job_reminded": 0}


@behind_the_wall()
def tell(*, subject: Subject, began_on: date) -> None:
    """Set or put right; another job begins with both of its rounds."""
    lock(subject)
    rhythm, _made = Rhythm.objects.get_or_create(subject=subject)
    old = rhythm.job_began_on
    anew = FORGOTTEN if old is None or is_other_job(old, began_on) else {}
    rows = Rhythm.objects.filter(pk=rhythm.pk)
    rows.update(**(anew | {"job_began_on": began_on}))


@behind_the_wall()
def forget(*, subject: Subject) -> None:
    lock(subject)
    Rhythm.objects.filter(subject=subject).update(**FORGOTTEN)


@behind_the_wall()
def close_round(*, subject: Subject, number: int) -> None:
    """Answered, or "not this time": either way it is not offered again."""
    rows = Rhythm.objects.filter(subject=subject, job_began_on__isnull=False)
    rows.filter(job_asked__lt=number).update(job_asked=number)
