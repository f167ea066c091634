from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from accounts.care.safety.models import SafetyPlan
from accounts.care.vault import keys
from accounts.care.vault.access import may
from accounts.care.vault.enums import Reader, Scope
from accounts.care.vault.models import ConsentGrant, Subject
from accounts.care.vault.services.log import note_access
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile

BODY = "plan.body"
# Versions kept besides the newest.
KEPT = 20


class NotAllowed(Exception):  # noqa: N818 - reads as the event it is
    """Without their yes nothing of a plan is kept."""


class ChangedMeanwhile(Exception):  # noqa: N818 - reads as the event it is
    """The plan was changed elsewhere since it was opened; `latest` is its number."""


@behind_the_wall()
def keep_plan(
    *,
    subject: Subject,
    body: Mapping[str, str],
    counselor: CounselorProfile | None = None,
    after: int | None = None,
) -> SafetyPlan:
    """One more version; the same words again make none. `after` is the number it began from."""
    Subject.objects.select_for_update(of=("self",), no_key=True).get(pk=subject.pk)
    if not may(subject, Scope.PLAN_STORE):
        raise NotAllowed
    rows = SafetyPlan.objects.filter(subject=subject).order_by("-number")
    last = rows.select_related("subject").first()
    if after is not None and after != (last.number if last else 0):
        raise ChangedMeanwhile
    told = {code: text for code, text in body.items() if text}
    if last is not None and body_of(last) == told:
        return last
    plan = SafetyPlan.objects.create(
        subject=subject,
        number=last.number + 1 if last else 1,
        body=keys.seal(subject, BODY, told),
        written_at=timezone.now(),
        counselor=counselor,
    )
    old = rows.values("pk")[KEPT + 1 :]
    SafetyPlan.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
    if counselor is not None:
        note_access(
            subject=subject,
            reader=Reader.COUNSELOR,
            counselor=counselor,
            action="safety.plan.written",
            object_id=plan.pk,
        )
    return plan


def body_of(plan: SafetyPlan) -> dict[str, str]:
    told: dict[str, str] = keys.unseal(plan.subject, BODY, plan.body)
    return told


def forget_plans(grant: ConsentGrant) -> None:
    """The yes ended: nothing of the plan stays in the account."""
    SafetyPlan.objects.filter(subject=grant.subject).delete()
