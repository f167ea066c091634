from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.employers.models import Organization
from accounts.employers.rules.covenant import COVENANT_VERSION
from accounts.identity.models import AuditEvent
from jobs.postings.models import Posting
from jobs.postings.services import PromiseMissing
from jobs.screening.services.submission import submit_posting
from tests.cast import Cast
from tests.jobs.screening.make import make_draft
from tests.make import sign_in
from tests.words import says

COVENANT = "/organization/covenant/"


@pytest.fixture(params=["", "2020-01"])
def unpromised(request: Any, cast: Cast) -> Organization:
    """Never asked, and asked in older words."""
    organization = cast.organization
    organization.covenant_version = request.param
    if not request.param:
        organization.covenant_accepted_at = None
    organization.save()
    return organization


def test_nothing_is_sent_in_before_the_promise(
    cast: Cast, client: Client, unpromised: Organization
) -> None:
    posting = make_draft(unpromised)
    sign_in(client, cast.employer)
    check = reverse("screening:check", args=[posting.public_id])
    page = client.post(
        reverse("screening:submit", args=[posting.public_id]), follow=True
    )
    assert page.redirect_chain[-1][0] == check
    assert says(
        page,
        "Before you send in a posting, your organisation promises to answer every "
        "application.",
    )
    assert f"{COVENANT}?next={check}" in page.content.decode()
    assert Posting.objects.get().state == "draft"


def test_the_promise_leads_back_to_what_waits(
    cast: Cast, client: Client, unpromised: Organization
) -> None:
    posting = make_draft(unpromised)
    sign_in(client, cast.employer)
    check = reverse("screening:check", args=[posting.public_id])
    page = client.post(COVENANT, {"next": check})
    assert (page.status_code, "promise" in page.context["form"].errors) == (422, True)
    assert check in page.content.decode()
    page = client.post(COVENANT, {"next": check, "promise": "on"})
    assert page["Location"] == check
    unpromised.refresh_from_db()
    assert unpromised.covenant_version == COVENANT_VERSION
    assert unpromised.covenant_accepted_by == cast.employer
    assert AuditEvent.objects.filter(action="employers.covenant_accepted").exists()
    client.post(reverse("screening:submit", args=[posting.public_id]))
    assert Posting.objects.get().state == "in_review"


def test_changed_postings_ask_again_too(cast: Cast, unpromised: Organization) -> None:
    posting = make_draft(unpromised, state="changes_requested")
    with pytest.raises(PromiseMissing):
        submit_posting(posting=posting, actor=cast.employer)


def test_the_way_back_never_leads_away(cast: Cast, client: Client) -> None:
    sign_in(client, cast.employer)
    answers = {"promise": "on", "next": "https://evil.example/"}
    assert client.post(COVENANT, answers)["Location"] == "/organization/"


def test_a_colleague_reads_who_has_to_promise(
    cast: Cast, client: Client, unpromised: Organization
) -> None:
    sign_in(client, cast.colleague)
    page = client.get(COVENANT)
    assert says(
        page,
        "An administrator of your organisation has to promise this before you can send "
        "in postings.",
    )
    assert 'name="promise"' not in page.content.decode()


@pytest.mark.parametrize(
    "values",
    [{"covenant_version": ""}, {"covenant_accepted_at": None}],
)
def test_a_promise_has_its_day(cast: Cast, values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match="covenant_has_date"), transaction.atomic():
        Organization.objects.update(**values)
