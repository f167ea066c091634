from __future__ import annotations

from django.db import transaction

from accounts.counselors.enums import Scope
from accounts.counselors.models import CounselorProfile
from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.identity.services.accounts import create_staff
from accounts.identity.services.audit import record_event


@transaction.atomic
def invite_counselor(
    *, email: str, name: str, scope: Scope, credential: str = "", language: str
) -> CounselorProfile:
    """Account and page for a counselor whose papers the operator has seen."""
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
