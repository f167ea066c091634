"""Every page and every route, asked by everybody who might."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.employers.models import Membership, Organization
from accounts.identity.models import User
from jobs.api.enums import Scope
from jobs.api.models import ApiKey
from jobs.api.rest.document import document, operations
from jobs.api.services.keys import revoke_key, rotate_key
from tests.access import check_access
from tests.cast import ROLES, Cast
from tests.jobs.api.make import WHOLE, Api, new_key, problem_of
from tests.jobs.applications.make import make_application
from tests.make import make_posting

pytestmark = pytest.mark.django_db
EVERYBODY = dict.fromkeys(ROLES, 200)
ADMINS = {"employer": 200, "other_employer": 200}
BODIES: dict[str, Any] = {
    "create_posting": WHOLE,
    "change_posting": {"headcount": 7},
    "shortlist_application": {"version": 1},
    "decline_application": {"version": 1, "reason": "position_filled"},
}
OPEN = {"index"}


# ---- Pages


@pytest.mark.parametrize("name", ["rest:docs", "rest:openapi"])
def test_anybody_reads_the_reference(cast: Cast, name: str) -> None:
    check_access(cast, reverse(name), EVERYBODY)


def test_anybody_reads_about_a_problem(cast: Cast) -> None:
    check_access(cast, reverse("rest:problem", args=["not-found"]), EVERYBODY)
    url = reverse("rest:problem", args=["no-such-problem"])
    check_access(cast, url, {"anonymous": 404})


def test_members_see_the_connections(cast: Cast) -> None:
    members = {"employer": 200, "colleague": 200, "other_employer": 200}
    check_access(cast, reverse("api:connections"), members)


def test_only_administrators_have_keys(cast: Cast) -> None:
    check_access(cast, reverse("api:keys"), ADMINS | {"colleague": 403})


@pytest.mark.parametrize("method", ["get", "post"])
def test_administrators_show_who_they_are_before_they_make_one(
    cast: Cast, method: str
) -> None:
    """302: to where the site asks for the password, or for a code, once more."""
    again = dict.fromkeys(ADMINS, 302)
    url = reverse("api:new_key")
    check_access(cast, url, again | {"colleague": 403}, method=method)
    assert not ApiKey.objects.exists()


@pytest.mark.parametrize("name", ["api:rotate_key", "api:revoke_key"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_administrators_of_the_same_organisation_change_a_key(
    cast: Cast, name: str, method: str
) -> None:
    key = new_key(cast.employer).key
    url = reverse(name, args=[key.public_id])
    # Before a key is shown the site asks once more who it is; ending one is free.
    done = 200 if (name, method) == ("api:revoke_key", "get") else 302
    data = {"old": "day"}
    expected = {"employer": done, "colleague": 403}
    check_access(cast, url, expected, method=method, data=data)


# ---- Routes


def routes() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, method, operation in operations(document()):
        yield path.removeprefix("/api/v1"), method, operation


ROUTES = [
    pytest.param(path, method, operation, id=operation["operationId"])
    for path, method, operation in routes()
]
GUARDED = [route for route in ROUTES if route.id not in OPEN]


class Rows:
    """One posting and one application, and how each route asks about them."""

    def __init__(self, cast: Cast, organization: Organization) -> None:
        self.posting = make_posting(organization, state="published")
        self.application = make_application(cast.seeker, self.posting)

    def ask(self, api: Api, path: str, method: str, operation: dict[str, Any]) -> Any:
        url = path.replace("{posting_id}", str(self.posting.public_id))
        url = url.replace("{application_id}", str(self.application.public_id))
        return send(api, url.replace("{name}", "shifts"), method, operation)


def send(api: Api, url: str, method: str, operation: dict[str, Any]) -> Any:
    if method == "get":
        return api.get(url)
    body = BODIES.get(operation["operationId"])
    return api.send(method, url, body, If_Match="*")


@pytest.fixture
def rows(cast: Cast) -> Rows:
    return Rows(cast, cast.organization)


@pytest.mark.parametrize(("path", "method", "operation"), GUARDED)
def test_without_a_key_that_works_nothing_opens(
    cast: Cast, rows: Rows, path: str, method: str, operation: dict[str, Any]
) -> None:
    tokens = {"none": "", "nonsense": "x", "unknown": f"ashore_abcdefgh_{'A' * 43}"}
    expired = new_key(cast.employer, name="到期的")
    ApiKey.objects.filter(pk=expired.key.pk).update(
        created_at=timezone.now() - timedelta(days=90),
        expires_at=timezone.now() - timedelta(seconds=1),
    )
    revoked = new_key(cast.employer, name="停掉的")
    revoke_key(key=revoked.key, actor=cast.employer)
    replaced = new_key(cast.employer, name="换掉的")
    rotate_key(key=replaced.key, actor=cast.employer, at_once=True)
    tokens |= {
        "expired": expired.token,
        "revoked": revoked.token,
        "replaced": replaced.token,
        "longer": expired.token + "A",
    }
    for what, token in tokens.items():
        response = rows.ask(Api(token), path, method, operation)
        assert (what, response.status_code) == (what, 401)
        assert problem_of(response) == "unauthenticated"
        assert response["WWW-Authenticate"].startswith('Bearer realm="Ashore API"')
        assert "RateLimit-Limit" not in response
    rows.application.refresh_from_db()
    rows.posting.refresh_from_db()
    assert (rows.application.state, rows.posting.state) == ("submitted", "published")


@pytest.mark.parametrize(("path", "method", "operation"), GUARDED)
def test_each_route_asks_for_its_own_scope(
    cast: Cast, rows: Rows, path: str, method: str, operation: dict[str, Any]
) -> None:
    scope = operation.get("x-scope")
    if scope is None:
        narrow = Api(new_key(cast.employer, Scope.VERIFICATION_READ).token)
        assert rows.ask(narrow, path, method, operation).status_code == 200
        return
    others = [one for one in Scope.values if one != scope]
    refused = rows.ask(
        Api(new_key(cast.employer, *others).token), path, method, operation
    )
    assert refused.status_code == 403
    assert problem_of(refused) == "missing-scope"
    assert refused.json()["scope"] == scope
    assert f'scope="{scope}"' in refused["WWW-Authenticate"]
    only = Api(new_key(cast.employer, scope, name="只有这项").token)
    assert rows.ask(only, path, method, operation).status_code not in {401, 403, 404}


WITH_ID = [route for route in GUARDED if "_id}" in str(route.values[0])]


@pytest.mark.parametrize(("path", "method", "operation"), WITH_ID)
def test_what_is_somebody_elses_looks_like_nothing(
    cast: Cast, rows: Rows, path: str, method: str, operation: dict[str, Any]
) -> None:
    """Byte for byte, whatever is asked about it."""
    other = Api(new_key(cast.other_employer).token)
    theirs = rows.ask(other, path, method, operation)
    nothing = path.partition("{")[0] + str(uuid4()) + path.partition("}")[2]
    absent = send(other, nothing, method, operation)
    assert theirs.status_code == absent.status_code == 404
    assert theirs.content == absent.content
    told = ("Content-Type", "Cache-Control", "Vary", "Content-Language")
    assert [theirs[name] for name in told] == [absent[name] for name in told]
    assert theirs.headers.keys() == absent.headers.keys()
    rows.application.refresh_from_db()
    assert rows.application.state == "submitted"


@pytest.mark.parametrize("path", ["/postings", "/applications"])
def test_lists_hold_the_own_organisation_only(
    cast: Cast, rows: Rows, path: str
) -> None:
    other = Api(new_key(cast.other_employer).token)
    assert other.get(path).json() == {"data": [], "next_cursor": None}
    mine = Api(new_key(cast.employer).token)
    assert len(mine.get(path).json()["data"]) == 1


def without_a_job(cast: Cast, user: User) -> None:
    Membership.objects.filter(user=user).update(is_active=False)


def no_longer_admin(cast: Cast, user: User) -> None:
    Membership.objects.filter(user=user).update(role="recruiter")


def about_to_leave(cast: Cast, user: User) -> None:
    User.objects.filter(pk=user.pk).update(leaving_at=timezone.now())


def locked_out(cast: Cast, user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


@pytest.mark.parametrize(
    "change", [without_a_job, no_longer_admin, about_to_leave, locked_out]
)
def test_a_key_rests_with_whoever_made_it(cast: Cast, change: Any) -> None:
    Membership.objects.filter(user=cast.colleague).update(role="admin")
    api = Api(new_key(cast.employer).token)
    assert api.get("/organisation").status_code == 200
    change(cast, cast.employer)
    assert api.get("/organisation").status_code == 401


def test_every_route_is_asked_here() -> None:
    """A new one with a body has to be put down above."""
    with_body = {
        operation["operationId"]
        for _path, _method, operation in routes()
        if operation.get("requestBody", {}).get("required")
    }
    assert with_body == set(BODIES)
