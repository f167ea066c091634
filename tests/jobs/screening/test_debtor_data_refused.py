"""Wherever somebody writes to others, other people's data does not get through."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.identity.models import AuditEvent
from accounts.seekers.models import SeekerProfile
from jobs.applications.models import Application
from jobs.postings.models import Posting
from jobs.screening.services.submission import submit_posting
from tests.cast import Cast
from tests.jobs.applications.make import make_application
from tests.jobs.postings.make import ANSWERS, tomorrow
from tests.jobs.screening.make import make_draft
from tests.make import make_posting, sign_in

LEDGER = "张三 13900000001 欠12000\n李四 13900000002 欠8000"
ASK = "入职请自带客户名单。"


def noted() -> list[tuple[str, dict[str, Any]]]:
    rows = AuditEvent.objects.filter(action="guard.debtor_data").order_by("pk")
    return [(row.object_id, row.detail) for row in rows]


@pytest.mark.parametrize(
    ("event", "field", "more"),
    [
        ("decline", "message", {"reason": "schedule"}),
        ("postpone", "reason", {}),
    ],
)
def test_an_employers_ask_is_refused_and_counted(
    client: Client, cast: Cast, event: str, field: str, more: dict[str, str]
) -> None:
    posting = make_posting(cast.organization)
    application = make_application(cast.seeker, posting, state="viewed")
    sign_in(client, cast.colleague)
    url = reverse("applications:step", args=[application.public_id, event])
    values = {"version": application.version, field: ASK} | more
    page = client.post(url, {f"{event}-{name}": v for name, v in values.items()})
    assert page.status_code == 422
    assert ASK in page.content.decode()
    organization = str(cast.organization.public_id)
    assert noted() == [(organization, {"kind": "offer", "count": 1})]


def test_the_colleague_to_ask_for_at_the_door_may_be_named(
    client: Client, cast: Cast
) -> None:
    posting = make_posting(cast.organization)
    application = make_application(cast.seeker, posting, state="viewed")
    sign_in(client, cast.employer)
    url = reverse("applications:propose", args=[application.public_id])
    moment = timezone.now() + timedelta(days=3)
    answers = {
        "version": str(application.version),
        "t1": f"{moment:%Y-%m-%dT10:00}",
        "by": "in_person",
        "minutes": "30",
        "capacity": "1",
        "place": "示例路1号 张敏 13900000001",
    }
    assert client.post(url, answers | {"bring": ASK}).status_code == 422
    assert len(noted()) == 1
    assert client.post(url, answers).status_code == 302
    assert len(noted()) == 1


def test_the_organisations_page(client: Client, cast: Cast) -> None:
    sign_in(client, cast.employer)
    answers = {"about": LEDGER, "kind": "employer", "city": "上海"}
    page = client.post(reverse("employers:edit"), answers)
    assert "about" in page.context["form"].errors
    assert [detail["kind"] for _, detail in noted()] == ["ledger", "phones"]


def test_an_advert_with_rows_of_people(client: Client, cast: Cast) -> None:
    sign_in(client, cast.employer)
    answers = ANSWERS | {"responsibilities": LEDGER, "valid_through": tomorrow()}
    page = client.post("/postings/new/", answers)
    assert "responsibilities" in page.context["form"].errors
    assert [detail["kind"] for _, detail in noted()] == ["ledger"]
    assert not Posting.objects.exists()


@pytest.mark.parametrize("name", ["postings:edit", "screening:revise"])
def test_a_changed_advert(client: Client, cast: Cast, name: str) -> None:
    posting = make_posting(cast.organization)
    sign_in(client, cast.employer)
    answers = ANSWERS | {"responsibilities": LEDGER, "valid_through": tomorrow()}
    client.post(reverse(name, args=[posting.public_id]), answers)
    assert [detail["kind"] for _, detail in noted()] == ["ledger"]


def test_an_advert_that_asks_for_lists_is_the_catalogues_to_refuse(cast: Cast) -> None:
    posting = make_draft(cast.organization, qualifications="自带客户名单优先。有耐心。")
    assert submit_posting(posting=posting, actor=cast.employer).is_blocked
    assert noted()[0][1]["kind"] == "offer"


def test_moderators_see_how_often(client: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization, state="in_review")
    sign_in(client, cast.employer)
    for _ in range(2):
        client.post("/postings/new/", {"title": "客服", "responsibilities": LEDGER})
    sign_in(client, cast.moderator)
    url = reverse("screening:review", args=[posting.public_id])
    assert client.get(url).context["record"]["debtor_data"] == 2


@pytest.fixture
def seeker(client: Client, cast: Cast) -> SeekerProfile:
    sign_in(client, cast.seeker.user)
    return cast.seeker


def apply(client: Client, posting: Posting, message: str) -> Any:
    answers = {"name": "林小舟", "phone": "139 1234 5678", "consent": "on"}
    url = reverse("applications:apply", args=[posting.public_id])
    return client.post(url, answers | {"message": message})


def test_an_application_with_a_list_is_not_sent(
    client: Client, cast: Cast, seeker: SeekerProfile
) -> None:
    page = apply(client, make_posting(cast.organization), f"我能带这些人来\n{LEDGER}")
    assert (page.status_code, Application.objects.count()) == (422, 0)
    assert "我能带这些人来" in page.content.decode()
    assert noted() == []  # a seeker has no record to count on


def test_ones_own_number_may_stand_in_an_application(
    client: Client, cast: Cast, seeker: SeekerProfile
) -> None:
    page = apply(
        client, make_posting(cast.organization), "林小舟 13912345678，随时可以"
    )
    assert (page.status_code, Application.objects.count()) == (302, 1)


def test_a_wish_with_a_debtor_in_it(client: Client, seeker: SeekerProfile) -> None:
    url = reverse("seekers:step", args=["wanted"])
    page = client.post(url, {"wish_text": "张三 逾期 3 期 欠 12,000"})
    assert page.status_code == 422
    page = client.post(url, {"wish_text": "打我 13800000000，想接电话"})
    assert page.status_code == 302
