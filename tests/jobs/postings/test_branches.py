"""A posting knows at which of its organisation's places of work it is."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.employers.models import Branch, Organization
from accounts.employers.services.branches import close_branch, save_branch
from accounts.identity.models import AuditEvent
from jobs.editor.services.starting import duplicate_posting
from jobs.postings.branches import name_branch
from jobs.postings.facts import sections_of
from jobs.postings.models import Posting
from jobs.postings.services import NotEditable, update_posting
from jobs.screening.services.submission import examine
from tests.cast import Cast
from tests.make import make_posting, sign_in

pytestmark = pytest.mark.django_db
MINE = "/postings/"


def place(organization: Organization, name: str = "苏州服务中心") -> Branch:
    return Branch.objects.create(
        organization=organization,
        name=name,
        city_code="3205",
        district="苏州工业园区",
        address="星湖街66号",
    )


def hours(posting: Posting) -> str:
    return reverse("editor:step", args=[posting.public_id, "hours"])


def facts(posting: Posting) -> dict[str, str]:
    return {
        fact.label: fact.text for part in sections_of(posting) for fact in part.facts
    }


def at(cast: Cast, branch: Branch, **fields: Any) -> Posting:
    return make_posting(
        cast.organization, branch=branch, branch_name=branch.name, **fields
    )


def test_the_database_knows_whose_places_are_whose(cast: Cast) -> None:
    theirs = place(cast.other_organization)
    posting = make_posting(cast.organization, state="draft")
    expected = pytest.raises(IntegrityError, match="branch_of_its_organization")
    with expected, transaction.atomic():
        Posting.objects.filter(pk=posting.pk).update(
            branch=theirs, branch_name=theirs.name
        )


def test_the_database_wants_a_name_beside_the_place(cast: Cast) -> None:
    posting = make_posting(cast.organization, state="draft")
    expected = pytest.raises(IntegrityError, match="posting_branch_has_a_name")
    with expected, transaction.atomic():
        Posting.objects.filter(pk=posting.pk).update(branch=place(cast.organization))


def test_the_editor_fills_in_the_place(client: Client, cast: Cast) -> None:
    branch = place(cast.organization)
    posting = make_posting(cast.organization, state="draft")
    sign_in(client, cast.colleague)
    assert "苏州服务中心" in client.get(hours(posting)).content.decode()
    answers = {"version": posting.version, "city_code": "3101", "district": "黄浦区"}
    client.post(hours(posting), answers | {"branch": str(branch.public_id)})
    posting.refresh_from_db()
    assert (posting.branch, posting.branch_name) == (branch, "苏州服务中心")
    assert (posting.city_code, posting.district, posting.street) == (
        "3205",
        "苏州工业园区",
        "星湖街66号",
    )
    assert posting.revisions.latest("number").content["city_code"] == "3205"
    event = AuditEvent.objects.filter(action="posting.update").latest("pk")
    assert event.detail == {"fields": ["branch"]}


def test_another_organisations_place_is_no_choice(client: Client, cast: Cast) -> None:
    place(cast.organization)
    theirs = place(cast.other_organization, "别家的地点")
    posting = make_posting(cast.organization, state="draft")
    sign_in(client, cast.employer)
    answers = {"version": posting.version, "branch": str(theirs.public_id)}
    response = client.post(hours(posting), answers | {"street": "写到一半的路"})
    text = response.content.decode()
    assert response.status_code == 200
    assert "别家的地点" not in text
    assert "写到一半的路" in text
    posting.refresh_from_db()
    assert posting.branch is None


def test_a_move_to_another_city_leaves_the_place(cast: Cast) -> None:
    posting = at(cast, place(cast.organization), state="draft", city_code="3205")
    for fields, is_there in (
        ({"street": "星湖街68号"}, True),
        ({"city_code": "3101"}, False),
    ):
        posting = update_posting(
            posting=posting,
            actor=cast.employer,
            fields=fields,
            version=posting.version,
        )
        assert (posting.branch_name == "苏州服务中心") is is_there
        assert (posting.branch is not None) is is_there


def test_what_a_person_read_stays(cast: Cast) -> None:
    """A new name of the place, or its end, changes no posting."""
    branch = place(cast.organization)
    posting = at(cast, branch)
    values = {"name": "加微信领钱", "city_code": "3101", "district": ""}
    save_branch(
        organization=cast.organization,
        actor=cast.employer,
        values=values,
        branch=branch,
    )
    close_branch(branch=branch, actor=cast.employer)
    posting.refresh_from_db()
    assert facts(posting)["工作地点"] == "苏州服务中心"
    with pytest.raises(NotEditable):
        name_branch(posting=posting, actor=cast.employer, branch=None)


def test_the_rules_read_the_name(cast: Cast) -> None:
    branch = place(cast.organization, "只招男性的大楼")
    found = examine(at(cast, branch, state="draft")).findings
    assert [one.field for one in found if "男" in one.excerpt] == ["branch_name"]


def test_seekers_read_it(client: Client, cast: Cast) -> None:
    posting = at(cast, place(cast.organization))
    page = client.get(f"/jobs/{posting.public_id}/").content.decode()
    assert "苏州服务中心" in page


def test_a_copy_is_for_the_same_place(cast: Cast) -> None:
    branch = place(cast.organization)
    posting = at(cast, branch, city_code="3205", street="星湖街68号")
    copy = duplicate_posting(posting=posting, actor=cast.employer)
    assert (copy.street, Posting.objects.get(pk=copy.pk).branch) == (
        "星湖街68号",
        branch,
    )
    close_branch(branch=branch, actor=cast.employer)
    posting.refresh_from_db()
    later = duplicate_posting(posting=posting, actor=cast.employer)
    assert Posting.objects.get(pk=later.pk).branch is None


def test_our_list_by_place(client: Client, cast: Cast) -> None:
    branch = place(cast.organization)
    make_posting(cast.organization, title="别处的客服")
    sign_in(client, cast.colleague)
    assert "所有工作地点" not in client.get(MINE).content.decode()
    at(cast, branch, title="苏州的客服")
    query = f"?group=open&branch={branch.public_id}"
    page = client.get(MINE + query).content.decode()
    assert "苏州的客服" in page
    assert "别处的客服" not in page
    sign_in(client, cast.other_employer)
    assert "苏州服务中心" not in client.get(MINE + query).content.decode()


def test_after_a_step_the_list_is_the_same(client: Client, cast: Cast) -> None:
    branch = place(cast.organization)
    posting = at(cast, branch)
    sign_in(client, cast.employer)
    kept = {"group": "open", "branch": str(branch.public_id)}
    step = reverse("postings:step", args=[posting.public_id, "pause"])
    for url, more in (
        (step, {"next": "list"}),
        (
            reverse("postings:bulk"),
            {"act": "resume", "posting": str(posting.public_id)},
        ),
    ):
        response = client.post(url, kept | more)
        assert f"branch={branch.public_id}" in response["Location"]
