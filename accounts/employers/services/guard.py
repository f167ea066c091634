from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db import transaction

from accounts.employers.access import DEBTOR_DATA
from accounts.employers.models import Organization
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.lib.debtor_data import Hit


@transaction.atomic
def note_debtor_data(
    *, organization: Organization | None, actor: User, hits: Iterable[Hit]
) -> None:
    """An employer typed other people's data, or asked for it: kind and count go on the
    organisation's record, never the words."""
    if organization is None:
        return
    for kind, count in sorted(Counter(hit.kind for hit in hits).items()):
        record_event(
            action=DEBTOR_DATA,
            actor=actor,
            on=organization,
            about=actor,
            detail={"kind": kind, "count": count},
        )
