from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.identity.http import SignedInRequest
from accounts.lib.health import RetentionJob, retention_jobs
from accounts.lib.keyset import newest_first
from jobs.operations import access
from jobs.operations.enums import RunState
from jobs.operations.forms import EraseForm, RunForm
from jobs.operations.models import TaskRun
from jobs.operations.retention import due_count
from jobs.operations.schedule import Timed, in_words, timed_tasks
from jobs.operations.sections import late_tasks
from jobs.operations.services import runs

PAGE_SIZE = 30
LOOK_BACK = timedelta(days=7)
LOOKS = {
    RunState.ASKED: ("line", "hourglass"),
    RunState.RUNNING: ("sea", "refresh-cw"),
    RunState.DONE: ("good", "check"),
    RunState.FAILED: ("danger", "circle-alert"),
}


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run as it is shown."""

    run: TaskRun
    now: datetime

    @property
    def badge(self) -> tuple[str, str, str]:
        """Word, kind and icon."""
        if self.run.is_lost(now=self.now):
            return _("Lost"), "caution", "circle-help"
        kind, icon = LOOKS[RunState(self.run.state)]
        return str(RunState(self.run.state).label), kind, icon

    @property
    def took(self) -> str:
        took = self.run.took
        if took is None:
            return ""
        return _("under a second") if took < timedelta(seconds=1) else in_words(took)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task of the schedule as the list shows it."""

    timed: Timed
    last: RunRow | None
    due: datetime | None
    is_late: bool
    failures: int


@never_cache
@require_safe
def tasks(request: SignedInRequest) -> HttpResponse:
    access.operators_only(request.user)
    now = timezone.now()
    context = {"rows": _rows(now), "days": LOOK_BACK.days}
    return render(request, "jobs/operations/tasks.html", context)


def _rows(now: datetime) -> list[TaskRow]:
    last, late = access.last_runs(), late_tasks(now)
    failures = access.failures_since(now - LOOK_BACK)
    rows = []
    others = {name: Timed(name, ()) for name in last}
    for name, timed in {**others, **timed_tasks()}.items():
        run = last.get(name)
        began = run and (run.started_at or run.asked_at)
        rows.append(
            TaskRow(
                timed,
                RunRow(run, now) if run else None,
                timed.due_after(began) if began and timed.rhythms else None,
                name in late,
                failures.get(name, 0),
            )
        )
    # What needs a look first, then as on the schedule, then what is on none.
    return sorted(
        rows,
        key=lambda row: (
            not (row.is_late or row.failures),
            not row.timed.is_on_schedule,
        ),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: SignedInRequest, name: str) -> HttpResponse:
    """Its history, and the button that starts it now."""
    timed = access.timed_task(request.user, name)
    job = next((job for job in retention_jobs() if job.task == name), None)
    kind = EraseForm if job else RunForm
    form = kind(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _run(request, timed, form.cleaned_data["reason"])
    page = newest_first(
        access.runs_of(request.user, name), request, by="asked_at", size=PAGE_SIZE
    )
    now = timezone.now()
    context = {
        "timed": timed,
        "rows": [RunRow(run, now) for run in page.rows],
        "page": page,
        "form": form,
        "job": job,
        "due_now": due_count(job, now) if job else None,
        "is_under_way": runs.by_hand_under_way(name, now=now).exists(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "jobs/operations/task.html", context, status=status)


def _run(request: SignedInRequest, timed: Timed, reason: str) -> HttpResponse:
    try:
        runs.ask_run(task=timed.task, actor=request.user, reason=reason)
    except runs.NotOnTheSchedule as error:
        raise Http404 from error
    except runs.UnderWay:
        messages.info(request, _("Somebody started it a moment ago. Please wait."))
    else:
        messages.success(request, _("Begun. Look again in a moment."))
    return redirect("operations:task", timed.task)


@dataclass(frozen=True, slots=True)
class JobRow:
    job: RetentionJob
    due_now: int | None
    last: RunRow | None


@never_cache
@require_safe
def retention(request: SignedInRequest) -> HttpResponse:
    """What the site forgets, how much of it is due, and when it last did."""
    access.operators_only(request.user)
    now, last = timezone.now(), access.last_runs()
    rows = [
        JobRow(
            job,
            due_count(job, now),
            RunRow(last[job.task], now) if job.task in last else None,
        )
        for job in retention_jobs()
        if job.task in timed_tasks()
    ]
    return render(request, "jobs/operations/retention.html", {"rows": rows})
