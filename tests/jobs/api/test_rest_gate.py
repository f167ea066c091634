"""What holds for every request: keys, pace, repetition, entity tags, problems."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.identity.enums import SwitchState
from accounts.identity.models import AuditEvent
from accounts.identity.services.switches import change_switch
from jobs.api.models import ApiKey, StoredAnswer
from jobs.api.rules.rates import LIMITS
from jobs.api.services import answers
from jobs.postings.models import Posting
from tests.cast import Cast
from tests.jobs.api.make import ROOT, WHOLE, Api, new_key, problem_of
from tests.make import make_posting, sign_in

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


# ---- Repeated requests


def test_the_same_request_twice_is_done_once(api: Api) -> None:
    first = api.post("/postings", WHOLE, Idempotency_Key="a-1")
    again = api.post("/postings", WHOLE, Idempotency_Key="a-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again["Location"] == first["Location"]
    assert again["ETag"] == first["ETag"]
    assert again["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first
    assert Posting.objects.count() == 1


def test_the_same_name_for_something_else_is_refused(api: Api) -> None:
    made = api.post("/postings", WHOLE, Idempotency_Key="a-1").json()
    other = api.post("/postings", WHOLE | {"headcount": 6}, Idempotency_Key="a-1")
    assert other.status_code == 422
    assert problem_of(other) == "idempotency-key-reused"
    path = f"/postings/{made['id']}/close"
    assert problem_of(api.post(path, Idempotency_Key="a-1")) == "idempotency-key-reused"


def test_a_change_may_be_repeated_too(api: Api) -> None:
    made = api.post("/postings", WHOLE)
    path = f"/postings/{made.json()['id']}"
    headers = {"If_Match": made["ETag"], "Idempotency_Key": "c-1"}
    first = api.patch(path, {"headcount": 6}, **headers)
    again = api.patch(path, {"headcount": 6}, **headers)
    assert (first.status_code, again.content) == (200, first.content)
    assert Posting.objects.get().version == 2


def test_another_key_may_use_the_same_name(api: Api, cast: Cast) -> None:
    other = Api(new_key(cast.employer, name="别的系统").token)
    api.post("/postings", WHOLE, Idempotency_Key="a-1")
    assert "Idempotent-Replayed" not in other.post(
        "/postings", WHOLE, Idempotency_Key="a-1"
    )
    assert Posting.objects.count() == 2


def test_what_was_refused_may_be_tried_again(api: Api) -> None:
    assert api.post("/postings", {}, Idempotency_Key="a-1").status_code == 422
    assert api.post("/postings", WHOLE, Idempotency_Key="a-1").status_code == 201


@pytest.mark.parametrize("name", ["", "has space", "x" * 129, "中"])
def test_a_name_is_short_and_plain(api: Api, name: str) -> None:
    response = api.post("/postings", WHOLE, Idempotency_Key=name)
    assert problem_of(response) == "invalid-input"
    assert response.json()["errors"][0]["pointer"] == "Idempotency-Key"


def test_a_broken_act_leaves_nothing_and_may_be_repeated(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(**_more: Any) -> None:
        raise RuntimeError("the disk is full of 林小舟")

    with monkeypatch.context() as patch:
        patch.setattr("jobs.postings.services._write_revision", break_off)
        patch.setattr("jobs.postings.services.record_event", break_off)
        broken = api.post("/postings", WHOLE, Idempotency_Key="a-1")
    assert broken.status_code == 500
    assert problem_of(broken) == "server-error"
    assert "林小舟" not in broken.content.decode()
    assert not Posting.objects.exists()
    assert not StoredAnswer.objects.exists()
    assert api.post("/postings", WHOLE, Idempotency_Key="a-1").status_code == 201


def test_after_a_day_the_name_is_free(api: Api, key: ApiKey) -> None:
    api.post("/postings", WHOLE, Idempotency_Key="a-1")
    late = datetime.now(UTC) - timedelta(hours=24, minutes=1)
    StoredAnswer.objects.update(created_at=late)
    assert api.post("/postings", WHOLE, Idempotency_Key="a-1").status_code == 201
    assert Posting.objects.count() == 2


def test_old_answers_are_cleaned(api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    api.post("/postings", WHOLE, Idempotency_Key="old")
    StoredAnswer.objects.update(created_at=NOON - timedelta(days=2))
    api.post("/postings", WHOLE, Idempotency_Key="new")
    call_command("forget_api_answers")
    assert StoredAnswer.objects.count() == 2
    call_command("forget_api_answers", "--apply")
    assert [row.name for row in StoredAnswer.objects.all()] == ["new"]
    assert "1 answers deleted." in capsys.readouterr().out


def test_kept_answers_cannot_be_read_in_the_database(api: Api) -> None:
    from django.db import connection

    api.post("/postings", WHOLE, Idempotency_Key="a-1")
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM jobs_api_storedanswer")
        (text,) = cursor.fetchone()
    assert "title" not in text


# ---- Pace


def test_reading_and_writing_have_their_own_pace(api: Api) -> None:
    with time_machine.travel(NOON + timedelta(seconds=15), tick=False):
        for number in range(LIMITS["write"]):
            response = api.post("/postings", {"title": "客服"})
            assert response.status_code == 201
            left = LIMITS["write"] - number - 1
            assert response["RateLimit-Remaining"] == str(left)
        refused = api.post("/postings", {"title": "客服"})
        assert problem_of(refused) == "too-many-requests"
        assert refused.status_code == 429
        assert refused["Retry-After"] == "45"
        assert refused["RateLimit-Limit"] == str(LIMITS["write"])
        assert refused["RateLimit-Remaining"] == "0"
        assert refused["RateLimit-Reset"] == "45"
        assert api.get("/postings").status_code == 200
    with time_machine.travel(NOON + timedelta(seconds=60), tick=False):
        assert api.post("/postings", {"title": "客服"}).status_code == 201
    assert Posting.objects.count() == LIMITS["write"] + 1


def test_each_key_has_its_own_pace(
    api: Api, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "read", 1)
    other = Api(new_key(cast.employer, name="别的系统").token)
    with time_machine.travel(NOON, tick=False):
        assert api.get("/organisation").status_code == 200
        assert api.get("/organisation").status_code == 429
        assert other.get("/organisation").status_code == 200


# ---- Entity tags


def test_what_one_has_is_not_sent_again(api: Api, cast: Cast) -> None:
    make_posting(cast.organization)
    first = api.get("/postings")
    again = api.get("/postings", If_None_Match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert (
        api.get("/postings", If_None_Match='"other", W/' + first["ETag"]).status_code
        == 304
    )
    make_posting(cast.organization)
    assert api.get("/postings", If_None_Match=first["ETag"]).status_code == 200


def test_a_tag_is_of_one_language(api: Api) -> None:
    tags = {
        language: api.get("/catalogue/shifts", Accept_Language=language)["ETag"]
        for language in ("zh-CN", "zh-TW", "en")
    }
    assert len(set(tags.values())) == 3
    assert "Accept-Language" in api.get("/catalogue/shifts")["Vary"]


# ---- What is refused before anything is looked at


def test_no_cookie_opens_anything(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    sign_in(client, cast.employer)
    response = client.get(f"{ROOT}/postings")
    assert problem_of(response) == "unauthenticated"
    made = client.post(f"{ROOT}/postings", WHOLE, "application/json")
    assert problem_of(made) == "unauthenticated"
    assert not response.cookies


def test_a_key_needs_no_csrf_token(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    token = new_key(cast.employer).token
    response = client.post(
        f"{ROOT}/postings",
        {"title": "客服"},
        "application/json",
        headers={"Authorization": f"Bearer {token}"},
    )
    assert response.status_code == 201


@pytest.mark.parametrize(
    ("body", "kind", "name"),
    [
        (b"{", "application/json", "malformed-request"),
        (b'{"title": "\\ud800"}', "application/json", "malformed-request"),
        (b'{"title": "a\\u0000b"}', "application/json", "malformed-request"),
        (b'{"title": NaN}', "application/json", "malformed-request"),
        (b'{"title": "a", "title": "b"}', "application/json", "malformed-request"),
        (b"\xff\xfe", "application/json", "malformed-request"),
        (b"title=x", "application/x-www-form-urlencoded", "unsupported-media-type"),
        (b"{}", "text/plain", "unsupported-media-type"),
        (b"[]", "application/json", "invalid-input"),
        (b"null", "application/json", "invalid-input"),
        (b"", "application/json", "invalid-input"),
        (b'{"title": "' + b"x" * 70_000 + b'"}', "application/json", "too-large"),
    ],
)
def test_only_plain_json_of_a_fair_size_is_read(
    api: Api, body: bytes, kind: str, name: str
) -> None:
    url = f"{ROOT}/postings"
    response = api.client.generic("POST", url, body, kind, headers=api.headers)
    assert problem_of(response) == name


@pytest.mark.parametrize("method", ["DELETE", "PUT", "TRACE", "OPTIONS"])
def test_other_methods_are_named(api: Api, method: str) -> None:
    response = api.client.generic(method, f"{ROOT}/postings", headers=api.headers)
    assert problem_of(response) == "method-not-allowed"
    assert set(response["Allow"].split(", ")) == {"GET", "POST"}


@pytest.mark.parametrize(
    "path", ["/nothing", "/postings/", "/postings/7", "/docs/x", "/postings/%0A/renew"]
)
def test_what_is_not_there_is_a_problem_too(api: Api, path: str) -> None:
    assert problem_of(api.get(path)) == "not-found"


def test_a_wrong_host_is_a_problem_too() -> None:
    response = Client(headers={"host": "evil.example"}).get(f"{ROOT}/postings")
    assert problem_of(response) == "malformed-request"


def test_every_type_leads_to_a_page(api: Api) -> None:
    kind = api.get("/nothing").json()["type"]
    path = kind.partition("//")[2].partition("/")[2]
    page = Client().get(f"/{path}")
    assert page.status_code == 200
    assert "地址不对" in page.content.decode()
    assert reverse("rest:problem", args=["not-found"]) == f"/{path}"


def test_each_act_is_in_the_trail_with_its_key(api: Api, key: ApiKey) -> None:
    made = api.post("/postings", WHOLE).json()
    api.post(f"/postings/{made['id']}/pause")
    lines = AuditEvent.objects.filter(action="api.request_written")
    assert [line.detail for line in lines] == [
        {"method": "POST", "path": f"{ROOT}/postings"}
    ]
    assert lines[0].object_id == str(key.public_id)


def test_the_last_use_is_noted(api: Api, key: ApiKey) -> None:
    assert key.last_used_at is None
    api.get("/organisation")
    key.refresh_from_db()
    assert key.last_used_at is not None


def test_the_index_needs_no_key_and_leads_on(api: Api) -> None:
    body = Api().get("/").json()
    assert set(body["links"]) >= {"postings", "applications", "organisation"}
    document = Client().get(body["openapi"].partition(":8000")[2])
    assert document.json()["openapi"].startswith("3.1")
    for link in body["links"].values():
        path = link.partition("/api/v1")[2]
        assert api.get(path).status_code == 200, link


def test_catalogues_hold_every_code(api: Api) -> None:
    for name in api.get("/catalogue").json()["data"]:
        rows = api.get(f"/catalogue/{name}").json()["data"]
        assert rows, name
        assert all(row["code"] and row["name"] for row in rows)
    cities = api.get("/catalogue/cities", Accept_Language="en").json()["data"]
    assert {"code": "3101", "name": "Shanghai", "group": "Shanghai"} in cities


def test_answers_are_utf8_json(api: Api) -> None:
    response = api.get("/organisation")
    assert json.loads(response.content.decode("utf-8"))["name"] == "青禾消费金融"
    assert response["Cache-Control"] == "private, no-cache"


def test_one_name_waits_for_no_other(api: Api, key: ApiKey) -> None:
    """Inside one transaction the lock is ours again; see test_concurrent for two."""
    assert answers.begin(key, "a", "f", now=NOON) is None
    assert answers.begin(key, "b", "f", now=NOON) is None


# ---- What an operator closes


def test_programs_read_on_while_writing_is_closed(api: Api, cast: Cast) -> None:
    change_switch(
        name="api_writes",
        state=SwitchState.OFF,
        actor=cast.operator,
        note="维护",
        version=0,
    )
    refused = api.post("/postings", WHOLE, Idempotency_Key="a-1")
    assert (refused.status_code, problem_of(refused)) == (503, "writing-closed")
    assert api.get("/postings").status_code == 200
    assert not Posting.objects.exists()
    change_switch(
        name="api_writes",
        state=SwitchState.ON,
        actor=cast.operator,
        note="好了",
        version=1,
    )
    assert api.post("/postings", WHOLE, Idempotency_Key="a-1").status_code == 201


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        ("7919-06-21T05:41:05.2+22:33", 200),
        ("2026-11-23T08:00:00-15:59", 200),
        ("0001-01-01T00:00:00+08:00", 422),
        ("9999-12-31T23:59:59-08:00", 422),
    ],
)
def test_any_zone_of_a_moment_is_understood(api: Api, moment: str, status: int) -> None:
    response = api.get("/postings", {"updated_since": moment})
    assert response.status_code == status
