from __future__ import annotations

from datetime import timedelta

from accounts.employers.models import Organization
from jobs.applications.models import Application
from jobs.applications.services.deadlines import chase
from jobs.postings.models import Posting
from jobs.screening.models.sanctions import Sanction
from tests.cast import Cast
from tests.jobs.applications.make import send
from tests.make import make_posting, make_seeker


def leave_unanswered(posting: Posting, number: int = 0) -> Application:
    """Somebody new applies and waits 14 days in vain."""
    seeker = make_seeker(email=f"waits{number}-{posting.pk}@example.com")
    application = send(seeker, posting)
    chase(now=application.submitted_at + timedelta(days=14))
    application.refresh_from_db()
    return application


def breach(cast: Cast, times: int = 1) -> list[Posting]:
    """Silence on so many postings, one application each."""
    postings = [make_posting(cast.organization) for _ in range(times)]
    for posting in postings:
        leave_unanswered(posting)
    return postings


def pauses(organization: Organization) -> list[Sanction]:
    """Newest last."""
    return list(Sanction.objects.filter(organization=organization).order_by("pk"))


def state_of(posting: Posting) -> str:
    return Posting.objects.get(pk=posting.pk).state
