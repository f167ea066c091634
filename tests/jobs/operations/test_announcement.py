"""One sentence on every page, for whoever comes, in their language."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.identity.models import Announcement
from accounts.identity.services.switches import change_switch
from accounts.lib.dates import SHANGHAI
from tests.client import StrictClient
from tests.make import make_user, sign_in

TEXTS = {
    "zh_hans": "今晚十点维护<半小时>",
    "zh_hant": "今晚十點維護",
    "en": "Maintenance at ten tonight",
}


@pytest.fixture
def operator(db: None) -> Any:
    client = StrictClient()
    sign_in(client, make_user("operator", email="operator@example.com"))
    return client


def write(operator: Any, **changed: str) -> Any:
    now = timezone.now().astimezone(SHANGHAI)
    times = {
        "starts_at": (now - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"),
        "ends_at": (now + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"),
    }
    return operator.post(reverse("operations:announcement"), TEXTS | times | changed)


def turn(operator: Any, state: str, version: int) -> None:
    url = reverse("operations:switch", args=["announcement"])
    data = {"version": str(version), "state": state, "note": "公告"}
    assert operator.post(url, data).status_code == 302


def seen(language: str = "zh-hans", path: str = "/about/", **headers: str) -> str:
    visitor = StrictClient()
    visitor.cookies["django_language"] = language
    return str(visitor.get(path, headers=headers).content.decode())


def test_it_is_seen_in_each_language_until_it_is_switched_off(operator: Any) -> None:
    write(operator)
    assert "今晚十点维护" not in seen()
    turn(operator, "on", 0)
    assert "今晚十点维护&lt;半小时&gt;" in seen()
    assert TEXTS["zh_hant"] in seen("zh-hant")
    assert TEXTS["en"] in seen("en")
    assert TEXTS["en"] in seen("en", "/nothing-is-here/")
    turn(operator, "off", 1 + 0)
    assert "今晚十点维护" not in seen()


def test_copies_that_a_device_keeps_are_without_it(operator: Any) -> None:
    write(operator)
    turn(operator, "on", 0)
    kept = seen(path="/help/", **{"Kept-Copy": "zh-hans/"})
    assert "今晚十点维护" not in kept


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"ends_at": "2020-01-01T10:00"}, "已经过了"),
        ({"starts_at": "2099-01-02T10:00", "ends_at": "2099-01-01T10:00"}, "早于"),
        ({"starts_at": "2099-01-01T10:00", "ends_at": "2099-04-01T10:00"}, "两个月"),
        ({"en": ""}, "填"),
    ],
)
def test_what_cannot_be_announced(
    operator: Any, changed: dict[str, str], sentence: str
) -> None:
    response = write(operator, **changed)
    assert response.status_code == 422
    text = response.content.decode()
    assert sentence in text
    # Nothing typed is lost.
    assert TEXTS["zh_hant"] in text
    assert not Announcement.objects.exists()


def test_it_is_not_told_before_its_time(operator: Any) -> None:
    soon = (timezone.now() + timedelta(hours=1)).astimezone(SHANGHAI)
    write(
        operator,
        starts_at=soon.strftime("%Y-%m-%dT%H:%M"),
        ends_at=(soon + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"),
    )
    turn(operator, "on", 0)
    assert "今晚十点维护" not in seen()


def test_switches_close_the_door_for_newcomers(operator: Any) -> None:
    url = reverse("account_signup")
    form = {
        "kind": "employer",
        "contact": "new@mail-test.cn",
        "password1": "a-long-enough-password",
        "agreed": "on",
    }
    change_switch(
        name="employer_registration",
        state="off",  # type: ignore[arg-type]
        actor=None,
        note="x",
        version=0,
    )
    response = StrictClient().post(url, form)
    assert response.status_code == 200
    text = response.content.decode()
    assert "今天暂不接受新单位注册" in text
    assert "new@mail-test.cn" in text
    assert StrictClient().post(url, form | {"kind": "seeker"}).status_code == 302
    change_switch(
        name="registration",
        state="off",  # type: ignore[arg-type]
        actor=None,
        note="x",
        version=0,
    )
    for answer in (StrictClient().get(url), StrictClient().post(url, form)):
        assert 'name="contact"' not in answer.content.decode()
        assert reverse("account_login") in answer.content.decode()
