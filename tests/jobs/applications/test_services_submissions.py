from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.consent.models import Consent
from accounts.employers.models import Organization
from accounts.seekers.models import CompanyBlock
from jobs.applications.models import Application
from jobs.applications.services.submissions import EmployerHidden, PostingNotOpen
from tests.cast import Cast
from tests.jobs.applications.make import make_application, send
from tests.make import make_organization, make_posting


def test_it_is_sent_with_consent_and_as_it_was(cast: Cast) -> None:
    application = send(cast.seeker, make_posting(cast.organization))
    assert application.snapshot["name"] == "林小舟"
    assert application.snapshot["education"] == "junior_high"
    consent = Consent.objects.get(scope=application.consent_scope)
    assert (consent.pk, consent.purpose) == (
        application.consent_id,
        "send_application",
    )


def test_wishes_limits_and_age_are_never_sent(cast: Cast) -> None:
    sent = send(cast.seeker, make_posting(cast.organization)).snapshot
    assert set(sent) == {
        "version",
        "name",
        "phone",
        "city_code",
        "district",
        "education",
        "years",
        "past_roles",
        "did",
        "skills",
        "can_start",
    }


def test_sending_again_finds_the_first(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    assert send(cast.seeker, posting) == send(cast.seeker, posting)
    assert Application.objects.count() == 1


def test_sending_again_finds_the_first_even_when_the_job_has_ended(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    first = send(cast.seeker, posting)
    posting.state = "closed"
    posting.save()
    assert send(cast.seeker, posting) == first


@pytest.mark.parametrize("state", ["withdrawn", "no_response", "declined"])
def test_after_an_end_people_may_apply_again(cast: Cast, state: str) -> None:
    posting = make_posting(cast.organization)
    ended = make_application(cast.seeker, posting, state=state)
    assert send(cast.seeker, posting).pk != ended.pk


def refused(cast: Cast, posting: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        send(cast.seeker, posting)
    assert not Application.objects.exists()
    assert not Consent.objects.filter(user=cast.seeker.user).exists()


@pytest.mark.parametrize(
    "state",
    ["draft", "in_review", "paused", "filled", "closed", "expired", "removed"],
)
def test_only_open_postings_take_applications(cast: Cast, state: str) -> None:
    refused(cast, make_posting(cast.organization, state=state), PostingNotOpen)


def test_a_posting_past_its_last_day_takes_none(cast: Cast) -> None:
    ended = timezone.now() - timedelta(minutes=1)
    refused(cast, make_posting(cast.organization, valid_through=ended), PostingNotOpen)


def test_the_page_may_be_older_than_the_posting(cast: Cast) -> None:
    """Closed between the page and the button: the row counts, not what was read."""
    posting = make_posting(cast.organization)
    type(posting).objects.filter(pk=posting.pk).update(state="closed")
    refused(cast, posting, PostingNotOpen)


def test_a_repost_without_an_account_takes_none(cast: Cast) -> None:
    posting = make_posting(cast.organization, source_name="示例网")
    type(posting).objects.filter(pk=posting.pk).update(organization=None)
    refused(cast, posting, PostingNotOpen)


def test_an_unchecked_employer_gets_none(cast: Cast) -> None:
    organization = make_organization(uscc="91000000MA1A003000", verified=False)
    refused(cast, make_posting(organization), PostingNotOpen)


def test_an_employer_whose_check_ran_out_gets_none(cast: Cast) -> None:
    Organization.objects.update(verification_expires_at=timezone.now())
    refused(cast, make_posting(cast.organization), PostingNotOpen)


@pytest.mark.parametrize("field", ["uscc", "display_name", "legal_name"])
def test_nothing_goes_to_an_employer_the_seeker_hides_from(
    cast: Cast, field: str
) -> None:
    named = getattr(cast.organization, field)
    block = {"uscc": named} if field == "uscc" else {"name": named}
    CompanyBlock.objects.create(profile=cast.seeker, reason="former", **block)
    refused(cast, make_posting(cast.organization), EmployerHidden)
