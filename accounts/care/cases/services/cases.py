from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from accounts.care.cases import access
from accounts.care.cases.access import open_case_of
from accounts.care.cases.enums import ENDED, Actor
from accounts.care.cases.models import Case, CaseStep
from accounts.care.cases.rules.attention import TO_ACCEPT
from accounts.care.cases.rules.load import has_room
from accounts.care.cases.services.steps import Changed, end_sharing, locked, move
from accounts.care.scheduling.registry import is_barred
from accounts.care.vault import keys
from accounts.care.vault.access import user_of
from accounts.care.vault.emails import tell_of_news, tell_person_of_news
from accounts.care.vault.enums import Reader
from accounts.care.vault.models import Subject
from accounts.care.vault.services.log import note_access
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile

TOPIC = "case.topic"


class NoRoom(Exception):  # noqa: N818 - reads as the event it is
    """The counselor carries as much as one may."""


class NotAvailable(Exception):  # noqa: N818 - reads as the event it is
    """These two are not brought together; nobody learns why."""


@behind_the_wall()
def ensure_case(
    *, subject: Subject, counselor: CounselorProfile | None, topic: str = ""
) -> Case:
    """The person's open case; begun here when there is none."""
    Subject.objects.select_for_update(of=("self",), no_key=True).get(pk=subject.pk)
    found = open_case_of(subject)
    if found is not None:
        return found
    now = timezone.now()
    case = Case.objects.create(
        subject=subject,
        counselor=counselor,
        topic=keys.seal(subject, TOPIC, topic) if topic else "",
        opened_at=now,
        assigned_at=now if counselor else None,
        accept_by=now + TO_ACCEPT if counselor else None,
        waiting_since=now,
    )
    CaseStep.objects.create(
        case=case,
        event="open",
        state=case.state,
        actor=Actor.SEEKER,
        counselor=counselor,
        at=now,
    )
    return case


@behind_the_wall()
def take(*, case: Case, counselor: CounselorProfile) -> Case:
    """From those whom nobody has yet. Raises NoRoom, NotAvailable and Changed."""
    hold_counselor(counselor)
    row = locked(case.pk, subject_id=case.subject_id)
    if row.counselor is not None or row.state in ENDED:
        raise Changed
    check_room(counselor, row.subject)
    if must_not_meet(row.subject, counselor):
        raise NotAvailable
    row.counselor, row.assigned_at = counselor, timezone.now()
    move(row, event="triage", actor=Actor.COUNSELOR, by=counselor)
    note_access(
        subject=row.subject,
        reader=Reader.COUNSELOR,
        counselor=counselor,
        action="case.taken",
        object_id=row.pk,
    )
    tell_person_of_news(subject=row.subject)
    return row


@behind_the_wall()
def give_back(*, case: Case, by: CounselorProfile, version: int) -> Case:
    """The counselor does not take on what somebody else gave them."""
    row = locked(case.pk, subject_id=case.subject_id)
    if row.version != version or row.counselor != by or row.accept_by is None:
        raise Changed
    _let_go(row, actor=Actor.COUNSELOR, by=by)
    return row


def due_to_return(*, now: datetime) -> list[Case]:
    return list(Case.objects.filter(accept_by__lte=now).order_by("pk"))


@behind_the_wall()
def return_one(*, case_id: UUID, subject_id: UUID, now: datetime) -> bool:
    """Nobody said yes within 72 hours: others may take it. Safe to repeat."""
    row = locked(case_id, subject_id=subject_id)
    if row.accept_by is None or row.accept_by > now:
        return False
    _let_go(row, actor=Actor.SYSTEM)
    return True


def _let_go(row: Case, *, actor: Actor, by: CounselorProfile | None = None) -> None:
    before = row.counselor
    row.counselor = row.assigned_at = None
    move(row, event="give_back", actor=actor, by=by)
    if before is not None:
        end_sharing(row.subject, before)


@behind_the_wall()
def assign(
    *,
    case: Case,
    counselor: CounselorProfile | None,
    actor: Actor,
    by: CounselorProfile | None = None,
) -> Case:
    """To somebody else, who has 72 hours to say yes, or to whoever takes it.

    What the person showed the one before ends at once.
    """
    if counselor is not None:
        hold_counselor(counselor)
    row = locked(case.pk, subject_id=case.subject_id)
    if counselor is not None and counselor == row.counselor:
        raise Changed
    if counselor is not None:
        check_room(counselor, row.subject)
        if must_not_meet(row.subject, counselor):
            raise NotAvailable
    pass_on(row, to=counselor, actor=actor, by=by)
    if counselor is not None:
        row.accept_by = timezone.now() + TO_ACCEPT
        row.save(update_fields=["accept_by"])
        tell_of_news(user=counselor.user)
    if by is not None:
        note_access(
            subject=row.subject,
            reader=Reader.SUPERVISOR,
            counselor=by,
            action="case.assigned",
            object_id=row.pk,
        )
        tell_person_of_news(subject=row.subject)
    return row


def pass_on(
    row: Case,
    *,
    to: CounselorProfile | None,
    actor: Actor,
    by: CounselorProfile | None = None,
) -> None:
    """On a locked row: whose case it is changes, and the sharing with it ends."""
    before = row.counselor
    row.counselor = to
    row.assigned_at = timezone.now() if to else None
    move(row, event="hand_over", actor=actor, by=by)
    if before is not None and before != to:
        end_sharing(row.subject, before)


def hold_counselor(counselor: CounselorProfile) -> None:
    """Whoever gives somebody a case waits here: no two count the same free place."""
    rows = CounselorProfile.objects.select_for_update(of=("self",), no_key=True)
    rows.get(pk=counselor.pk)


def check_room(counselor: CounselorProfile, subject: Subject) -> None:
    load = access.load_on(counselor)
    if not has_room(
        load=load, cap=access.cap_of(counselor), is_red=access.is_red(subject)
    ):
        raise NoRoom


def must_not_meet(subject: Subject, counselor: CounselorProfile) -> bool:
    user = user_of(subject)
    return user is not None and is_barred(user, counselor)


def topic_of(case: Case) -> str:
    return keys.unseal(case.subject, TOPIC, case.topic) or ""
