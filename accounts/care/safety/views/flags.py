"""For counselors: what is open, one flag with its script, and every step on it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.care.safety import access, words
from accounts.care.safety.enums import SERIOUS, Level, Outcome, Source, Way
from accounts.care.safety.forms import (
    NeededRemarkForm,
    RaiseForm,
    RemarkForm,
    TryForm,
)
from accounts.care.safety.models import SafetyFlag
from accounts.care.safety.rules import tries, workflow
from accounts.care.safety.services import flags
from accounts.care.safety.views.person import person_shown
from accounts.care.safety.views.showing import card, steps_shown
from accounts.care.vault.access import counselor_only, has_role
from accounts.care.vault.enums import Role
from accounts.care.vault.http import care_page
from accounts.care.vault.services.log import note_access
from accounts.counselors.models import CounselorProfile
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest
from accounts.lib.dates import moment_text
from accounts.lib.workflow import ReasonMissing, TransitionRefused

PAGE = "accounts/care/safety/flag.html"
# They have forms or pages of their own.
ELSEWHERE = frozenset({"try", "decide"})
WANTS_REMARK = frozenset(
    row.event for row in workflow.FLAG.rows if row.needs_reason
) - {"decide"}


@require_safe
@care_page(Kind.COUNSELOR)
def board(request: SignedInRequest) -> HttpResponse:
    counselor = counselor_only(request.user)
    now = timezone.now()
    found = [card(flag, now) for flag in access.flags_for(counselor, now=now)]
    is_lead = has_role(counselor, Role.SUPERVISOR)
    context = {
        "cards": sorted(found, key=_urgency),
        "is_lead": is_lead,
        "is_on_duty": access.is_on_duty(counselor, now=now),
        "on_duty": access.on_duty(now=now),
        "looks": access.looks_to_judge(counselor).count() if is_lead else 0,
    }
    return render(request, "accounts/care/safety/board.html", context)


def _urgency(one: dict[str, Any]) -> tuple[bool, bool, bool]:
    """Danger first, and of it what nobody tried yet; the rest as it comes due."""
    row = one["flag"]
    return row.level not in SERIOUS, not one["left"], row.level != Level.RED


@require_safe
@care_page(Kind.COUNSELOR)
def flag(request: SignedInRequest, flag_id: UUID) -> HttpResponse:
    counselor = counselor_only(request.user)
    now = timezone.now()
    row = access.flag_for(counselor, flag_id, now=now)
    if request.method == "GET":
        note_access(
            subject=row.subject,
            reader=access.reader_as(row, counselor, now=now),
            counselor=counselor,
            action="safety.flag.read",
            object_id=row.pk,
        )
    return _page(request, row, counselor)


def _page(
    request: SignedInRequest,
    row: SafetyFlag,
    counselor: CounselorProfile,
    *,
    bound: tuple[str, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    roles = access.roles_in(row, counselor, now=now)
    before = access.tries_since_call(row)
    context = card(row, now) | {
        "roles": roles,
        "is_serious": row.level in SERIOUS,
        "reason": flags.reason_of(row),
        "steps": steps_shown(row, remarks=True),
        "tries": before,
        "next_try_at": tries.next_try_at(row.level, before),
        "may_give_up": tries.is_enough(before, now=now),
        "buttons": _buttons(row, roles, bound),
        "try_form": _try_form(row, roles, bound),
        "may_decide": row.level in SERIOUS
        and _has(row, roles, "decide")
        and workflow.SUPERVISOR in roles,
        "may_open_more": row.level in SERIOUS
        and bool(roles & {workflow.ON_DUTY, workflow.SUPERVISOR}),
        "person": person_shown(row, counselor, roles, now=now),
        "script": words.SCRIPT,
        "now": now,
    }
    context["refused"] = _refused(context, bound)
    return render(request, PAGE, context, status=status)


def _refused(context: dict[str, Any], bound: tuple[str, forms.Form] | None) -> str:
    """Why a step was refused whose form does not stand on the page (any more)."""
    if bound is None:
        return ""
    event, form = bound
    shown = {one["event"] for one in context["buttons"] if one["form"]}
    is_shown = event in shown or (event == "try" and context["try_form"])
    return "" if is_shown else " ".join(str(one) for one in form.non_field_errors())


def _has(row: SafetyFlag, roles: set[str], event: str) -> bool:
    return any(event in workflow.FLAG.events(state=row.state, actor=r) for r in roles)


def _buttons(
    row: SafetyFlag, roles: set[str], bound: tuple[str, forms.Form] | None
) -> list[dict[str, Any]]:
    """Straight from the table: nothing is drawn that would be refused."""
    found = []
    for event in words.BUTTONS:
        if not _has(row, roles, event):
            continue
        if event == "take_over" and workflow.OWNER in roles:
            continue
        if event == "give_up" and not tries.is_enough(
            access.tries_since_call(row), now=timezone.now()
        ):
            continue
        if event == "ask_close" and (row.close_asked_by_id or row.level not in SERIOUS):
            continue
        form = _form_for(event)
        if bound and bound[0] == event:
            form = bound[1]
        found.append(
            {
                "event": event,
                "label": words.BUTTONS[event],
                "form": form if event in WANTS_REMARK else None,
            }
        )
    return found


def _form_for(event: str, data: Any = None) -> forms.Form:
    kind = NeededRemarkForm if event in WANTS_REMARK else RemarkForm
    return kind(data, prefix=event)


def _try_form(
    row: SafetyFlag, roles: set[str], bound: tuple[str, forms.Form] | None
) -> forms.Form | None:
    if not _has(row, roles, "try"):
        return None
    return bound[1] if bound and bound[0] == "try" else TryForm(prefix="try")


@require_POST
@care_page(Kind.COUNSELOR)
def move(request: SignedInRequest, flag_id: UUID, event: str) -> HttpResponse:
    counselor = counselor_only(request.user)
    row = access.flag_for(counselor, flag_id, now=timezone.now())
    if event not in words.BUTTONS:
        raise Http404
    form = _form_for(event, request.POST)
    if not form.is_valid():
        return _page(request, row, counselor, bound=(event, form), status=422)
    version = request.POST.get("version", "")
    try:
        flags.move(
            flag=row,
            counselor=counselor,
            event=event,
            remark=form.cleaned_data["remark"],
            version=int(version) if version.isdigit() else None,
        )
    except flags.ChangedMeanwhile:
        form.add_error(None, _("Somebody was faster. Look at what is here now."))
    except flags.TriedTooLittle:
        form.add_error(None, _("Not yet: at least three tries, with time between."))
    except (TransitionRefused, ReasonMissing):
        form.add_error(None, _("This step is not open to you now."))
    if form.errors:
        row = access.flag_for(counselor, flag_id, now=timezone.now())
        return _page(request, row, counselor, bound=(event, form), status=422)
    messages.success(request, _("Written down."))
    return redirect(*_after(event, flag_id))


def _after(event: str, flag_id: UUID) -> tuple[Any, ...]:
    """What is closed is nobody's to see any more."""
    return ("safety:flags",) if event == "close" else ("safety:flag", flag_id)


@require_POST
@care_page(Kind.COUNSELOR)
def record_try(request: SignedInRequest, flag_id: UUID) -> HttpResponse:
    counselor = counselor_only(request.user)
    row = access.flag_for(counselor, flag_id, now=timezone.now())
    form = TryForm(request.POST, prefix="try")
    if form.is_valid():
        told = form.cleaned_data
        try:
            flags.record_try(
                flag=row,
                counselor=counselor,
                way=Way(told["way"]),
                outcome=Outcome(told["outcome"]),
                remark=told["remark"],
            )
        except flags.TooSoon as soon:
            form.add_error(
                None,
                _("Leave some time between two tries. The next one from %(at)s.")
                % {"at": moment_text(soon.at)},
            )
        except flags.TriedEnough:
            form.add_error(
                None, _("Five tries are enough. The lead counselor decides now.")
            )
        except TransitionRefused:
            form.add_error(None, _("This step is not open to you now."))
    if form.errors:
        return _page(request, row, counselor, bound=("try", form), status=422)
    messages.success(request, _("Written down."))
    return redirect("safety:flag", flag_id)


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.COUNSELOR)
def raise_for(request: SignedInRequest, subject_id: UUID) -> HttpResponse:
    """T5: from the page of a case, about one's own person."""
    counselor = counselor_only(request.user)
    subject = access.own_person(counselor, subject_id)
    form = RaiseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        told = form.cleaned_data
        made = flags.raise_flag(
            subject=subject,
            level=Level(told["level"]),
            source=Source(told["source"]),
            reason=told["reason"],
            counselor=counselor,
        )
        messages.success(request, _("Raised. Whoever is on duty was told."))
        return redirect("safety:flag", made.pk)
    context = {"form": form, "on_duty": access.on_duty(now=timezone.now())}
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/care/safety/raise.html", context, status=status)
