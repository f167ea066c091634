from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.seekers.models import SeekerProfile
from jobs.applications.models import Application
from jobs.applications.services.snapshots import snapshot_of
from jobs.applications.services.submissions import submit_application
from jobs.postings.models import Posting
from tests.jobs.applications.make import PATHS, take
from tests.make import make_seeker


def make_person(number: int) -> SeekerProfile:
    return make_seeker(
        email=f"person{number}-{uuid4().hex[:6]}@example.com", pseudonym=f"浪花{number}"
    )


def send_as(
    seeker: SeekerProfile, posting: Posting, *, name: str = "林小舟"
) -> Application:
    return submit_application(
        seeker=seeker,
        posting=posting,
        snapshot=snapshot_of(seeker, name=name, phone="+8613800000000"),
        message="",
    )[0]


def crowd(
    posting: Posting, names: Iterable[str], *, member: Any = None, state: str = ""
) -> list[Application]:
    """One application of each name, walked to `state` by `member`."""
    found = []
    for number, name in enumerate(names):
        person = make_person(number)
        row = send_as(person, posting, name=name)
        for event, side in PATHS[state] if state else ():
            row = take(row, event, person.user if side == "seeker" else member)
        found.append(row)
    return found


def value(application: Application, version: int | None = None) -> str:
    """As a tick box of the desk sends it."""
    return f"{application.public_id}.{version or application.version}"


def plain_rows(posting: Posting, number: int) -> list[Application]:
    """Many at once, written straight into the table: for counting and measuring."""
    from accounts.consent.models import Consent

    people = [make_person(n) for n in range(min(number, 20))]
    consents = Consent.objects.bulk_create(
        Consent(
            user=people[n % len(people)].user,
            purpose="send_application",
            scope=f"application:{uuid4()}",
            version="1",
        )
        for n in range(number)
    )
    snapshot = snapshot_of(people[0], name="林小舟", phone="+8613800000000")
    return Application.objects.bulk_create(
        Application(
            posting=posting,
            organization=posting.organization,
            seeker=people[n % len(people)],
            consent=consents[n],
            snapshot=snapshot,
            state="declined",
            decline_reason="pay",
            processed_at=timezone.now(),
            submitted_at=timezone.now(),
        )
        for n in range(number)
    )
