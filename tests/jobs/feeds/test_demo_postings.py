"""Every advert of the demo, lawful or not, as it would be passed on if it were open."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import jsonschema
import pytest
from django.utils import timezone

from accounts.employers.models import Organization
from accounts.lib.dates import today
from accounts.lib.places import find_city
from jobs.postings.models import Posting
from jobs.postings.schema_org import to_job_posting
from jobs.public.demo import content
from jobs.public.services.demo_postings import COPIED
from tests.jobs.feeds.test_schema_org import SCHEMA, URL

VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def posting_of(row: dict[str, Any]) -> Posting:
    city = find_city(row.get("city", ""))
    fields = {name: row[name] for name in COPIED if name in row}
    return Posting(
        organization=Organization(legal_name="示例公司", display_name="示例"),
        occupation=row.get("occupation_code", ""),
        city_code=city.code if city else "",
        date_posted=today(),
        valid_through=timezone.now() + timedelta(days=30),
        **fields,
    )


def test_there_are_more_than_a_hundred() -> None:
    found = [to_job_posting(posting_of(row), url=URL) for row in content.postings()]
    assert sum(data is not None for data in found) > 100


@pytest.mark.parametrize(
    "row", content.postings(), ids=[row["slug"] for row in content.postings()]
)
def test_each_says_what_google_asks_for(row: dict[str, Any]) -> None:
    posting = posting_of(row)
    data = to_job_posting(posting, url=URL)
    assert (data is None) is (not posting.city_code)
    if data is not None:
        VALIDATOR.validate(data)
