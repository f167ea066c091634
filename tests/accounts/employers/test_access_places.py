"""Branches: places of work that postings begin with."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.employers.models import Branch
from accounts.employers.services import branches
from accounts.identity.models import AuditEvent
from jobs.postings.models import Posting
from tests.access import check_access
from tests.cast import Cast
from tests.make import sign_in

pytestmark = pytest.mark.django_db
PLACE = {"name": "苏州服务中心", "city": "苏州 工业园区", "address": "星湖街66号"}
LIST = "/organization/places/"


def add(cast: Cast, **fields: str) -> Branch:
    values = {"name": "北楼", "city_code": "3101", "district": "浦东新区"} | fields
    return branches.save_branch(
        organization=cast.organization, actor=cast.employer, values=values
    )


def test_an_administrator_adds_a_place(client: Client, cast: Cast) -> None:
    sign_in(client, cast.employer)
    assert client.post(LIST, PLACE).status_code == 302
    row = Branch.objects.get()
    assert (row.organization, row.name) == (cast.organization, "苏州服务中心")
    assert (row.city_code, row.district) == ("3205", "苏州工业园区")
    assert AuditEvent.objects.filter(action="employers.branch_saved").exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "这里要填"),
        ({"city": "不知道的地方"}, "没认出这个城市"),
        ({"name": "北楼"}, "已经有一个同名的地点了"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    client: Client, cast: Cast, changes: dict[str, str], words: str
) -> None:
    add(cast)
    sign_in(client, cast.employer)
    response = client.post(LIST, PLACE | changes)
    text = response.content.decode()
    assert response.status_code == 422
    assert words in text
    assert "星湖街66号" in text
    assert Branch.objects.count() == 1


def test_a_place_changes_and_closes(client: Client, cast: Cast) -> None:
    row = add(cast)
    sign_in(client, cast.employer)
    client.post(reverse("employers:branch", args=[row.public_id]), PLACE)
    row.refresh_from_db()
    assert row.name == "苏州服务中心"
    client.post(reverse("employers:close_branch", args=[row.public_id]))
    client.get(LIST)
    assert client.get(LIST).context["rows"] == []
    add(cast, name="苏州服务中心")


def test_there_is_an_end_to_places(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(branches, "MOST_BRANCHES", 1)
    add(cast)
    sign_in(client, cast.employer)
    assert "最多 200 个地点" in client.post(LIST, PLACE).content.decode()


def test_the_database_wants_a_place_somewhere(cast: Cast) -> None:
    for empty in ({"name": ""}, {"city_code": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Branch.objects.create(
                organization=cast.organization,
                **({"name": "北楼", "city_code": "3101"} | empty),
            )


def test_a_posting_begins_at_a_place(client: Client, cast: Cast) -> None:
    row = add(cast, address="示例路9号")
    sign_in(client, cast.colleague)
    url = reverse("insights:start")
    answers = {"title": "热线客服", "place": str(row.public_id)}
    response = client.post(url, answers)
    posting = Posting.objects.get()
    assert response["Location"] == reverse(
        "editor:step", args=[posting.public_id, "work"]
    )
    assert posting.state == "draft"
    assert (posting.city_code, posting.district, posting.street) == (
        "3101",
        "浦东新区",
        "示例路9号",
    )
    hours = reverse("editor:step", args=[posting.public_id, "hours"])
    assert "示例路9号" in client.get(hours).content.decode()


def test_another_organisations_place_is_no_choice(client: Client, cast: Cast) -> None:
    row = add(cast)
    values = {"name": "南楼", "city_code": "3101", "district": ""}
    branches.save_branch(
        organization=cast.other_organization, actor=cast.other_employer, values=values
    )
    sign_in(client, cast.other_employer)
    answers = {"title": "热线客服", "place": str(row.public_id)}
    response = client.post(reverse("insights:start"), answers)
    assert response.status_code == 422
    assert "热线客服" in response.content.decode()
    assert not Posting.objects.exists()


def test_places_are_the_organisations_own(cast: Cast) -> None:
    row = add(cast)
    own = {"employer": 200, "colleague": 200, "other_employer": 200}
    check_access(cast, reverse("employers:branches"), own)
    edit = reverse("employers:branch", args=[row.public_id])
    check_access(cast, edit, {"employer": 200, "colleague": 403})
    close = reverse("employers:close_branch", args=[row.public_id])
    check_access(cast, close, {"colleague": 403, "employer": 302}, method="post")
