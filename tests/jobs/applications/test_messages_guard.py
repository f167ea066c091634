from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.identity.models import AuditEvent
from jobs.applications.models import Application, Message
from tests.cast import Cast
from tests.jobs.applications.make_contact import received
from tests.make import sign_in

LIST = "张三 13912345678 欠款12000\n李四 13712345678 欠款3400"
ASK = "入职请自带债务人名单，有奖励。"


@pytest.fixture
def application(cast: Cast, noon: datetime) -> Application:
    return received(cast)


def post(client: Client, user: Any, name: str, row: Application, text: str) -> Any:
    sign_in(client, user)
    url = reverse(f"applications:{name}", args=[row.public_id])
    return client.post(url, {"text": text})


@pytest.mark.parametrize("text", [LIST, ASK, "他的身份证是110101199003074530"])
def test_nobody_hands_on_other_peoples_data(
    client: Client, cast: Cast, application: Application, text: str
) -> None:
    for name, user in (("reply", cast.seeker.user), ("write", cast.employer)):
        page = post(client, user, name, application, text)
        assert page.status_code == 422
        assert page.context["talk"].form.errors.as_data()["text"][0].code == (
            "debtor_data"
        )
        assert text.splitlines()[0] in page.content.decode()
    assert not Message.objects.exists()


def test_an_employers_try_is_counted_without_its_words(
    client: Client, cast: Cast, application: Application
) -> None:
    post(client, cast.employer, "write", application, ASK)
    event = AuditEvent.objects.get(action="guard.debtor_data")
    assert event.object_id == str(cast.organization.public_id)
    assert event.detail == {"kind": "offer", "count": 1}


def test_a_seekers_try_is_nobodys_business(
    client: Client, cast: Cast, application: Application
) -> None:
    post(client, cast.seeker.user, "reply", application, LIST)
    assert not AuditEvent.objects.filter(action="guard.debtor_data").exists()


def test_ones_own_number_is_ones_own(
    client: Client, cast: Cast, application: Application
) -> None:
    text = f"我叫林小舟，电话 {cast.seeker.contact_phone}，下午都方便。"
    assert post(client, cast.seeker.user, "reply", application, text).status_code == 302
    assert Message.objects.get().body == text
