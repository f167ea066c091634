"""A counselor's own thoughts, under their own key."""

from __future__ import annotations

from django.utils import timezone

from accounts.care.cases.models import Case
from accounts.care.notes.models import Reflection
from accounts.care.notes.services.sealing import REFLECTION
from accounts.care.vault import keys
from accounts.care.vault.services.subjects import ensure_subject
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile


@behind_the_wall()
def write(*, case: Case, author: CounselorProfile, text: str) -> Reflection:
    own = ensure_subject(user=author.user)
    return Reflection.objects.create(
        subject=own, author=author, case=case, text=keys.seal(own, REFLECTION, text)
    )


@behind_the_wall()
def rewrite(*, reflection: Reflection, text: str) -> Reflection:
    rows = Reflection.objects.select_for_update(of=("self",))
    row = rows.select_related("subject").get(pk=reflection.pk)
    row.text = keys.seal(row.subject, REFLECTION, text)
    row.changed_at = timezone.now()
    row.save(update_fields=["text", "changed_at"])
    return row


@behind_the_wall()
def throw_away(*, reflection: Reflection) -> None:
    Reflection.objects.filter(pk=reflection.pk).delete()
