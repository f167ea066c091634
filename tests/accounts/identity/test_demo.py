from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import LazySettings, settings as project
from django.test import Client
from django.urls import reverse

from accounts.identity.models import AuditEvent
from tests.accounts.identity.test_outbox import write
from tests.make import make_user

pytestmark = pytest.mark.django_db
SIGN_IN = "/demo/sign-in/"


def test_one_click_signs_in_as_a_made_up_person(client: Client) -> None:
    user = make_user("moderator", email="mod@demo.example.com", display_name="赵审核")
    assert "赵审核" in client.get(SIGN_IN).content.decode()
    response = client.post(SIGN_IN, {"user": str(user.public_id)})
    assert response["Location"] == reverse("home")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert AuditEvent.objects.filter(action="identity.demo_signed_in").exists()


def test_a_role_finds_its_first_person(client: Client) -> None:
    user = make_user("employer", email="hr@demo.example.com")
    client.post(SIGN_IN, {"role": "employer"})
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize("next_page", ["https://evil.example/", "//evil.example/"])
def test_the_demo_leads_nowhere_else(client: Client, next_page: str) -> None:
    make_user("employer", email="hr@demo.example.com")
    response = client.post(SIGN_IN, {"role": "employer", "next": next_page})
    assert response["Location"] == reverse("home")


def test_nobody_real_can_be_entered(client: Client) -> None:
    user = make_user(email="real@example.com")
    assert client.post(SIGN_IN, {"user": str(user.public_id)}).status_code == 404
    assert client.post(SIGN_IN, {"role": "seeker"}).status_code == 404
    assert client.post(SIGN_IN, {"user": "nonsense"}).status_code == 404


@pytest.mark.parametrize("path", [SIGN_IN, "/demo/outbox/"])
def test_without_demo_mode_the_pages_are_gone(
    client: Client, settings: LazySettings, path: str
) -> None:
    settings.DEMO = False
    assert client.get(path).status_code == 404
    assert client.post(path).status_code in {404, 405}


def test_the_outbox_page_shows_codes(client: Client) -> None:
    write(body="你的验证码 246810")
    page = client.get("/demo/outbox/").content.decode()
    assert "246810" in page
    assert "li@example.com" in page


def production(**variables: str) -> subprocess.CompletedProcess[str]:
    """Start Django with the production settings and print whether the demo is there."""
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "config.settings.prod",
        "ASHORE_SECRET_KEY": "x" * 60,
        "ASHORE_CARE_KEYS": project.CARE_KEYS[0],
        "ASHORE_FIELD_KEYS": project.FIELD_KEYS[0],
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        "ASHORE_ALLOWED_HOSTS": "ashore.example",
        "ASHORE_MAIL_URL": "smtp://127.0.0.1",
        "ASHORE_SMS_URL": "https+json://token@sms.example/send",
    }
    code = (
        "import django; django.setup();"
        "from django.conf import settings; from django.urls import resolve, Resolver404\n"
        "assert settings.DEMO is False\n"
        "try: resolve('/demo/sign-in/')\n"
        "except Resolver404: print('absent')\n"
    )
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=project.BASE_DIR,
        env=environment | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_has_no_demo_pages() -> None:
    run = production()
    assert run.stdout.strip() == "absent", run.stderr


def test_production_refuses_to_start_with_the_demo_on() -> None:
    run = production(ASHORE_DEMO="1")
    assert run.returncode != 0
    assert "Unset ASHORE_DEMO" in run.stderr
