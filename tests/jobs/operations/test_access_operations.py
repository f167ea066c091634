"""The console is the operators': for everybody else it is not there."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from jobs.operations.admin import LISTED
from tests.access import check_access
from tests.cast import ROLES, Cast
from tests.jobs.operations.make import TASK, make_message
from tests.make import make_user, sign_in

OPERATOR = {"operator": 200}
PAGES = (
    "operations:overview",
    "operations:organizations",
    "operations:outbox",
    "operations:tasks",
    "operations:retention",
    "operations:switches",
    "operations:announcement",
    "operations:trail",
    "operations:figures",
    "operations:figures_csv",
)


@pytest.mark.parametrize("name", PAGES)
def test_pages(cast: Cast, name: str) -> None:
    check_access(cast, reverse(name), OPERATOR)


def test_one_organization(cast: Cast) -> None:
    url = reverse("operations:organization", args=[cast.organization.public_id])
    check_access(cast, url, OPERATOR)


def test_one_message(cast: Cast) -> None:
    url = reverse("operations:message", args=[make_message().public_id])
    check_access(cast, url, OPERATOR)


@pytest.mark.parametrize("name", ["operations:retry", "operations:discard"])
def test_acts_on_a_message(cast: Cast, name: str) -> None:
    url = reverse(name, args=[make_message().public_id])
    done = {"operator": 302}
    check_access(cast, url, done, method="post", data={"reason": "已修好"})


def test_sending_all_failed_once_more(cast: Cast) -> None:
    url = reverse("operations:retry_all")
    data = {"reason": "已修好"}
    check_access(cast, url, {"operator": 302}, method="post", data=data)


def test_one_task(cast: Cast) -> None:
    url = reverse("operations:task", args=[TASK])
    check_access(cast, url, OPERATOR)
    check_access(cast, url, {"operator": 302}, method="post")


def test_one_switch(cast: Cast) -> None:
    url = reverse("operations:switch", args=["registration"])
    check_access(cast, url, OPERATOR)
    data = {"version": "0", "state": "off", "note": "维护"}
    check_access(cast, url, {"operator": 302}, method="post", data=data)


@pytest.mark.parametrize(
    "path", ["tasks/jobs.nothing.here/", "tasks/config.x/", "switches/nothing/"]
)
def test_what_is_not_there(cast: Cast, path: str) -> None:
    check_access(cast, f"/operations/{path}", {})


def answers(cast: Cast, path: str) -> dict[str, int]:
    """Not the strict client: the admin's own markup holds styles."""
    got = {}
    for role in ROLES:
        client = Client()
        sign_in(client, cast.user(role))
        got[role] = client.get(path).status_code
    return got


def test_tables_of_the_admin(cast: Cast) -> None:
    """Everybody at every table: one sign-in each."""
    wanted = {role: {404} for role in ROLES}
    wanted |= {"anonymous": {302}, "operator": {200}}
    urls = [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in LISTED
    ]
    got = {}
    for role in ROLES:
        client = Client()
        sign_in(client, cast.user(role))
        got[role] = {client.get(url).status_code for url in urls}
    assert got == wanted


@pytest.mark.parametrize(
    ("name", "operator"),
    [
        ("admin:index", 200),
        ("admin:jsi18n", 200),
        ("admin:search", 200),
        # Signing in and out, and passwords, are the site's own.
        ("admin:login", 404),
        ("admin:logout", 302),
        ("admin:password_change", 302),
    ],
)
def test_pages_of_the_admin(cast: Cast, name: str, operator: int) -> None:
    wanted = dict.fromkeys(ROLES, 404) | {"anonymous": 302, "operator": operator}
    assert answers(cast, reverse(name)) == wanted


@pytest.mark.parametrize("path", ["/operations/", "/operations/admin/"])
def test_without_a_second_step_nobody_comes_in(db: None, path: str) -> None:
    user = make_user("operator", email="new.operator@example.com")
    user_steps = user._meta.apps.get_model("mfa.Authenticator")
    user_steps.objects.filter(user=user).delete()
    client = Client()
    sign_in(client, user)
    response = client.get(path)
    assert response.status_code == 302
    assert response["Location"] == reverse("mfa_index")
