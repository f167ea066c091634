from __future__ import annotations

from typing import Any

from accounts.employers.models import Organization
from jobs.postings.models import Posting
from jobs.screening.models.findings import Finding
from tests.make import make_posting

BAD = "接听来电并催收逾期客户。要求熟练爆通讯录,给债务人父母单位施压,告知会坐牢。每天外呼两百通,只看回款。"


def make_draft(organization: Organization, **fields: Any) -> Posting:
    """Complete and lawful, so that it may be sent in."""
    values: dict[str, Any] = {
        "state": "draft",
        "recording": True,
        "hangup_right": True,
        "valid_through": "2099-01-01T00:00:00Z",
    }
    posting = make_posting(organization, **(values | fields))
    posting.refresh_from_db()
    return posting


def make_finding(
    posting: Posting, rule: str = "disc-age", severity: str = "review", **fields: Any
) -> Finding:
    return Finding.objects.create(
        posting=posting,
        rule=rule,
        severity=severity,
        catalogue_version=posting.catalogue_version,
        **({"field": "responsibilities"} | fields),
    )
