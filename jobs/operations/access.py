"""What operators may look at; for everybody else each of these is a 404."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.employers.models import Membership, Organization
from accounts.identity.enums import Kind, MessageState
from accounts.identity.models import (
    Announcement,
    AuditEvent,
    OutboxMessage,
    SwitchChange,
    User,
)
from accounts.identity.services.outbox import CLAIM_SECONDS
from accounts.identity.switches import SWITCHES, Switch
from jobs.operations.enums import RunState
from jobs.operations.models import TaskRun
from jobs.operations.schedule import Timed, timed_tasks
from jobs.postings.models import Posting
from jobs.screening.models.sanctions import Sanction

# A message that is due this long is late, whatever the reason.
LATE = timedelta(minutes=10)
STAFF = (Kind.OPERATOR, Kind.MODERATOR)


def operators_only(user: User) -> None:
    """404 for everybody who does not run the site."""
    if user.kind != Kind.OPERATOR:
        raise Http404


# --- organisations ---
def organizations(
    user: User, *, words: str = "", state: str = ""
) -> QuerySet[Organization]:
    operators_only(user)
    found = Organization.objects.all()
    if words:
        found = found.filter(
            Q(display_name__icontains=words)
            | Q(legal_name__icontains=words)
            | Q(uscc__istartswith=words)
        )
    return found.filter(verification=state) if state else found


def organization(user: User, public_id: UUID) -> Organization:
    return get_object_or_404(organizations(user), public_id=public_id)


def counts_of(rows: list[Organization]) -> dict[int, dict[str, int]]:
    """Members, open postings and standing measures of each, by primary key."""
    keys = [row.pk for row in rows]
    counted = {key: {"members": 0, "postings": 0, "measures": 0} for key in keys}
    members = Membership.objects.filter(is_active=True)
    open_ = Posting.objects.open()
    measures = Sanction.objects.standing()
    for name, query in (
        ("members", members),
        ("postings", open_),
        ("measures", measures),
    ):
        grouped: Any = query.filter(organization__in=keys).order_by()
        pairs = grouped.values_list("organization").annotate(n=Count("pk"))
        for key, number in pairs:
            counted[key][name] = number
    return counted


def postings_by_state(found: Organization) -> list[tuple[str, int]]:
    rows = Posting.objects.filter(organization=found).order_by()
    counted = dict(rows.values_list("state").annotate(n=Count("pk")))
    return sorted(counted.items())


# --- outbox ---
def outbox(user: User) -> QuerySet[OutboxMessage]:
    """Without words: not even an operator reads what was written to somebody."""
    operators_only(user)
    return OutboxMessage.objects.defer("subject", "body")


def message(user: User, public_id: UUID) -> OutboxMessage:
    return get_object_or_404(outbox(user), public_id=public_id)


def stuck_or_failed(*, now: datetime) -> Q:
    stuck = Q(
        state=MessageState.SENDING,
        claimed_at__lt=now - timedelta(seconds=CLAIM_SECONDS),
    )
    late = Q(state=MessageState.PENDING, due_at__lt=now - LATE)
    return Q(state=MessageState.FAILED) | stuck | late


def outbox_counts(user: User) -> list[dict[str, Any]]:
    """A line for each template: how many are in each state."""
    by_state = {
        state.value: Count("pk", filter=Q(state=state)) for state in MessageState
    }
    rows = outbox(user).order_by().values("template").annotate(**by_state)
    return [dict(row) for row in rows.order_by("template")]


# --- tasks ---
def timed_task(user: User, name: str) -> Timed:
    operators_only(user)
    found = timed_tasks().get(name)
    if found is None and TaskRun.objects.filter(task=name).exists():
        return Timed(name, ())
    if found is None:
        raise Http404
    return found


def runs_of(user: User, task: str) -> QuerySet[TaskRun]:
    operators_only(user)
    runs = TaskRun.objects.filter(task=task).select_related("asked_by")
    return runs.order_by("-asked_at", "-pk")


def last_runs() -> dict[str, TaskRun]:
    """The newest run of each task."""
    newest = TaskRun.objects.order_by("task", "-asked_at", "-pk").distinct("task")
    return {run.task: run for run in newest}


def failures_since(moment: datetime) -> Mapping[str, int]:
    failed = TaskRun.objects.filter(state=RunState.FAILED, asked_at__gte=moment)
    return dict(failed.order_by().values_list("task").annotate(n=Count("pk")))


def clock_started_at() -> datetime | None:
    """When the clock last started something, as far as runs say."""
    by_clock = TaskRun.objects.filter(asked_by__isnull=True, task__in=timed_tasks())
    found: datetime | None = by_clock.aggregate(at=Max("started_at"))["at"]
    return found


def oldest_due(*, now: datetime) -> datetime | None:
    due = OutboxMessage.objects.filter(state=MessageState.PENDING, due_at__lte=now)
    found: datetime | None = due.aggregate(at=Min("due_at"))["at"]
    return found


# --- switches ---
def declared_switch(user: User, name: str) -> Switch:
    operators_only(user)
    found = SWITCHES.get(name)
    if found is None:
        raise Http404
    return found


def switch_changes(user: User, name: str) -> QuerySet[SwitchChange]:
    operators_only(user)
    changes = SwitchChange.objects.filter(name=name).select_related("changed_by")
    return changes.order_by("-at", "-pk")


def announcements(user: User) -> QuerySet[Announcement]:
    operators_only(user)
    return Announcement.objects.select_related("written_by").order_by("-pk")


# --- trail ---
def trail(user: User) -> QuerySet[AuditEvent]:
    operators_only(user)
    return AuditEvent.objects.all()


def staff() -> QuerySet[User]:
    """People in an office, whose acts are looked up by name."""
    return User.objects.filter(kind__in=STAFF).order_by("kind", "pk")


def staff_names(events: list[AuditEvent]) -> dict[int, str]:
    """Of the actors of these lines; seekers and employers stay numbers."""
    actors = {event.actor_id for event in events if event.actor_id}
    named = staff().filter(pk__in=actors).annotate(shown=F("display_name"))
    return dict(named.values_list("pk", "shown"))
