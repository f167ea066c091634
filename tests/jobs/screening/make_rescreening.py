"""Postings that were lawful under the rules of their day."""

from __future__ import annotations

from typing import Any

from accounts.employers.models import Organization
from jobs.postings.models import Posting
from jobs.screening.models.rescreening import RescreenRun
from jobs.screening.rules.catalogue import default_catalogue
from jobs.screening.services.rescreening import begin_run, read_batch
from jobs.screening.services.submission import examine, keep_outcome
from tests.jobs.screening.make import BAD
from tests.make import make_posting

OLD = "0.9.0+before"
DOUBTFUL = (
    "接听客户来电,解答账单问题,记录来电内容,把投诉转给专人。本职位只接听,不外呼。"
    "通话全程录音。要求35岁以下。"
)


def make_old(organization: Organization, **fields: Any) -> Posting:
    """Read by older rules, which found nothing in it."""
    values: dict[str, Any] = {
        "catalogue_version": OLD,
        "recording": True,
        "hangup_right": True,
    }
    posting = make_posting(organization, **(values | fields))
    posting.refresh_from_db()
    return posting


def make_blocked(organization: Organization, **fields: Any) -> Posting:
    return make_old(organization, responsibilities=BAD, **fields)


def make_doubtful(organization: Organization, **fields: Any) -> Posting:
    return make_old(organization, responsibilities=DOUBTFUL, **fields)


def make_many_lawful(organization: Organization, how_many: int) -> None:
    """Of today's rules, so that they only count as live."""
    for _ in range(how_many):
        make_old(organization, catalogue_version=default_catalogue().version)


def keep_as_read(posting: Posting) -> Posting:
    """With today's findings but an older version, so that nothing would change."""
    keep_outcome(posting, examine(posting))
    Posting.objects.filter(pk=posting.pk).update(catalogue_version=OLD)
    posting.refresh_from_db()
    return posting


def read_all(**options: Any) -> RescreenRun:
    run = begin_run(**options)
    assert run is not None
    while read_batch(run=run):
        pass
    run.refresh_from_db()
    return run
