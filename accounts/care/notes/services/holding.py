"""What was sent in when the door had closed: sealed by the writer's own key, given back once."""

from __future__ import annotations

from django.http import QueryDict
from django.utils import timezone

from accounts.care.notes.models import HeldForm
from accounts.care.notes.services.sealing import HELD
from accounts.care.vault import keys
from accounts.care.vault.access import subject_of
from accounts.care.vault.services.subjects import ensure_subject
from accounts.care.vault.wall import behind_the_wall
from accounts.identity.models import User

NEVER_HELD = frozenset({"csrfmiddlewaretoken", "action"})


@behind_the_wall()
def hold(*, user: User, path: str, data: QueryDict) -> None:
    own = ensure_subject(user=user)
    told = {name: data.getlist(name) for name in data if name not in NEVER_HELD}
    HeldForm.objects.update_or_create(
        subject=own,
        path=path,
        defaults={"fields": keys.seal(own, HELD, told), "at": timezone.now()},
    )


@behind_the_wall()
def give_back(*, user: User, path: str) -> QueryDict | None:
    own = subject_of(user)
    row = HeldForm.objects.filter(subject=own, path=path).first() if own else None
    if own is None or row is None:
        return None
    data = QueryDict(mutable=True)
    for name, values in keys.unseal(own, HELD, row.fields).items():
        data.setlist(name, values)
    row.delete()
    return data
