from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from jobs.postings.models import Posting
from jobs.postings.services import OpeningRefused, renew_posting, resume_posting
from jobs.screening.rules.catalogue import default_catalogue
from tests.cast import Cast
from tests.jobs.screening.make import BAD
from tests.make import make_posting, sign_in


def unlawful(cast: Cast, state: str) -> Posting:
    """Opened under an older catalogue that knew nothing against these words."""
    past = timezone.now() - timedelta(days=1)
    dates = {"valid_through": past} if state == "expired" else {}
    return make_posting(cast.organization, state=state, responsibilities=BAD, **dates)


def test_what_todays_rules_block_is_not_resumed(cast: Cast) -> None:
    posting = unlawful(cast, "paused")
    with pytest.raises(OpeningRefused):
        resume_posting(posting=posting, actor=cast.employer)
    posting.refresh_from_db()
    assert posting.state == "paused"


def test_what_todays_rules_block_is_not_renewed(cast: Cast) -> None:
    with pytest.raises(OpeningRefused):
        renew_posting(posting=unlawful(cast, "expired"), actor=cast.employer)


def test_a_stored_block_is_enough(cast: Cast) -> None:
    version = default_catalogue().version
    posting = make_posting(
        cast.organization,
        state="paused",
        screening_decision="block",
        catalogue_version=version,
    )
    with pytest.raises(OpeningRefused):
        resume_posting(posting=posting, actor=cast.employer)


def test_the_employer_is_told_why(client: Client, cast: Cast) -> None:
    posting = unlawful(cast, "paused")
    sign_in(client, cast.employer)
    page = client.post(f"/postings/{posting.public_id}/resume/", follow=True)
    assert "规则" in page.content.decode()


def test_the_database_opens_nothing_blocked(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    with pytest.raises(IntegrityError, match="open_is_not_blocked"):
        Posting.objects.filter(pk=posting.pk).update(screening_decision="block")
