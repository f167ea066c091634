from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.consent.enums import ExportState
from accounts.consent.models import DataExport, ExportPart
from accounts.consent.registry import exporters
from accounts.consent.rules.workflow import CLAIM_SECONDS, may_claim
from accounts.consent.services import exports
from accounts.consent.services.exports import (
    TooManyExports,
    fetch_export,
    make_due,
    request_export,
    work_on,
)
from accounts.identity.models import AuditEvent, OutboxMessage, User
from accounts.seekers.models import SeekerProfile
from tests.client import StrictClient
from tests.make import PASSWORD, make_seeker, make_user, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def seeker() -> SeekerProfile:
    return make_seeker(wish_text="想学修车 <b>")


@pytest.fixture
def person(seeker: SeekerProfile) -> User:
    return seeker.user


def made(user: User) -> DataExport:
    export = request_export(user=user)[0]
    assert work_on(export_id=export.pk)
    export.refresh_from_db()
    return export


def opened(export: DataExport, user: User) -> dict[str, str]:
    data = fetch_export(export=export, actor=user)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def test_the_file_holds_a_page_and_the_same_as_json(person: User) -> None:
    files = opened(made(person), person)
    assert set(files) == {"index.html", "data.json"}
    told = json.loads(files["data.json"])
    assert set(told["areas"]) == set(exporters())
    assert told["areas"]["accounts.seekers"]["wish_text"] == "想学修车 <b>"
    page = files["index.html"]
    assert "想学修车 &lt;b&gt;" in page
    assert "初中" in page, "codes are told in words"
    assert "催收" in page
    assert "junior_high" not in page


def test_the_page_needs_nothing_from_anywhere(person: User) -> None:
    page = opened(made(person), person)["index.html"]
    assert not [
        bad for bad in ("http://", "https://", "<script", "src=") if bad in page
    ]


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("zh-hans", "我的信息副本"),
        ("zh-hant", "我的資訊副本"),
        ("en", "Copy of my data"),
    ],
)
def test_the_page_speaks_the_persons_language(
    person: User, language: str, title: str
) -> None:
    person.language = language
    person.save()
    assert title in opened(made(person), person)["index.html"]


def test_what_is_stored_is_sealed(person: User) -> None:
    export = made(person)
    assert export.sealed is not None
    assert not bytes(export.sealed).startswith(b"PK")
    assert not ExportPart.objects.exists()


def test_one_at_a_time(person: User) -> None:
    first, created = request_export(user=person)
    again, second = request_export(user=person)
    assert (first, created, second) == (again, True, False)


def test_a_new_one_replaces_the_old_file(person: User) -> None:
    old = made(person)
    made(person)
    old.refresh_from_db()
    assert (old.state, old.sealed) == (ExportState.EXPIRED, None)


def test_not_more_than_a_day_allows(person: User) -> None:
    for _time in range(3):
        made(person)
    with pytest.raises(TooManyExports):
        request_export(user=person)
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert request_export(user=person)[1]


def test_a_new_worker_goes_on_where_the_dead_one_stopped(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Areas that were done are not asked again."""
    export = request_export(user=person)[0]
    asked: list[str] = []
    real = exporters()
    last = list(real)[-2]

    def dying(name: str) -> Any:
        def exporter(user: User) -> Any:
            asked.append(name)
            if name == last and asked.count(name) == 1:
                raise KeyboardInterrupt
            return real[name](user)

        return exporter

    monkeypatch.setattr(
        exports, "exporters", lambda: {name: dying(name) for name in real}
    )
    with pytest.raises(KeyboardInterrupt):
        work_on(export_id=export.pk)
    export.refresh_from_db()
    assert export.state == ExportState.RUNNING
    assert export.parts.count() == len(real) - 2
    # As long as it may still be alive, nobody else touches it.
    assert make_due(now=timezone.now()) == 0
    later = timezone.now() + timedelta(seconds=CLAIM_SECONDS + 1)
    with time_machine.travel(later):
        assert make_due(now=timezone.now()) == 1
    assert asked.count(last) == 2
    assert all(asked.count(name) == 1 for name in real if name != last)


def test_what_fails_is_tried_again_and_then_said(
    person: User, client: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = request_export(user=person)[0]

    def broken(_user: User) -> Any:
        raise ValueError("no")

    monkeypatch.setattr(exports, "exporters", lambda: {"accounts.identity": broken})
    for _try in range(3):
        assert not work_on(export_id=export.pk)
    export.refresh_from_db()
    assert export.state == ExportState.FAILED
    sign_in(client, person)
    assert "没做成" in client.get(reverse("consent:export")).content.decode()


def test_a_late_worker_writes_nothing_over_the_new_one(person: User) -> None:
    export = request_export(user=person)[0]
    late = exports._claim(export.pk)
    assert late is not None
    with time_machine.travel(timezone.now() + timedelta(seconds=CLAIM_SECONDS + 1)):
        assert work_on(export_id=export.pk)
        assert not exports._add_part(late, "accounts.identity", {})
    export.refresh_from_db()
    assert export.state == ExportState.READY


def test_it_is_gone_after_a_week(person: User, client: StrictClient) -> None:
    export = made(person)
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        with pytest.raises(exports.ExportGone):
            fetch_export(export=export, actor=person)
        make_due(now=timezone.now())
    export.refresh_from_db()
    assert (export.state, export.sealed) == (ExportState.EXPIRED, None)


def test_the_message_is_neutral_and_once(person: User) -> None:
    export = made(person)
    assert not work_on(export_id=export.pk)
    (sent,) = OutboxMessage.objects.filter(template="privacy/export_ready")
    assert "data" not in sent.body
    assert "信息" not in sent.subject


def test_nobody_fetches_it_without_showing_who_they_are(
    person: User, client: StrictClient
) -> None:
    export = made(person)
    sign_in(client, person)
    url = reverse("consent:fetch", args=[export.public_id])
    asked = client.get(url)
    assert asked.status_code == 302
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    back = client.post(
        reverse("account_reauthenticate"), {"password": PASSWORD, "next": url}
    )
    assert back["Location"] == url
    fetched = client.get(url)
    assert fetched["Content-Type"] == "application/zip"
    assert fetched.content.startswith(b"PK")
    assert "no-store" in fetched["Cache-Control"]
    assert AuditEvent.objects.filter(action="privacy.export_fetched").count() == 1


def test_whoever_signs_in_with_codes_does_so_once_more(client: StrictClient) -> None:
    user = make_user(email="codes@example.com")
    user.set_unusable_password()
    user.save()
    export = made(user)
    sign_in(client, user)
    url = reverse("consent:fetch", args=[export.public_id])
    page = client.get(url, follow=True)
    assert page.redirect_chain[0][0].startswith(reverse("identity:afresh"))
    assert "验证码" in page.content.decode()


def test_nobody_else_fetches_it(person: User) -> None:
    export = made(person)
    with pytest.raises(exports.ExportGone):
        fetch_export(export=export, actor=make_user(email="other@example.com"))


def test_the_page_tells_how_far_it_is(person: User, client: StrictClient) -> None:
    export = request_export(user=person)[0]
    claimed = exports._claim(export.pk)
    assert claimed is not None
    exports._add_part(claimed, "accounts.identity", {"a": 1})
    sign_in(client, person)
    page = client.get(reverse("consent:export")).content.decode()
    assert f"{export.areas} 部分里，1 部分做好了" in page
    assert 'http-equiv="refresh"' in page


@pytest.mark.parametrize(
    ("state", "silent", "free"),
    [
        ("requested", None, True),
        ("running", CLAIM_SECONDS - 1, False),
        ("running", CLAIM_SECONDS, True),
        ("ready", None, False),
        ("failed", None, False),
        ("expired", None, False),
    ],
)
def test_when_it_may_be_worked_on(state: str, silent: int | None, free: bool) -> None:
    now = timezone.now()
    claimed = None if silent is None else now - timedelta(seconds=silent)
    assert may_claim(state=state, claimed_at=claimed, now=now) is free
