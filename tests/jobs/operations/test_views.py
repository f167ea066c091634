from __future__ import annotations

import csv
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from celery import current_app
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils import timezone

from accounts.identity.models import (
    AuditEvent,
    FeatureSwitch,
    Heartbeat,
    OutboxMessage,
    OutboxStep,
)
from accounts.lib import health
from accounts.lib.health import FINE, Reading, Section
from jobs.operations.models import TaskRun
from jobs.operations.views import overview
from tests.cast import Cast
from tests.client import StrictClient
from tests.jobs.operations.make import SECRET, TASK, make_message, make_run
from tests.make import make_organization, make_posting, make_user, sign_in

ERASE = "accounts.identity.blank_old_messages"


@pytest.fixture
def operator(db: None) -> Any:
    user = make_user("operator", email="operator@example.com", display_name="值班")
    client = StrictClient()
    sign_in(client, user)
    client.user = user  # type: ignore[attr-defined]
    return client


def page(client: StrictClient, url: str, *, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return str(response.content.decode())


# --- overview ---
def test_home_is_the_console(operator: Any) -> None:
    assert operator.get("/")["Location"] == reverse("operations:overview")


def test_a_dead_worker_is_seen(operator: Any) -> None:
    url = reverse("operations:overview")
    Heartbeat.objects.create(name="worker", at=timezone.now() - timedelta(minutes=5))
    assert "5 分钟前" in page(operator, url)
    response = operator.get(url)
    assert response.context["bad"] >= 2
    Heartbeat.objects.update(at=timezone.now())
    assert operator.get(url).context["bad"] == 0


def test_what_failed_is_seen(operator: Any) -> None:
    make_run(state="failed", error="ValueError", count=None)
    make_message()
    by_label = {
        str(row.label): row
        for _section, rows in operator.get(reverse("operations:overview")).context[
            "sections"
        ]
        for row, _href in rows
    }
    assert by_label["一天内失败"].value == 1
    assert by_label["一天内失败"].state == "caution"


def test_a_part_that_takes_too_long_is_given_up(
    operator: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(_now: object) -> list[Reading]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(60)")
        return []

    monkeypatch.setattr(health, "_sections", {})
    monkeypatch.setattr(overview, "PATIENCE_MS", 50)
    health.add_section(Section("slow", "慢的", slow))
    assert "读不出来" in page(operator, reverse("operations:overview"))


def test_a_part_that_breaks_hides_no_other(
    operator: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_now: object) -> list[Reading]:
        raise DatabaseError

    def added(_now: object) -> list[Reading]:
        # A page that is not served yet is no link.
        return [Reading("送出的通知", 4, FINE, url_name="webhooks:nowhere")]

    monkeypatch.setattr(health, "_sections", dict(health._sections))
    health.add_section(Section("broken", "坏的", broken, place=1))
    health.add_section(Section("added", "别的程序", added, place=2))
    text = page(operator, reverse("operations:overview"))
    assert "读不出来" in text
    assert "送出的通知" in text
    assert "待发消息" in text


# --- tasks ---
def test_the_list_of_tasks(operator: Any) -> None:
    make_run(ago=timedelta(hours=2))
    make_run("jobs.search.fold_words", state="failed", error="ValueError", count=None)
    rows = operator.get(reverse("operations:tasks")).context["rows"]
    by_task = {row.timed.task: row for row in rows}
    assert by_task[TASK].is_late
    assert by_task[TASK].last.run.count == 3
    assert by_task["jobs.search.fold_words"].failures == 1
    assert by_task["jobs.alerts.percolate"].last is None
    # What needs a look stands first.
    assert {row.timed.task for row in rows[:2]} == {TASK, "jobs.search.fold_words"}


def test_what_no_clock_starts_is_listed_once_it_ran(operator: Any) -> None:
    name = "accounts.consent.make_export"
    url = reverse("operations:task", args=[name])
    assert operator.get(url).status_code == 404
    make_run(name, state="failed", error="ValueError", count=None)
    rows = operator.get(reverse("operations:tasks")).context["rows"]
    (row,) = [row for row in rows if row.timed.task == name]
    assert (row.failures, row.due, row.is_late) == (1, None, False)
    text = page(operator, url)
    assert "ValueError" in text
    assert "现在运行" not in text
    assert operator.post(url, {"reason": ""}).status_code == 404
    assert TaskRun.objects.count() == 1


def test_a_run_by_hand(operator: Any, django_capture_on_commit_callbacks: Any) -> None:
    url = reverse("operations:task", args=[TASK])
    sent = patch.object(current_app, "send_task")
    with sent as send, django_capture_on_commit_callbacks(execute=True):
        response = operator.post(url, {"reason": "等不及了"}, follow=True)
    run = TaskRun.objects.get()
    send.assert_called_once_with(TASK, task_id=run.task_id)
    assert (run.state, run.reason, run.asked_by) == ("asked", "等不及了", operator.user)
    text = response.content.decode()
    assert "等着运行" in text
    assert "等不及了" in text
    line = AuditEvent.objects.get(action="operations.task_asked")
    # The reason is somebody's words: it is not in the trail.
    assert line.detail == {"task": TASK}


def test_pressed_twice_runs_once(operator: Any) -> None:
    url = reverse("operations:task", args=[TASK])
    operator.post(url, {"reason": ""})
    response = operator.post(url, {"reason": ""}, follow=True)
    assert TaskRun.objects.count() == 1
    assert "刚刚有人运行了" in response.content.decode()
    # One that never came back blocks nobody.
    TaskRun.objects.update(asked_at=timezone.now() - timedelta(minutes=16))
    operator.post(url, {"reason": ""})
    assert TaskRun.objects.count() == 2


def test_without_a_broker_the_row_waits(
    operator: Any, django_capture_on_commit_callbacks: Any
) -> None:
    url = reverse("operations:task", args=[TASK])
    broken = patch.object(current_app, "send_task", side_effect=ConnectionError)
    with broken, django_capture_on_commit_callbacks(execute=True):
        assert operator.post(url, {"reason": ""}).status_code == 302
    assert TaskRun.objects.get().state == "asked"


def test_what_erases_wants_a_reason_and_a_tick(operator: Any) -> None:
    url = reverse("operations:task", args=[ERASE])
    response = operator.post(url, {"reason": "", "sure": ""})
    assert response.status_code == 422
    assert "要继续，请先勾选。" in response.content.decode()
    assert not TaskRun.objects.exists()
    response = operator.post(url, {"reason": "有人催", "sure": ""})
    assert "有人催" in response.content.decode()
    assert not TaskRun.objects.exists()
    assert operator.post(url, {"reason": "有人催", "sure": "on"}).status_code == 302
    assert TaskRun.objects.get().task == ERASE


def test_how_much_would_be_forgotten(operator: Any) -> None:
    old = timezone.now() - timedelta(days=31)
    make_message(state="sent", sent_at=old, created_at=old)
    rows = operator.get(reverse("operations:retention")).context["rows"]
    due = {row.job.task: row.due_now for row in rows}
    assert due[ERASE] == 1
    assert due["accounts.consent.erase_due_accounts"] == 0
    assert OutboxMessage.objects.get().body == SECRET


# --- messages ---
@pytest.mark.parametrize("name", ["operations:outbox", "operations:message"])
def test_nobody_reads_words_or_addresses(operator: Any, name: str) -> None:
    message = make_message()
    args = [message.public_id] if name == "operations:message" else []
    text = page(operator, reverse(name, args=args))
    assert "x***@m***.cn" in text
    assert message.template in text
    assert SECRET not in text
    assert message.address not in text


@pytest.mark.parametrize("name", ["outbox", "organizations", "trail"])
def test_a_search_does_not_say_optional_on_every_line(operator: Any, name: str) -> None:
    page = operator.get(reverse(f"operations:{name}")).content.decode()
    assert page.count("可不填") == 0


def test_what_needs_a_look_comes_first(operator: Any) -> None:
    long_ago = timezone.now() - timedelta(hours=1)
    make_message(key="failed")
    make_message(key="stuck", state="sending", claimed_at=long_ago)
    make_message(key="late", state="pending", due_at=long_ago)
    make_message(key="fine", state="pending")
    make_message(key="sent", state="sent", sent_at=long_ago)
    url = reverse("operations:outbox")

    def keys(query: str) -> set[str]:
        rows = operator.get(f"{url}{query}").context["rows"]
        return {row.dedupe_key for row, _address, _look in rows}

    assert keys("") == {"failed", "stuck", "late"}
    assert keys("?state=sent") == {"sent"}
    assert keys("?state=&template=account/code") >= {"fine", "sent", "failed"}
    assert keys("?state=nonsense") >= {"fine", "sent"}


def test_a_message_is_sent_once_more(operator: Any) -> None:
    message = make_message()
    url = reverse("operations:retry", args=[message.public_id])
    response = operator.post(url, {"reason": ""})
    assert response.status_code == 422
    operator.post(url, {"reason": "邮局修好了"})
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("pending", 0)
    step = OutboxStep.objects.get()
    assert (step.step, step.reason, step.actor) == (
        "retried",
        "邮局修好了",
        operator.user,
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"state": "sent", "sent_at": timezone.now()}, "没有改动"),
        ({"address": "", "body": ""}, "内容和地址已清除"),
        ({"expires_at": timezone.now() - timedelta(minutes=1)}, "这条已过期"),
    ],
)
def test_what_cannot_be_sent_any_more(
    operator: Any, fields: dict[str, Any], sentence: str
) -> None:
    message = make_message(**fields)
    url = reverse("operations:retry", args=[message.public_id])
    response = operator.post(url, {"reason": "再试"}, follow=True)
    assert sentence in response.content.decode()
    before = message.state
    message.refresh_from_db()
    assert message.state == before
    assert not OutboxStep.objects.exists()


def test_a_message_is_dropped(operator: Any) -> None:
    message = make_message()
    url = reverse("operations:discard", args=[message.public_id])
    operator.post(url, {"reason": "写错了"})
    message.refresh_from_db()
    assert message.state == "cancelled"
    response = operator.post(url, {"reason": "再来一次"}, follow=True)
    assert "没有改动" in response.content.decode()
    assert OutboxStep.objects.count() == 1


def test_all_failed_of_a_kind(operator: Any) -> None:
    make_message(key="one")
    make_message(key="two")
    make_message(key="gone", address="", body="")
    make_message(key="other", template="employers/verified")
    url = reverse("operations:retry_all")
    operator.post(url, {"template": "account/code", "reason": ""})
    assert not OutboxMessage.objects.filter(state="pending").exists()
    response = operator.post(
        url, {"template": "account/code", "reason": "好了"}, follow=True
    )
    assert "2 条消息会再发一次" in response.content.decode()
    waiting = OutboxMessage.objects.filter(state="pending").values_list("dedupe_key")
    assert sorted(key for (key,) in waiting) == ["one", "two"]


# --- organisations ---
def test_organisations_are_found(operator: Any) -> None:
    first = make_organization()
    make_organization(uscc="91000000MA1A002002", display_name="远帆客服")
    make_posting(first)
    url = reverse("operations:organizations")

    def found(query: str) -> list[str]:
        rows = operator.get(f"{url}{query}").context["rows"]
        return sorted(row.display_name for row, _count, _ok in rows)

    assert found("") == ["远帆客服", "青禾消费金融"]
    assert found("?q=远帆") == ["远帆客服"]
    assert found("?q=91000000ma1a002") == ["远帆客服"]
    assert found("?state=submitted") == []
    assert found("?state=nonsense") == ["远帆客服", "青禾消费金融"]
    counts = {row.pk: count for row, count, _ok in operator.get(url).context["rows"]}
    assert counts[first.pk] == {"members": 0, "postings": 1, "measures": 0}


def test_looking_at_an_organisation_is_noted(operator: Any) -> None:
    organization = make_organization()
    make_posting(organization)
    url = reverse("operations:organization", args=[organization.public_id])
    text = page(operator, url)
    assert organization.legal_name in text
    assert reverse("screening:employer", args=[organization.public_id]) in text
    line = AuditEvent.objects.get(action="operations.organization_read")
    assert line.object_id == str(organization.public_id)


# --- figures ---
def test_figures_as_a_table(cast: Cast) -> None:
    operator = StrictClient()
    sign_in(operator, cast.operator)
    make_posting(cast.organization)
    text = page(operator, reverse("operations:figures"))
    assert "账号" in text
    response = operator.get(reverse("operations:figures_csv"))
    rows = list(csv.reader(response.content.decode("utf-8-sig").splitlines()))
    counted = {(area, state): int(number) for _day, area, state, number in rows[1:]}
    assert counted["accounts", "seeker"] == 2
    assert counted["postings", "published"] == 1
    assert counted["postings", "draft"] == 0
    assert AuditEvent.objects.filter(action="operations.figures_fetched").count() == 1


# --- switches in the console ---
def test_a_switch_is_set(operator: Any) -> None:
    url = reverse("operations:switch", args=["registration"])
    assert operator.post(url, {"version": "0", "state": "off"}).status_code == 422
    assert not FeatureSwitch.objects.exists()
    operator.post(url, {"version": "0", "state": "off", "note": "今晚搬家"})
    assert FeatureSwitch.objects.get().state == "off"
    assert "今晚搬家" in page(operator, url)


def test_the_slower_of_two_operators_is_asked_again(operator: Any) -> None:
    url = reverse("operations:switch", args=["registration"])
    operator.post(url, {"version": "0", "state": "off", "note": "第一"})
    late = {"version": "0", "state": "on", "note": "第二"}
    response = operator.post(url, late)
    assert response.status_code == 422
    text = response.content.decode()
    assert "同事刚刚改过" in text
    assert "第二" in text
    # What the page shows now may be sent again.
    assert 'name="version" value="2"' in text or 'value="1"' in text
    version = FeatureSwitch.objects.get().version
    operator.post(url, late | {"version": str(version)})
    assert FeatureSwitch.objects.get().state == "on"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"state": "percentage"}, "请写一个 1 到 99 的数。"),
        ({"state": "organizations"}, "请至少写一家单位。"),
        (
            {"state": "organizations", "organizations": "911100009999999999"},
            "没有单位用这个代码：911100009999999999",
        ),
    ],
)
def test_a_switch_that_would_say_nothing(
    operator: Any, data: dict[str, str], sentence: str
) -> None:
    url = reverse("operations:switch", args=["api_writes"])
    response = operator.post(url, {"version": "0", "note": "试"} | data)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not FeatureSwitch.objects.exists()


def test_a_switch_for_one_organisation(operator: Any) -> None:
    organization = make_organization()
    url = reverse("operations:switch", args=["api_writes"])
    data = {"version": "0", "note": "先试一家", "state": "organizations"}
    operator.post(url, data | {"organizations": organization.uscc.lower()})
    assert FeatureSwitch.objects.get().organizations == [organization.public_id]
    assert organization.uscc in page(operator, url)
