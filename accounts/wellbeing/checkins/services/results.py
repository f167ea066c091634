"""Sending a check-in, adding it up, seeing it, deleting it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone, translation

from accounts.care.vault import keys
from accounts.care.vault.models import Subject
from accounts.care.vault.wall import behind_the_wall
from accounts.lib.dates import local_day
from accounts.wellbeing.checkins import access
from accounts.wellbeing.checkins.content import taken_forms
from accounts.wellbeing.checkins.enums import CheckInState
from accounts.wellbeing.checkins.models import (
    CheckIn,
    Draft,
    Mood,
    Notice,
    Rhythm,
    Sitting,
)
from accounts.wellbeing.checkins.rules.asking import Asking
from accounts.wellbeing.checkins.rules.new_job import KEPT as JOB_KEPT
from accounts.wellbeing.checkins.rules.rhythm import (
    ANSWERS_KEPT,
    DRAFT_KEPT,
    QUIET_WORDS,
    SCORES_KEPT,
    free_from,
)
from accounts.wellbeing.checkins.rules.triggers import comes_first, family_of
from accounts.wellbeing.checkins.rules.workflow import PERSON, SITE, WORKFLOW
from accounts.wellbeing.checkins.services.drafts import DraftGone, TooEarly, lock
from accounts.wellbeing.checkins.services.new_job import FORGOTTEN, close_round
from accounts.wellbeing.instruments.content import Form
from accounts.wellbeing.instruments.rules import score


@behind_the_wall()
def submit(*, subject: Subject) -> Sitting:
    """Turn the draft into a sitting with scores; the draft is gone with it.

    Raises DraftGone, and TooEarly where another tab was faster.
    """
    lock(subject)
    now = timezone.now()
    draft = access.draft_of(subject, now=now)
    if draft is None:
        raise DraftGone
    asking = access.asking_of(draft)
    forms = taken_forms(now=now)
    if any(name not in forms for name in asking.forms):
        raise DraftGone
    sitting = _sitting_of(subject, asking, now)
    for name in asking.forms:
        _write(sitting, forms[name], asking)
    draft.delete()
    if asking.job_round:
        close_round(subject=subject, number=asking.job_round)
    if comes_first(asking.answers):
        told = access.help_of(sitting) | {"first": True}
        sitting.help = keys.seal(subject, access.HELP, told)
        sitting.save(update_fields=["help"])
        _leave_words(subject, now)
    return sitting


def _leave_words(subject: Subject, now: datetime) -> None:
    """A few words wait inside the site a day and three days later.

    Whatever is chosen on the card, also nothing: who closes the page is not forgotten.
    """
    for after in QUIET_WORDS:
        Notice.objects.create(subject=subject, due_at=now + after)


def _sitting_of(subject: Subject, asking: Asking, now: datetime) -> Sitting:
    if asking.is_further:
        found = Sitting.objects.filter(pk=asking.sitting, subject=subject)
        sitting = found.select_related("subject").first()
        if sitting is None:
            raise DraftGone
        return sitting
    free = access.free_of(subject)
    windows = [free[f] for name in asking.forms if (f := family_of(name)) in free]
    if any(until > now for until in windows):
        raise TooEarly(max(windows))
    return Sitting.objects.create(
        pk=UUID(asking.sitting), subject=subject, taken_at=now
    )


def _write(sitting: Sitting, form: Form, asking: Asking) -> None:
    places = dict(asking.answers[form.id])
    subject = sitting.subject
    order = [item for name, item in asking.screens if name == form.id]
    row = CheckIn(
        subject=subject,
        sitting=sitting,
        form=form.id,
        family=family_of(form.id),
        is_further=asking.is_further,
        version=form.version,
        locale=translation.get_language() or "zh-hans",
        answers=keys.seal(
            subject,
            access.ANSWERS,
            {"places": places, "seed": asking.seed, "order": order},
        ),
        taken_at=sitting.taken_at,
        free_from=free_from(sitting.taken_at, form.every_days),
    )
    points = score(form.scale, places)
    row.score = keys.seal(subject, access.SCORE, {"points": points})
    _move(row, "score", SITE)
    row.save(force_insert=True)


@behind_the_wall()
def note_shown(*, sitting: Sitting) -> None:
    """The person saw the results of this sitting."""
    rows = CheckIn.objects.select_for_update(of=("self",)).filter(
        sitting=sitting, state=CheckInState.SCORED
    )
    for row in rows:
        _move(row, "show", PERSON)
        row.save(update_fields=["state"])


@behind_the_wall()
def delete_sitting(*, sitting: Sitting) -> None:
    lock(sitting.subject)
    Draft.objects.filter(subject=sitting.subject).delete()
    Sitting.objects.filter(pk=sitting.pk).delete()


@behind_the_wall()
def delete_all(*, subject: Subject) -> int:
    """Every check-in, mood and draft of a person; returns how many sittings went."""
    lock(subject)
    count = Sitting.objects.filter(subject=subject).count()
    Draft.objects.filter(subject=subject).delete()
    Sitting.objects.filter(subject=subject).delete()
    Mood.objects.filter(subject=subject).delete()
    Notice.objects.filter(subject=subject).delete()
    return count


def erase(subject: Subject) -> None:
    """For whoever leaves: also how often they wanted to be asked."""
    delete_all(subject=subject)
    Rhythm.objects.filter(subject=subject).delete()


@behind_the_wall()
def purge(*, now: datetime, apply: bool) -> dict[str, int]:
    """Drafts after a day, answers and moods after 12 months, scores after 24.

    And the first day of a job, four weeks after the last question about it.
    """
    drafts = Draft.objects.filter(begun_at__lte=now - DRAFT_KEPT)
    moods = Mood.objects.filter(at__lte=now - ANSWERS_KEPT)
    notices = Notice.objects.filter(due_at__lte=now - ANSWERS_KEPT)
    sittings = Sitting.objects.filter(taken_at__lte=now - SCORES_KEPT)
    old = CheckIn.objects.filter(
        taken_at__lte=now - ANSWERS_KEPT, taken_at__gt=now - SCORES_KEPT
    ).exclude(state=CheckInState.PURGED)
    jobs = Rhythm.objects.filter(job_began_on__lte=local_day(now) - JOB_KEPT)
    counts = {
        "drafts": drafts.count(),
        "answers": old.count(),
        "moods": moods.count(),
        "notices": notices.count(),
        "results": sittings.count(),
        "jobs": jobs.count(),
    }
    if apply:
        jobs.update(**FORGOTTEN)
        for rows in (drafts, moods, notices, sittings):
            rows.delete()
        for row in old.select_for_update(of=("self",)):
            _move(row, "purge", SITE)
            row.answers = ""
            row.save(update_fields=["state", "answers"])
    return counts


def _move(row: CheckIn, event: str, actor: str) -> None:
    row.state = WORKFLOW.step(state=row.state, event=event, actor=actor).target
