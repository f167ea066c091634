"""Tasks of a counselor, and ways to others who help better."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from accounts.care.cases.enums import (
    REFERRAL_ENDED,
    Actor,
    ReferralState,
    Service,
    TaskKind,
)
from accounts.care.cases.models import Case, Referral, Task
from accounts.care.cases.rules.attention import REFERRAL_OPEN
from accounts.care.cases.rules.workflow import REFERRAL, TASK
from accounts.care.cases.services.steps import Changed, locked
from accounts.care.vault import keys
from accounts.care.vault.emails import tell_person_of_news
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile
from accounts.lib.workflow import TransitionRefused

TEXT = "task.text"
NOTE = "referral.note"
MOST_TASKS = 30


class CaseOver(Exception):  # noqa: N818 - reads as the event it is
    """The case has ended; nothing is added to it."""


class TooManyTasks(Exception):  # noqa: N818 - reads as the event it is
    """More open tasks than anybody keeps in view."""


class AlreadyThere(Exception):  # noqa: N818 - reads as the event it is
    """The same service is suggested already."""


@behind_the_wall()
def add_task(
    *, case: Case, by: CounselorProfile, kind: TaskKind, text: str, due: date
) -> Task:
    row = _open(case, by)
    if Task.objects.filter(case=row, done_at__isnull=True).count() >= MOST_TASKS:
        raise TooManyTasks
    return Task.objects.create(
        case=row,
        subject=row.subject,
        kind=kind,
        text=keys.seal(row.subject, TEXT, text),
        due=due,
    )


@behind_the_wall()
def turn_task(*, task: Task, event: str) -> Task:
    """Done, or open again. Raises Changed when it is so already."""
    row = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    try:
        found = TASK.step(state=row.state, event=event, actor=Actor.COUNSELOR)
    except TransitionRefused as refused:
        raise Changed from refused
    row.done_at = timezone.now() if found.target == "done" else None
    row.save(update_fields=["done_at"])
    return row


def text_of(task: Task) -> str:
    return keys.unseal(task.subject, TEXT, task.text) or ""


@behind_the_wall()
def suggest(
    *, case: Case, by: CounselorProfile, service: Service, note: str
) -> Referral:
    """Nothing goes anywhere by itself: the person reads it and goes, or does not."""
    row = _open(case, by)
    running = Referral.objects.filter(case=row, service=service)
    if running.exclude(state__in=REFERRAL_ENDED).exists():
        raise AlreadyThere
    referral = Referral.objects.create(
        case=row,
        subject=row.subject,
        service=service,
        note=keys.seal(row.subject, NOTE, note) if note else "",
        suggested_by=by,
    )
    tell_person_of_news(subject=row.subject)
    return referral


@behind_the_wall()
def step_referral(*, referral: Referral, event: str, actor: Actor) -> Referral:
    row = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    try:
        found = REFERRAL.step(state=row.state, event=event, actor=actor)
    except TransitionRefused as refused:
        raise Changed from refused
    now = timezone.now()
    row.state, row.changed_at = ReferralState(found.target), now
    if row.state in REFERRAL_ENDED:
        row.ended_at = now
    row.save(update_fields=["state", "changed_at", "ended_at"])
    return row


def note_of(referral: Referral) -> str:
    return keys.unseal(referral.subject, NOTE, referral.note) or ""


def due_referrals(*, now: datetime) -> list[UUID]:
    rows = Referral.objects.filter(
        state=ReferralState.SUGGESTED, suggested_at__lte=now - REFERRAL_OPEN
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


@behind_the_wall()
def expire_referrals(*, now: datetime) -> int:
    """Suggestions that nobody answered for 30 days."""
    count = 0
    for referral_id in due_referrals(now=now):
        referral = Referral.objects.get(pk=referral_id)
        try:
            step_referral(referral=referral, event="expire", actor=Actor.SYSTEM)
        except Changed:
            continue
        count += 1
    return count


def _open(case: Case, by: CounselorProfile) -> Case:
    row = locked(case.pk, subject_id=case.subject_id)
    if row.counselor != by:
        raise Changed
    if not row.is_open:
        raise CaseOver
    return row
