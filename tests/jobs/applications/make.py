from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.employers.models import Membership
from accounts.identity.models import User
from accounts.lib.dates import today
from accounts.lib.workflow import TransitionRefused
from accounts.seekers.models import SeekerProfile
from jobs.applications.enums import DeclineReason
from jobs.applications.interview_access import open_interview
from jobs.applications.models import Application
from jobs.applications.rules.offers import Terms
from jobs.applications.rules.workflow import EMPLOYER, SEEKER, SYSTEM
from jobs.applications.services import interviews, leaving, offers, steps
from jobs.applications.services.snapshots import snapshot_of
from jobs.applications.services.submissions import submit_application
from jobs.postings.models import Posting
from tests.jobs.applications.make_interviews import offer, slot_of

# The steps that lead to each state, each with who takes it.
PATHS: dict[str, tuple[tuple[str, str], ...]] = {
    "submitted": (),
    "viewed": (("view", EMPLOYER),),
    "shortlisted": (("shortlist", EMPLOYER),),
    "interview": (("view", EMPLOYER), ("propose", EMPLOYER), ("pick", SEEKER)),
    "offered": (("shortlist", EMPLOYER), ("offer", EMPLOYER)),
    "hired": (("shortlist", EMPLOYER), ("offer", EMPLOYER), ("accept", SEEKER)),
    "on_hold": (("postpone", EMPLOYER),),
    "declined": (("decline", EMPLOYER),),
    "withdrawn": (("withdraw", SEEKER),),
    "no_response": (("give_up_waiting", SYSTEM),),
    "retracted": (("shortlist", EMPLOYER), ("offer", EMPLOYER), ("retract", EMPLOYER)),
}


def _propose(application: Application, who: User | None, version: int) -> Application:
    if who is None:
        raise TransitionRefused("only people offer times")
    booked = application.interview_at is not None
    reason = "那天临时有会" if booked else ""
    fresh = Application.objects.get(pk=application.pk)
    offer(fresh, who, version=version, reason=reason)
    fresh.refresh_from_db()
    return fresh


def _pick(application: Application, who: User) -> Application:
    interview = open_interview(application)
    slot = slot_of(interview).pk if interview else 0
    return interviews.pick(application=application, actor=who, slot_id=slot).application


def make_terms(**changes: Any) -> Terms:
    """As `make_posting` advertises it, with 700 yuan that vary."""
    values: dict[str, Any] = {
        "base_pay": 4800,
        "variable_pay": 700,
        "variable_text": "全勤500,质检奖约200",
        "pay_months": 12,
        "contract_months": 36,
        "probation_months": 2,
        "probation_pay": 4800,
        "weekly_hours": Decimal(40),
        "shift": "day",
        "rest": "double",
        "social_insurance": True,
        "employment_type": "full_time",
        "start": today() + timedelta(days=10),
        "city_code": "3101",
        "district": "浦东新区",
        "street": "示例路1号",
        "other_terms": "",
        "answer_by": today() + timedelta(days=5),
    }
    return Terms(**(values | changes))


STEPS: dict[str, Callable[[Application, Any, int], Application]] = {
    "view": lambda a, who, _: steps.view_application(application=a, actor=who),
    "shortlist": lambda a, who, version: steps.shortlist_application(
        application=a, actor=who, version=version
    ),
    "propose": _propose,
    "pick": lambda a, who, _: _pick(a, who),
    "offer": lambda a, who, version: offers.make_offer(
        application=a, actor=who, version=version, terms=make_terms()
    ),
    "revise": lambda a, who, version: offers.revise_offer(
        application=a, actor=who, version=version, terms=make_terms(base_pay=5600)
    ),
    "postpone": lambda a, who, version: steps.postpone_application(
        application=a, actor=who, version=version, reason="等总部批名额"
    ),
    "decline": lambda a, who, version: steps.decline_application(
        application=a,
        actor=who,
        version=version,
        reason=DeclineReason.SCHEDULE,
        message="这班要上夜班。",
    ),
    "retract": lambda a, who, version: steps.retract_offer(
        application=a, actor=who, version=version, reason="项目停了"
    ),
    "accept": lambda a, who, version: offers.accept_offer(
        application=a, actor=who, version=version
    ),
    "withdraw": lambda a, who, _: leaving.withdraw_application(
        application=a, actor=who
    ),
    "undo": lambda a, who, _: leaving.undo_withdrawal(application=a, actor=who),
    "give_up_waiting": lambda a, _who, _: steps.give_up_waiting(application=a),
}


def send(
    seeker: SeekerProfile, posting: Posting, *, message: str = "下周就能上班。"
) -> Application:
    """Sent through the service, as a seeker would."""
    snapshot = snapshot_of(seeker, name="林小舟", phone="+8613800000000")
    return submit_application(
        seeker=seeker, posting=posting, snapshot=snapshot, message=message
    )[0]


def take(application: Application, event: str, actor: User | None) -> Application:
    """The step through its service, from the version that stands now."""
    return STEPS[event](application, actor, application.version)


def make_application(
    seeker: SeekerProfile, posting: Posting, *, state: str = "submitted"
) -> Application:
    """Walked to its state step by step."""
    application = send(seeker, posting)
    member = Membership.objects.filter(organization=posting.organization_id).first()
    actors = {SEEKER: seeker.user, EMPLOYER: member.user if member else None}
    for event, side in PATHS[state]:
        application = take(application, event, actors.get(side))
    return application


def sent_days_ago(application: Application, days: float) -> Application:
    """As if it had been sent then."""
    application.submitted_at = timezone.now() - timedelta(days=days)
    application.save(update_fields=["submitted_at"])
    return application
