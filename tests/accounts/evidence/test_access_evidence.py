from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.counselors.models import CounselorProfile
from accounts.employers.models import Membership
from accounts.evidence.models import Document
from tests.access import check_access
from tests.cast import Cast
from tests.make import make_document

REVIEWERS = {"moderator": 200, "operator": 200}


@pytest.fixture
def paper(cast: Cast) -> Document:
    return make_document(cast.organization, "agent_authorisation")


@pytest.fixture
def credential(cast: Cast) -> Document:
    return make_document(cast.counselor, "counselor_credential")


def test_an_employers_paper_is_for_reviewers_and_its_administrator(
    cast: Cast, paper: Document
) -> None:
    """Not even a colleague of the same organisation, let alone a job seeker."""
    url = reverse("evidence:open", args=[paper.public_id])
    check_access(cast, url, REVIEWERS | {"employer": 200})
    check_access(cast, url, REVIEWERS | {"employer": 200}, method="head")


def test_a_counselors_paper_is_for_reviewers_and_themselves(
    cast: Cast, credential: Document
) -> None:
    url = reverse("evidence:open", args=[credential.public_id])
    check_access(cast, url, REVIEWERS | {"counselor": 200})


def test_only_reviewers_see_the_page_that_decides(cast: Cast, paper: Document) -> None:
    url = reverse("evidence:review", args=[paper.public_id])
    check_access(cast, url, REVIEWERS)


@pytest.mark.parametrize("name", ["evidence:accept", "evidence:refuse"])
def test_only_reviewers_decide(cast: Cast, paper: Document, name: str) -> None:
    url = reverse(name, args=[paper.public_id])
    data = {"valid_until": "2999-01-01", "reason": "看不清"}
    decided = dict.fromkeys(REVIEWERS, 302)
    check_access(cast, url, decided, method="post", data=data)


@pytest.mark.parametrize("name", ["evidence:accept", "evidence:refuse"])
def test_a_link_alone_decides_nothing(cast: Cast, paper: Document, name: str) -> None:
    url = reverse(name, args=[paper.public_id])
    refused = dict.fromkeys(["moderator", "operator"], 405)
    check_access(cast, url, refused, default=405)


@pytest.mark.parametrize("name", ["evidence:open", "evidence:review"])
def test_what_is_not_there_is_404_for_all(cast: Cast, name: str) -> None:
    url = reverse(name, args=[cast.organization.public_id])
    check_access(cast, url, {})


def test_an_erased_file_opens_for_nobody(cast: Cast, paper: Document) -> None:
    Document.objects.update(storage_key=None, erased_at=paper.uploaded_at)
    url = reverse("evidence:open", args=[paper.public_id])
    check_access(cast, url, {})


def test_a_former_administrator_no_longer_opens_it(cast: Cast, paper: Document) -> None:
    Membership.objects.filter(user=cast.colleague).update(role="admin")
    Membership.objects.filter(user=cast.employer).update(role="recruiter")
    url = reverse("evidence:open", args=[paper.public_id])
    check_access(cast, url, REVIEWERS | {"colleague": 200})


@pytest.mark.parametrize("name", ["open", "review", "accept", "refuse"])
@pytest.mark.parametrize("is_active", [True, False])
def test_nobody_looks_at_papers_of_where_they_work_or_worked(
    cast: Cast, paper: Document, name: str, is_active: bool
) -> None:
    Membership.objects.create(
        organization=cast.organization, user=cast.moderator, is_active=is_active
    )
    check_own(cast, paper, name, {"employer": 200} if name == "open" else {})


@pytest.mark.parametrize("name", ["review", "accept", "refuse"])
def test_nobody_decides_on_their_own_credential(
    cast: Cast, credential: Document, name: str
) -> None:
    CounselorProfile.objects.filter(pk=cast.counselor.pk).update(user=cast.moderator)
    cast.counselor.refresh_from_db()
    check_own(cast, credential, name, {"counselor": 404})


def check_own(cast: Cast, paper: Document, name: str, more: dict[str, int]) -> None:
    """The moderator belongs to it and gets nothing; the operator still decides."""
    decides = name in {"accept", "refuse"}
    check_access(
        cast,
        reverse(f"evidence:{name}", args=[paper.public_id]),
        {"operator": 302 if decides else 200} | more,
        method="post" if decides else "get",
        data={"valid_until": "2999-01-01", "reason": "看不清"},
    )
