from __future__ import annotations

import pytest

from accounts.care.cases import holdings
from accounts.care.cases.models import (
    Case,
    CaseStep,
    CounselorTie,
    Handover,
    Referral,
    Task,
)
from accounts.care.cases.services import ties
from accounts.care.vault.access import subject_of as subject_or_none
from accounts.consent.registry import erase_person
from tests.accounts.care.cases.make import SUMMARY, subject_of
from tests.accounts.care.cases.test_services import fill_case
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_the_person_gets_a_copy(cast: Cast) -> None:
    fill_case(cast)
    told = holdings.copy(subject_of(cast.seeker))["cases"][0]
    assert told["topic"] == "sleep"
    assert told["counselor"] == cast.counselor.name
    assert told["tasks"][0]["text"] == "打电话"
    assert told["referrals"][0]["note"] == "问问"
    assert told["handovers"][0]["summary"] == SUMMARY
    assert told["steps"][0]["event"] == "open"
    assert holdings.copy(subject_of(cast.other_seeker)) is None


def test_everything_goes_with_the_account(cast: Cast) -> None:
    fill_case(cast)
    erase_person(cast.seeker.user)
    for model in (Case, CaseStep, Task, Referral, Handover):
        assert not model.objects.exists()


def test_a_counselor_leaves_with_their_ties(cast: Cast) -> None:
    ties.declare(
        counselor=cast.counselor,
        organization_id=cast.organization.public_id,
        left_on=None,
    )
    subject = subject_or_none(cast.counselor.user)
    assert subject is not None
    assert holdings.copy(subject)["ties"] == [
        {"organization": str(cast.organization.public_id), "left_on": None}
    ]
    erase_person(cast.counselor.user)
    assert not CounselorTie.objects.exists()
