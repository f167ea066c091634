from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
import yaml
from django.conf import settings

from config import broker
from config.env import PROJECT_DIR
from config.evidence import s3_is_installed

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.prod",
    "DATABASE_URL": "postgres://ashore:secret@db.example.com/ashore",
    "CELERY_BROKER_URL": "amqp://ashore:secret@mq.example.com//",
    "ASHORE_SECRET_KEY": "p" * 30 + "0123456789" * 3,
    "ASHORE_CARE_KEYS": "Y2FyZS1rZXlzLWZvci1hLWxhcHRvcC0tLS0tLS0tLS0=",
    "ASHORE_FIELD_KEYS": "bm90LWEtc2VjcmV0LWp1c3QtZm9yLWEtbGFwdG9wISE=",
    "ASHORE_ALLOWED_HOSTS": "ashore.example.com",
    "ASHORE_SITE_URL": "https://ashore.example.com",
    "ASHORE_MAIL_URL": "smtps://ashore:secret@mail.example.com",
    "ASHORE_SMS_URL": "https+json://secret@sms.example.com/send",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py with production settings; an empty value unsets a variable."""
    known = {name: value for name, value in os.environ.items() if "ASHORE" not in name}
    given = {name: value for name, value in environment.items() if value}
    missing = environment.keys() - given.keys()
    complete = known | PRODUCTION | given
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=PROJECT_DIR,
        env={name: text for name, text in complete.items() if name not in missing},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_passes_djangos_own_checks() -> None:
    result = manage("check", "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("ASHORE_DEMO", "1", "Unset ASHORE_DEMO"),
        ("ASHORE_DEBUG", "1", "Unset ASHORE_DEBUG"),
        ("ASHORE_SECRET_KEY", "short", "Set ASHORE_SECRET_KEY"),
        ("ASHORE_SECRET_KEY", "", "Set the environment variable ASHORE_SECRET_KEY"),
        ("ASHORE_FIELD_KEYS", "", "Set ASHORE_FIELD_KEYS"),
        ("ASHORE_CARE_KEYS", "", "Set ASHORE_CARE_KEYS"),
        ("DATABASE_URL", "", "Set DATABASE_URL"),
        ("ASHORE_ALLOWED_HOSTS", "", "Set ASHORE_ALLOWED_HOSTS"),
        ("ASHORE_MAIL_URL", "", "Set ASHORE_MAIL_URL"),
        ("ASHORE_SMS_URL", "", "Set ASHORE_SMS_URL"),
        ("ASHORE_EVIDENCE_URL", "s3://h", "ASHORE_EVIDENCE_URL must look like"),
    ],
)
def test_production_refuses_unsafe_settings(
    name: str, value: str, sentence: str
) -> None:
    result = manage("check", **{name: value})
    assert result.returncode == 1
    assert result.stderr.startswith(sentence)
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.skipif(s3_is_installed(), reason="the extra s3 is here")
def test_a_bucket_needs_its_library() -> None:
    result = manage(
        "check", ASHORE_EVIDENCE_URL="s3://key:secret@s3.example.com/papers"
    )
    assert result.returncode == 1
    assert result.stderr.startswith("Install django-storages[s3]")


def test_the_demo_has_no_address_in_production() -> None:
    result = manage("shell", "-c", "from django.urls import reverse; reverse('demo:x')")
    assert "'demo' is not a registered namespace" in result.stderr


def test_tests_never_reach_a_broker() -> None:
    assert settings.CELERY_BROKER_URL == "memory://"


@pytest.mark.parametrize(
    ("database", "url"),
    [
        (
            {"NAME": "ashore", "USER": "postgres", "HOST": "/run/a b"},
            "sqla+postgresql+psycopg://postgres@/ashore?host=/run/a%20b",
        ),
        (
            {
                "NAME": "x",
                "USER": "me",
                "PASSWORD": "p@/:?",
                "HOST": "db",
                "PORT": 6432,
            },
            "sqla+postgresql+psycopg://me:p%40%2F%3A%3F@db:6432/x",
        ),
    ],
)
def test_the_broker_lives_in_the_same_database(
    database: dict[str, object], url: str
) -> None:
    assert broker.broker_url(database) == url


@pytest.mark.parametrize(
    ("url", "queue", "ahead"),
    [
        ("amqps://mq.example.com//", "quorum", 1),
        ("redis://cache.example.com/0", "classic", 1),
        ("sqla+postgresql+psycopg://me@/x", "classic", 4),
    ],
)
def test_each_broker_gets_what_suits_it(url: str, queue: str, ahead: int) -> None:
    assert broker.queue_type(url) == queue
    assert broker.prefetch(url) == ahead


READ = re.compile(r"env_\w+\(\s*\"([A-Z_]+)\"")


def variables_read() -> set[str]:
    sources = (PROJECT_DIR / "config").rglob("*.py")
    return {name for source in sources for name in READ.findall(source.read_text())}


def test_the_runbook_explains_every_variable() -> None:
    explained = (PROJECT_DIR / "docs/runbook.md").read_text()
    assert not {name for name in variables_read() if f"| `{name}` |" not in explained}


def test_compose_sets_only_what_is_read() -> None:
    compose = yaml.safe_load((PROJECT_DIR / "compose.yaml").read_text())
    given = compose["services"]["web"]["environment"]
    assert given.keys() <= variables_read()
    assert {"web", "worker", "beat", "postgres", "rabbitmq", "nginx"} <= compose[
        "services"
    ].keys()
