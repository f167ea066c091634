from __future__ import annotations

from collections.abc import Callable, Iterator

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from accounts.care.vault import keys
from accounts.care.vault.access import PERSON, PRINT, subject_of
from accounts.care.vault.enums import Reader
from accounts.care.vault.fields import SealedField
from accounts.care.vault.models import ConsentGrant, Subject
from accounts.care.vault.registry import EraseRefused, erasers, let_go_of
from accounts.care.vault.services.log import note_access
from accounts.care.vault.wall import behind_the_wall
from accounts.identity.models import User
from accounts.lib.crypto import fingerprint


@behind_the_wall()
def ensure_subject(*, user: User) -> Subject:
    """The person's row with its key, made at the first thing that is kept."""
    found = subject_of(user)
    if found is not None:
        return found
    subject = Subject(
        print=fingerprint(str(user.public_id), PRINT), ring=keys.new_ring()
    )
    subject.person = keys.seal(subject, PERSON, str(user.public_id))
    # Two tabs at once make one row.
    made, _created = Subject.objects.get_or_create(
        print=subject.print,
        defaults={"id": subject.id, "ring": subject.ring, "person": subject.person},
    )
    return made


@behind_the_wall()
def shred(*, user: User, whatever: bool = False) -> Subject | None:
    """Destroy the person's key and their rows; what backups hold can never be read.

    The log of who looked stays without any way to the person. None if nothing was kept.
    Raises EraseRefused while something has to end first, unless the account ends
    `whatever` that is.
    """
    subject = subject_of(user)
    if subject is None or subject.ring is None:
        return None
    _let_go(subject, whatever=whatever)
    for eraser in erasers():
        eraser(subject)
    row = Subject.objects.select_for_update(of=("self",)).get(pk=subject.pk)
    now = timezone.now()
    note_access(subject=row, reader=Reader.SELF, action="care.deleted")
    rows = ConsentGrant.objects.filter(subject=row)
    rows.filter(revoked_at__isnull=True).update(revoked_at=now)
    rows.exclude(detail="").update(detail="")
    row.ring, row.person, row.shredded_at = None, "", now
    # Nobody finds this row from the account any more: a new one would begin anew.
    row.print = f"shredded:{row.pk}"
    row.save(update_fields=["ring", "person", "shredded_at", "print"])
    return row


def _let_go(subject: Subject, *, whatever: bool) -> None:
    try:
        with transaction.atomic():
            let_go_of(subject)
    except EraseRefused:
        # The right to be forgotten waits for nobody once the account itself ends.
        if not whatever:
            raise


BATCH = 500


@behind_the_wall()
def rewrap_keys(
    *, apply: bool = True, tell: Callable[[int], None] | None = None
) -> int:
    """Seal every person's keys by the newest master key; returns how many.

    All or nothing. Without `apply` each is opened only, which finds a missing key.
    """
    rows = Subject.objects.filter(ring__isnull=False).order_by("pk")
    changed = 0
    for (pk,) in rows.values_list("pk").iterator(chunk_size=BATCH):
        # Locked: a key that is renewed just now must not be put back.
        row = Subject.objects.select_for_update(of=("self",)).get(pk=pk)
        if row.ring is None:
            continue
        ring = keys.masters().rotate(bytes(row.ring))
        if apply:
            Subject.objects.filter(pk=pk).update(ring=ring)
        changed += 1
        if tell is not None and changed % BATCH == 0:
            tell(changed)
    return changed


@behind_the_wall()
def renew_key(*, subject: Subject) -> int:
    """A new key for one person, everything sealed by it anew; returns how many values."""
    row = Subject.objects.select_for_update(of=("self",)).get(pk=subject.pk)
    old = keys.box_of(row)
    row.ring = keys.wrap([keys.new_key(), *keys.unwrap(bytes(row.ring or b""))])
    both = keys.box_of(row)
    count = 0
    for model, names in sealed_columns():
        for holder in _rows_of(model, row):
            held = {name: getattr(holder, name) for name in names}
            again = {
                name: both.encrypt(old.decrypt(token.encode())).decode()
                for name, token in held.items()
                if token
            }
            model._default_manager.filter(pk=holder.pk).update(**again)
            count += len(again)
    # Only the new one is left: what a thief of the old one has is of no use.
    row.ring = keys.wrap(keys.unwrap(row.ring)[:1])
    row.save(update_fields=["ring"])
    return count


def sealed_columns() -> Iterator[tuple[type[models.Model], list[str]]]:
    for model in apps.get_models():
        names = [f.name for f in model._meta.fields if isinstance(f, SealedField)]
        if names:
            yield model, names


def _rows_of(
    model: type[models.Model], subject: Subject
) -> models.QuerySet[models.Model]:
    rows = model._default_manager.select_for_update(of=("self",))
    if model is Subject:
        return rows.filter(pk=subject.pk)
    return rows.filter(subject=subject)
