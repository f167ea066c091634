from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.employers.models import Organization
from accounts.identity.models import AuditEvent
from accounts.lib.dates import today
from jobs.postings.models import Posting
from tests.cast import Cast
from tests.jobs.api.make import WHOLE, Api, problem_of
from tests.make import make_posting

pytestmark = pytest.mark.django_db


def draft(api: Api, **change: Any) -> Any:
    response = api.post("/postings", WHOLE | change)
    assert response.status_code == 201, response.content.decode()
    return response


def test_a_draft_holds_what_was_sent(api: Api, cast: Cast) -> None:
    response = draft(api)
    body = response.json()
    posting = Posting.objects.get(public_id=body["id"])
    assert posting.organization == cast.organization
    assert posting.created_by == cast.employer
    assert (body["state"], body["version"]) == ("draft", 1)
    assert {name: body[name] for name in WHOLE if name != "benefits"} == {
        name: value for name, value in WHOLE.items() if name != "benefits"
    }
    assert body["benefits"] == ["social_insurance", "paid_training"]
    assert response["Location"].endswith(f"/api/v1/postings/{body['id']}")
    assert "submit" in body["steps"]


def test_a_title_is_enough(api: Api) -> None:
    response = api.post("/postings", {"title": "客服"})
    assert response.status_code == 201
    assert response.json()["last_day"] is None


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"title": ""}, "#/title"),
        ({"title": None}, "#/title"),
        ({"city_code": "9999"}, "#/city_code"),
        ({"occupation": "no_such_work"}, "#/occupation"),
        ({"shift": "sometimes"}, "#/shift"),
        ({"pay_day": 32}, "#/pay_day"),
        ({"pay_min": 7000, "pay_max": 6000}, "#/pay_min"),
        ({"base_salary_min": 9000, "base_salary_max": 9000}, "#/pay_min"),
        ({"call_window_start": "25:00"}, "#/call_window_start"),
        (
            {"call_window_start": "18:00", "call_window_end": "9:00"},
            "#/call_window_end",
        ),
        ({"last_day": "2020-01-01"}, "#/last_day"),
        ({"salery": 5000}, "#/salery"),
        ({"weekly_hours": "many"}, "#/weekly_hours"),
    ],
)
def test_what_is_wrong_is_named(api: Api, change: dict[str, Any], pointer: str) -> None:
    response = api.post("/postings", WHOLE | change)
    assert problem_of(response) == "invalid-input"
    errors = response.json()["errors"]
    assert pointer in {error["pointer"] for error in errors}
    assert all(error["detail"] for error in errors)
    assert not Posting.objects.exists()


def test_other_peoples_data_is_refused_and_noted(api: Api, cast: Cast) -> None:
    words = "请联系 11010519491231002X 的家人。"
    response = api.post("/postings", WHOLE | {"qualifications": words})
    assert problem_of(response) == "invalid-input"
    assert AuditEvent.objects.filter(action="guard.debtor_data").exists()


def test_a_change_needs_the_tag_that_was_read(api: Api) -> None:
    path = f"/postings/{draft(api).json()['id']}"
    tag = api.get(path)["ETag"]
    assert problem_of(api.patch(path, {"title": "新标题"})) == "precondition-required"
    changed = api.patch(path, {"title": "新标题"}, If_Match=tag)
    assert changed.status_code == 200
    assert changed.json()["title"] == "新标题"
    assert changed["ETag"] != tag
    late = api.patch(path, {"title": "更新的标题"}, If_Match=tag)
    assert late.status_code == 412
    assert problem_of(late) == "precondition-failed"
    assert api.get(path).json()["title"] == "新标题"
    assert api.get(path)["ETag"] == changed["ETag"]


def test_a_weak_tag_guards_nothing(api: Api) -> None:
    path = f"/postings/{draft(api).json()['id']}"
    tag = api.get(path)["ETag"]
    response = api.patch(path, {"title": "新标题"}, If_Match=f"W/{tag}")
    assert problem_of(response) == "precondition-failed"


def test_only_what_was_sent_is_changed(api: Api) -> None:
    body = draft(api).json()
    changed = api.patch(f"/postings/{body['id']}", {"headcount": 9}, If_Match="*")
    told = ("version", "updated_at")
    assert changed.json()["headcount"] == 9
    left = {name: value for name, value in body.items() if name not in told}
    now = {name: value for name, value in changed.json().items() if name not in told}
    assert now == left | {"headcount": 9}


def test_null_clears_a_field(api: Api) -> None:
    body = draft(api).json()
    path = f"/postings/{body['id']}"
    cleared = api.patch(path, {"street": None, "contract_months": None}, If_Match="*")
    assert cleared.json()["street"] == ""
    assert cleared.json()["contract_months"] is None
    assert problem_of(api.patch(path, {"title": None}, If_Match="*")) == "invalid-input"


def test_sending_in_returns_what_the_rules_say(api: Api) -> None:
    body = draft(api, last_day=str(today() + timedelta(days=20))).json()
    response = api.post(f"/postings/{body['id']}/submit")
    assert response.status_code == 200, response.content.decode()
    assert response.json()["posting"]["state"] == "in_review"
    assert response.json()["screening"]["is_blocked"] is False
    again = api.post(f"/postings/{body['id']}/submit")
    assert problem_of(again) == "step-refused"


def test_what_is_blocked_is_explained_with_its_clause(api: Api) -> None:
    text = WHOLE["responsibilities"] + "逾期客户不还款时，可以爆通讯录施压。"
    body = draft(api, responsibilities=text, recording=None).json()
    response = api.post(f"/postings/{body['id']}/submit")
    assert problem_of(response) == "screening-blocked"
    found = response.json()
    assert "recording" in found["missing"]
    worst = [one for one in found["findings"] if one["severity"] == "block"]
    assert worst
    assert all(one["citations"] and one["citations"][0]["law"] for one in worst)
    quoted = next(one for one in worst if one["field"] == "responsibilities")
    assert text[quoted["start"] : quoted["end"]] == quoted["excerpt"]
    assert Posting.objects.get(public_id=body["id"]).state == "draft"
    looked = api.get(f"/postings/{body['id']}/screening").json()
    assert looked["findings"] == found["findings"]


def test_the_words_of_a_finding_follow_the_reader(api: Api) -> None:
    path = f"/postings/{draft(api, recording=None).json()['id']}/screening"
    titles = {
        language: [
            one["title"]
            for one in api.get(path, Accept_Language=language).json()["findings"]
        ]
        for language in ("zh-CN", "en")
    }
    assert titles["zh-CN"]
    assert titles["zh-CN"] != titles["en"]


def test_the_life_of_an_open_posting(api: Api, cast: Cast) -> None:
    posting = make_posting(cast.organization)
    path = f"/postings/{posting.public_id}"
    states = [
        api.post(f"{path}/{step}").json()["state"]
        for step in ("pause", "resume", "pause", "fill")
    ]
    assert states == ["paused", "published", "paused", "filled"]
    assert problem_of(api.post(f"{path}/close")) == "step-refused"
    posting.refresh_from_db()
    steps = posting.transitions.order_by("pk").values_list("event", "actor")
    assert [event for event, _who in steps] == ["pause", "resume", "pause", "fill"]
    assert {who for _event, who in steps} == {cast.employer.pk}


def test_an_expired_posting_is_renewed(api: Api, cast: Cast) -> None:
    posting = make_posting(
        cast.organization,
        state="expired",
        valid_through=timezone.now() - timedelta(days=1),
        ended_at=timezone.now(),
    )
    path = f"/postings/{posting.public_id}/renew"
    day = today() + timedelta(days=90)
    far = api.post(path, {"last_day": str(day)})
    assert problem_of(far) == "invalid-input"
    assert far.json()["errors"][0]["pointer"] == "#/last_day"
    assert api.post(path).json()["state"] == "published"


def test_an_open_posting_that_changes_its_promise_is_checked_again(
    api: Api, cast: Cast
) -> None:
    body = draft(api, last_day=str(today() + timedelta(days=20))).json()
    now = timezone.now()
    Posting.objects.filter(public_id=body["id"]).update(
        state="published", published_at=now, valid_through=now + timedelta(days=20)
    )
    path = f"/postings/{body['id']}"
    small = api.patch(path, {"headcount": 6}, If_Match="*")
    assert small.json()["state"] == "published", small.content.decode()
    bad = api.patch(path, {"title": "上门催收专员"}, If_Match="*")
    assert problem_of(bad) == "screening-blocked"
    assert api.get(path).json()["title"] == body["title"]
    big = api.patch(path, {"pay_max": 7000}, If_Match="*")
    assert big.json()["state"] == "in_review", big.content.decode()
    locked = api.patch(path, {"pay_max": 7500}, If_Match="*")
    assert problem_of(locked) == "step-refused"


@pytest.mark.parametrize("fields", [{"verification": "suspended"}, {"verified": False}])
def test_without_a_check_reading_works_and_writing_is_refused(
    api: Api, cast: Cast, fields: dict[str, Any]
) -> None:
    posting = make_posting(cast.organization)
    waiting = make_posting(cast.organization, state="draft")
    state = fields.get("verification", "unverified")
    Organization.objects.filter(pk=cast.organization.pk).update(verification=state)
    assert len(api.get("/postings").json()["data"]) == 2
    assert api.get("/organisation/verification").json()["state"] == state
    path = f"/postings/{waiting.public_id}"
    refused = [
        api.post("/postings", WHOLE),
        api.patch(path, {"title": "新标题"}, If_Match="*"),
        api.post(f"{path}/submit"),
    ]
    assert {problem_of(one) for one in refused} == {"organisation-not-checked"}
    assert {one.status_code for one in refused} == {403}
    # Closing protects whoever would still apply.
    assert api.post(f"/postings/{posting.public_id}/close").status_code == 200


def test_lists_come_in_pages_that_lose_nothing(api: Api, cast: Cast) -> None:
    made = [make_posting(cast.organization, state="draft") for _ in range(7)]
    seen: list[str] = []
    response = api.get("/postings", {"limit": 3, "state": "draft"})
    while True:
        seen += [row["id"] for row in response.json()["data"]]
        if "Link" not in response:
            break
        target = response["Link"].partition(">")[0].removeprefix("<")
        assert response["Link"].endswith('>; rel="next"')
        assert "state=draft" in target
        response = api.client.get(target, headers=api.headers)
    assert seen == [str(one.public_id) for one in made]
    assert response.json()["next_cursor"] is None


def test_what_changes_while_one_pages_is_met_again(api: Api, cast: Cast) -> None:
    made = [make_posting(cast.organization, state="draft") for _ in range(4)]
    first = api.get("/postings", {"limit": 2}).json()
    Posting.objects.get(pk=made[0].pk).save()
    second = api.get("/postings", {"limit": 5, "cursor": first["next_cursor"]}).json()
    ids = [row["id"] for row in second["data"]]
    assert ids == [str(made[n].public_id) for n in (2, 3, 0)]
    since = second["data"][-1]["updated_at"]
    news = api.get("/postings", {"updated_since": since}).json()["data"]
    assert [row["id"] for row in news] == [str(made[0].public_id)]


def test_a_cursor_works_for_its_own_list_only(api: Api, cast: Cast) -> None:
    for _ in range(2):
        make_posting(cast.organization)
    cursor = api.get("/postings", {"limit": 1}).json()["next_cursor"]
    for path, text in (("/applications", cursor), ("/postings", cursor[:-4] + "AAAA")):
        response = api.get(path, {"cursor": text})
        assert problem_of(response) == "invalid-cursor"


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 101}, {"state": "open"}])
def test_wrong_filters_are_named(api: Api, query: dict[str, Any]) -> None:
    response = api.get("/postings", query)
    assert problem_of(response) == "invalid-input"
    assert response.json()["errors"][0]["in"] == "query"


def test_moments_have_a_zone(api: Api, cast: Cast) -> None:
    make_posting(cast.organization)
    row = api.get("/postings").json()["data"][0]
    assert row["published_at"].endswith(("Z", "+00:00"))
    naive = api.get("/postings", {"updated_since": "2026-11-01T00:00:00"})
    assert problem_of(naive) == "invalid-input"
