"""Pages about people in a real browser: accessible, and no wider than the phone."""

from __future__ import annotations

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext
from pytest_django.live_server_helper import LiveServer

from accounts.employers.enums import MemberRole
from accounts.employers.models import Organization
from accounts.employers.services.invitations import invite_member
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from tests.browser import chromium, is_too_wide, new_person, violations
from tests.make import (
    make_counselor,
    make_member,
    make_organization,
    make_user,
    sign_in,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OPEN = (
    "/help/",
    "/help/?region=taiwan",
    "/counselors/",
    "/account/login/",
    "/account/signup/",
    "/account/login/code/",
    "/account/password/reset/",
    "/demo/sign-in/",
    "/demo/outbox/",
)
OWN = (
    "/account/",
    "/account/trail/",
    "/account/email/",
    "/account/phone/change/",
    "/account/password/change/",
    "/account/2fa/",
    "/account/sessions/",
    "/account/logout/",
)
EMPLOYER = (
    "/organization/",
    "/organization/edit/",
    "/organization/members/",
    "/organization/leave/",
)
WAYS = [(360, "zh-hans", "light"), (360, "en", "dark"), (1280, "zh-hant", "light")]


def session_of(user: User | None) -> str:
    """Made before the browser runs: its driver forbids the database in this thread."""
    if user is None:
        return ""
    client = Client()
    sign_in(client, user)
    return client.cookies["sessionid"].value


def look(
    context: BrowserContext, url: str, session: str, theme: str, paths: tuple[str, ...]
) -> list[tuple[str, ...]]:
    """What is wrong with these pages for somebody with this session."""
    cookies = {"theme": theme} | ({"sessionid": session} if session else {})
    for name, value in cookies.items():
        context.add_cookies([{"name": name, "value": value, "url": url}])
    page = context.new_page()
    problems: list[tuple[str, ...]] = []
    page.on("console", lambda said: problems.append(("console", said.text)))
    for path in paths:
        page.goto(path)
        problems += [(path, *found) for found in violations(page)]
        width = page.viewport_size["width"] if page.viewport_size else 0
        if is_too_wide(page, width):
            problems.append((path, "too wide"))
    return problems


def organization_with_people() -> tuple[Organization, User]:
    organization = make_organization(verified=False, about="客户服务，只接听。")
    admin = make_member(organization, email="hr@demo.example.com", role="admin")
    make_member(organization, email="li@demo.example.com")
    invite_member(
        organization=organization,
        actor=admin,
        email="new@example.com",
        role=MemberRole.ADMIN,
    )
    record_event(action="identity.signed_in", actor=admin, about=admin)
    return organization, admin


@pytest.mark.parametrize(("width", "language", "theme"), WAYS)
def test_pages_are_accessible(
    live_server: LiveServer, width: int, language: str, theme: str
) -> None:
    organization, admin = organization_with_people()
    Organization.objects.update(
        verification="submitted", submitted_at="2026-11-20T00:00Z"
    )
    counselor = make_counselor(credential="职业指导师", languages=["mandarin"]).user
    moderator = make_user("moderator", email="mod@demo.example.com")
    check = f"/organization/verifications/{organization.public_id}/"
    visits: list[tuple[User | None, tuple[str, ...]]] = [
        (None, OPEN),
        (admin, OWN + EMPLOYER),
        (counselor, ("/counselors/mine/", "/counselors/mine/edit/")),
        (moderator, ("/organization/verifications/", check)),
        (make_user("employer", email="fresh@example.com"), ("/organization/new/",)),
    ]
    sessions = [(session_of(user), paths) for user, paths in visits]
    problems = []
    with chromium() as browser:
        for session, paths in sessions:
            context = new_person(
                browser, live_server.url, width=width, language=language
            )
            problems += look(context, live_server.url, session, theme, paths)
    assert problems == []
