"""A file that the demo's employer sent in, and an address of theirs that went silent."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.employers.enums import MemberRole
from accounts.employers.models import Membership, Organization
from jobs.feeds.enums import SourceState
from jobs.feeds.models import FeedSource
from jobs.feeds.services.runs import prepare_run, receive_file
from jobs.feeds.services.sources import MOST_FAILURES
from jobs.public.demo import content

EMPLOYER = "haitangwan"
FILE_NAME = "客服职位.csv"
ADDRESS = "https://jobs.haitangwan.example.com/postings.xml"


def load_feeds(organizations: dict[str, Organization], *, now: datetime) -> None:
    """Through the real services: some rows become drafts, some have to be mended."""
    organization = organizations[EMPLOYER]
    admin = Membership.objects.select_related("user").get(
        organization=organization, role=MemberRole.ADMIN
    )
    run = receive_file(
        organization=organization,
        actor=admin.user,
        name=FILE_NAME,
        data=(content.FOLDER / "import.csv").read_bytes(),
    )
    prepare_run(run)
    FeedSource.objects.create(
        organization=organization,
        url=ADDRESS,
        state=SourceState.PAUSED,
        result="timeout",
        failures=MOST_FAILURES,
        tried_at=now - timedelta(days=1),
        created_by=admin.user,
    )
