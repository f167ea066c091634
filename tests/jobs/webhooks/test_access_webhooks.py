from __future__ import annotations

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.urls import reverse

from jobs.webhooks.models import Delivery, Endpoint
from tests.access import check_access
from tests.cast import Cast
from tests.client import StrictClient
from tests.jobs.webhooks.make import happen, make_endpoint
from tests.make import make_organization, make_user, sign_in

TOKEN = re.compile(r"[A-Za-z0-9]{64}")
pytestmark = pytest.mark.django_db
# Administrators only; colleagues of an organisation are told that they may not.
ADMINS = {"employer": 200, "other_employer": 200, "colleague": 403}
MINE = {"employer": 200, "colleague": 403}


@pytest.fixture
def endpoint(cast: Cast) -> Endpoint:
    return make_endpoint(cast.organization, cast.employer)


@pytest.fixture
def way(cast: Cast, endpoint: Endpoint) -> Delivery:
    happen(cast.organization, at=datetime.now(UTC))
    return Delivery.objects.get()


def test_the_list_is_for_administrators(cast: Cast) -> None:
    check_access(cast, reverse("webhooks:list"), ADMINS)


def test_adding_asks_who_it_is_once_more(cast: Cast) -> None:
    afresh = ADMINS | {"employer": 302, "other_employer": 302}
    check_access(cast, reverse("webhooks:new"), afresh)
    check_access(cast, reverse("webhooks:new"), afresh, method="post")
    assert not Endpoint.objects.exists()


@pytest.mark.parametrize("name", ["webhooks:endpoint", "webhooks:delete"])
def test_an_address_is_its_organisations(
    cast: Cast, endpoint: Endpoint, name: str
) -> None:
    check_access(cast, reverse(name, args=[endpoint.public_id]), MINE)


@pytest.mark.parametrize("name", ["webhooks:edit", "webhooks:secret"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_leads_to_secrets_asks_once_more(
    cast: Cast, endpoint: Endpoint, name: str, method: str
) -> None:
    url = reverse(name, args=[endpoint.public_id])
    check_access(cast, url, MINE | {"employer": 302}, method=method)
    before = endpoint.secret
    endpoint.refresh_from_db()
    assert endpoint.secret == before


@pytest.mark.parametrize(
    "name",
    [
        "webhooks:test",
        "webhooks:pause",
        "webhooks:resume",
        "webhooks:delete",
        "webhooks:send_all_again",
    ],
)
def test_only_its_administrators_change_it(
    cast: Cast, endpoint: Endpoint, name: str
) -> None:
    url = reverse(name, args=[endpoint.public_id])
    check_access(cast, url, {"employer": 302, "colleague": 403}, method="post")
    assert Endpoint.objects.exists() == (name != "webhooks:delete")


def test_a_notice_is_its_organisations(cast: Cast, way: Delivery) -> None:
    check_access(cast, reverse("webhooks:delivery", args=[way.public_id]), MINE)
    url = reverse("webhooks:send_again", args=[way.public_id])
    check_access(cast, url, {"employer": 302, "colleague": 403}, method="post")


@pytest.mark.parametrize("name", ["webhooks:endpoint", "webhooks:delivery"])
def test_anothers_id_is_answered_as_one_that_is_not_there(
    cast: Cast, way: Delivery, name: str
) -> None:
    client = StrictClient()
    sign_in(client, cast.other_employer)
    theirs = way.public_id if name.endswith("delivery") else way.endpoint.public_id
    pages = []
    for key in (theirs, uuid4()):
        response = client.get(reverse(name, args=[key]))
        assert response.status_code == 404
        page = response.content.decode().replace(str(key), "<id>")
        pages.append(TOKEN.sub("", page))
    assert pages[0] == pages[1]


def test_whoever_has_no_organisation_has_no_list(cast: Cast) -> None:
    make_organization(uscc="91000000MA1A003003", display_name="空单位")
    client = StrictClient()
    sign_in(client, make_user("employer", email="alone@example.com"))
    assert client.get(reverse("webhooks:list")).status_code == 404
