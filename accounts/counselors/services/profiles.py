from __future__ import annotations

from django.db import transaction

from accounts.counselors.enums import Scope
from accounts.counselors.models import CounselorProfile
from accounts.counselors.registry import tell_role_ended
from accounts.employers.enums import VerificationState
from accounts.evidence.enums import SubjectType
from accounts.evidence.services import erase_documents
from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.identity.services.accounts import create_staff
from accounts.identity.services.audit import record_event


@transaction.atomic
def invite_counselor(
    *, email: str, name: str, scope: Scope, credential: str = "", language: str
) -> CounselorProfile:
    """Account and page; shown to nobody before the credential is checked."""
    user = create_staff(kind=Kind.COUNSELOR, email=email, name=name, language=language)
    return CounselorProfile.objects.create(
        user=user, name=name, scope=scope, credential=credential
    )


@transaction.atomic
def edit_profile(
    *,
    profile: CounselorProfile,
    actor: User,
    name: str,
    about: str,
    languages: list[str],
    is_listed: bool,
) -> None:
    """What counselors write themselves; scope and credential are the operator's."""
    row = CounselorProfile.objects.select_for_update(of=("self",)).get(pk=profile.pk)
    row.name, row.about = name, about
    row.languages, row.is_listed = languages, is_listed
    row.save(update_fields=["name", "about", "languages", "is_listed"])
    record_event(
        action="counselors.profile_edited",
        actor=actor,
        on=row,
        about=actor,
        detail={"listed": is_listed},
    )


@transaction.atomic
def erase_profile(user: User) -> None:
    """Papers, words and listing of a counselor who leaves; safe to repeat.

    The empty row stays for those who once talked with them.
    """
    row = (
        CounselorProfile.objects.select_for_update(of=("self",))
        .filter(user=user)
        .first()
    )
    if row is None:
        return
    erase_documents(subject=SubjectType.COUNSELOR, subject_id=row.public_id)
    row.name = row.credential = row.about = row.verification_note = ""
    row.languages, row.is_listed = [], False
    row.verification = VerificationState.UNVERIFIED
    row.submitted_at = row.verified_at = row.verification_expires_at = None
    row.save()
    record_event(action="counselors.profile_erased", actor=user, about=user)
    tell_role_ended(row)
