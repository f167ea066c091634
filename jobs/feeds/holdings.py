"""What the privacy centre says about people who sent files of postings."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.consent.descriptions import Holding, Remainder
from accounts.identity.enums import Kind
from accounts.identity.models import User
from jobs.feeds.models import BulkRun, FeedSource

MODELS = ("jobs_feeds.BulkRun", "jobs_feeds.BulkRow", "jobs_feeds.FeedSource")


def export_files(user: User) -> list[dict[str, Any]]:
    """Which files the person sent and which addresses they put down."""
    files = [
        {
            "file": run.file_name,
            "rows": run.rows_total,
            "at": run.created_at.isoformat(),
        }
        for run in BulkRun.objects.filter(created_by=user).order_by("pk")
    ]
    addresses = [
        {"address": row.url, "state": row.state, "at": row.created_at.isoformat()}
        for row in FeedSource.objects.filter(created_by=user).order_by("pk")
    ]
    return files + addresses


def forget_sender(user: User) -> None:
    """The files belong to the organisation; who sent them is not named any more."""
    BulkRun.objects.filter(created_by=user).update(created_by=None)
    FeedSource.objects.filter(created_by=user).update(created_by=None)


def _count(user: User) -> int:
    files = BulkRun.objects.filter(created_by=user).count()
    return files + FeedSource.objects.filter(created_by=user).count()


SENT = Holding(
    area="jobs.feeds",
    title=_("Files of postings I sent"),
    what=_("Which files you sent in and which feed addresses you added."),
    why=_("So that a colleague can see where drafts come from."),
    basis=_("You sent them for your organisation."),
    how_long=_("The rows of a file for 30 days; that it was sent, while you are here."),
    count=_count,
    models=MODELS,
    url_name="feeds:import",
    kinds=(Kind.EMPLOYER,),
)
KEPT = Remainder(
    code="feeds",
    title=_("Files of postings of the organisation"),
    why=_("They belong to the organisation; you are not named in them any more."),
    how_long=_(
        "The rows of a file for 30 days; that it was sent, at least three years."
    ),
    count=_count,
    models=MODELS,
    is_cut_off=True,
)
