from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from accounts.identity.models import Heartbeat
from config import health
from config.celery import app


def beat(*, seconds_ago: int) -> None:
    at = timezone.now() - timedelta(seconds=seconds_ago)
    Heartbeat.objects.create(name="worker", at=at)


def test_healthz_answers_without_a_database(client: Client) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"alive": True}


@pytest.mark.django_db(transaction=True)
def test_ready_when_every_part_answers(client: Client) -> None:
    beat(seconds_ago=5)
    response = client.get("/readyz")
    assert response.json()["worker"] == {"ok": True, "seconds_ago": 5}
    assert response.status_code == 200
    assert response.json()["ready"] is True


@pytest.mark.django_db
@pytest.mark.parametrize("seconds_ago", [61, 3600])
def test_not_ready_after_a_minute_without_a_worker(
    client: Client, seconds_ago: int
) -> None:
    beat(seconds_ago=seconds_ago)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["worker"]["ok"] is False


@pytest.mark.django_db
def test_not_ready_before_the_first_heartbeat(client: Client) -> None:
    assert client.get("/readyz").status_code == 503


@pytest.mark.django_db
def test_a_lost_broker_is_named_without_its_address(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        app.conf, "broker_write_url", "amqp://someone:secret@127.0.0.1:1//"
    )
    beat(seconds_ago=5)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["broker"] == {"ok": False}
    assert b"secret" not in response.content


@pytest.mark.django_db
def test_a_lost_database_is_named_without_its_words(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> dict[str, object]:
        raise OperationalError("connection to server at 10.0.0.1 failed")

    monkeypatch.setattr(health, "ask_database", fail)
    response = client.get("/readyz")
    assert response.json()["database"] == {"ok": False}
    assert b"10.0.0.1" not in response.content


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_only_asks(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
