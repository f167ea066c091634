from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.identity.models import AuditEvent
from jobs.webhooks.enums import CHOSEN
from jobs.webhooks.models import Attempt, Delivery, Endpoint
from jobs.webhooks.services.deliveries import claim, deliver_due, settle
from jobs.webhooks.services.sending import Outcome
from tests.cast import Cast
from tests.client import StrictClient
from tests.jobs.webhooks.make import (
    ALL,
    FakeReceiver,
    fresh_client,
    happen,
    make_endpoint,
    public_names as public_names,
)

pytestmark = pytest.mark.django_db
ADDRESS = "https://hr.example.com/ashore"
SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]{40,}")
NEW = "/connections/webhooks/new/"


@pytest.fixture
def client(cast: Cast) -> StrictClient:
    return fresh_client(cast.employer)


@pytest.fixture
def endpoint(cast: Cast) -> Endpoint:
    return make_endpoint(cast.organization, cast.employer)


def at(name: str, of: Endpoint | Delivery) -> str:
    return reverse(f"webhooks:{name}", args=[of.public_id])


@pytest.mark.usefixtures("public_names")
def test_the_secret_is_shown_once(client: StrictClient) -> None:
    assert len(re.findall(r"checked", client.get(NEW).content.decode())) == len(CHOSEN)
    wanted = ["posting.paused", "application.received"]
    response = client.post(NEW, {"url": f" {ADDRESS}#x ", "events": wanted})
    endpoint = Endpoint.objects.get()
    assert (endpoint.url, endpoint.events) == (ADDRESS, wanted)
    assert SECRET.findall(response.content.decode()) == [endpoint.secret]
    assert "no-store" in response["Cache-Control"]
    for name in ("endpoint", "edit", "secret", "delete"):
        page = client.get(at(name, endpoint)).content.decode()
        assert "whsec_" not in page
    assert AuditEvent.objects.filter(action="webhooks.added").exists()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "这里要填"),
        ("hr.example.com", "完整的地址"),
        ("http://hr.example.com/", "https://"),
        ("https://10.0.0.1/", "公网"),
        ("https://a:b@hr.example.com/", "密码"),
        ("https://nobody.example.com/", "找不到"),
        ("https://inside.example.com/", "公网"),
    ],
)
def test_a_wrong_address_is_answered_and_kept(
    client: StrictClient, public_names: dict[str, list[str]], url: str, said: str
) -> None:
    public_names["inside.example.com"] = ["192.168.3.4"]
    response = client.post(NEW, {"url": url, "events": ["posting.filled"]})
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert f'value="{url}"' in page or not url
    assert page.count("checked") == 1
    assert not Endpoint.objects.exists()


@pytest.mark.usefixtures("public_names")
def test_at_least_one_kind_is_ticked(client: StrictClient) -> None:
    for events in ([], ["test"], ["anything"]):
        response = client.post(NEW, {"url": ADDRESS, "events": events})
        assert response.status_code == 422
        assert ADDRESS in response.content.decode()


@pytest.mark.usefixtures("public_names")
def test_no_address_twice_and_five_at_most(cast: Cast, client: StrictClient) -> None:
    make_endpoint(cast.organization, url=ADDRESS)
    told = {"url": ADDRESS, "events": ALL}
    assert "已经在列表里" in client.post(NEW, told).content.decode()
    for number in range(4):
        make_endpoint(cast.organization, url=f"{ADDRESS}/{number}")
    page = client.post(NEW, told | {"url": f"{ADDRESS}/5"}).content.decode()
    assert "最多五个" in page
    assert Endpoint.objects.count() == 5
    assert NEW not in client.get(reverse("webhooks:list")).content.decode()


@pytest.mark.usefixtures("public_names")
def test_changing_keeps_the_secret(client: StrictClient, endpoint: Endpoint) -> None:
    told = {"url": f"{ADDRESS}/new", "events": ["posting.filled"]}
    assert client.post(at("edit", endpoint), told).status_code == 302
    secret = endpoint.secret
    endpoint.refresh_from_db()
    assert (endpoint.url, endpoint.events) == (told["url"], ["posting.filled"])
    assert endpoint.secret == secret


def test_a_new_secret_is_made_once_a_page(
    client: StrictClient, endpoint: Endpoint
) -> None:
    before = endpoint.secret
    response = client.post(at("secret", endpoint), {"version": "1"})
    endpoint.refresh_from_db()
    assert SECRET.findall(response.content.decode()) == [endpoint.secret]
    assert endpoint.old_secret == before
    # Loading that page again sends the same form: nothing is made anew.
    assert client.post(at("secret", endpoint), {"version": "1"}).status_code == 302
    assert client.post(at("secret", endpoint), {"version": "x"}).status_code == 302
    endpoint.refresh_from_db()
    assert endpoint.secret_version == 2
    assert "旧密钥" in client.get(at("endpoint", endpoint)).content.decode()


def test_a_test_notice_from_button_to_log(
    client: StrictClient, endpoint: Endpoint
) -> None:
    response = client.post(at("test", endpoint))
    way = Delivery.objects.get()
    assert response["Location"] == at("delivery", way)
    waiting = client.get(at("delivery", way)).content.decode()
    assert "hx-get" in waiting
    receiver = FakeReceiver(answers=[Outcome(500, "status", "坏了 <b>", "", 12)])
    deliver_due(now=lambda: datetime.now(UTC), sender=receiver)
    failed = client.get(at("delivery", way)).content.decode()
    assert "坏了 &lt;b&gt;" in failed
    assert "hx-get" not in failed
    Delivery.objects.update(due_at=datetime.now(UTC))
    Endpoint.objects.update(rests_until=None)
    deliver_due(now=lambda: datetime.now(UTC), sender=receiver)
    arrived = client.get(at("delivery", way)).content.decode()
    assert "已送达" in arrived
    assert '"type": "test"'.replace('"', "&quot;") in arrived
    log = client.get(at("endpoint", endpoint)).content.decode()
    assert "204" in log


def test_tests_are_not_for_bothering_somebody(
    client: StrictClient, endpoint: Endpoint
) -> None:
    for _ in range(25):
        client.post(at("test", endpoint))
    assert Delivery.objects.count() == 20


def test_pause_resume_and_delete(client: StrictClient, endpoint: Endpoint) -> None:
    client.post(at("pause", endpoint))
    assert "已暂停" in client.get(at("endpoint", endpoint)).content.decode()
    said = client.post(at("test", endpoint), follow=True).content.decode()
    assert "先" in said
    assert not Delivery.objects.exists()
    client.post(at("resume", endpoint))
    client.post(at("resume", endpoint))
    endpoint.refresh_from_db()
    assert endpoint.state == "active"
    assert AuditEvent.objects.filter(action="webhooks.resumed").count() == 1
    assert client.get(at("delete", endpoint)).status_code == 200
    assert Endpoint.objects.exists()
    client.post(at("delete", endpoint))
    assert not Endpoint.objects.exists()


def test_what_was_given_up_is_sent_again(
    cast: Cast, client: StrictClient, endpoint: Endpoint
) -> None:
    moment = datetime.now(UTC)
    for _ in range(3):
        happen(cast.organization, at=moment)
    for way in claim(now=moment):
        gone = Outcome(status=410, problem="gone")
        settle(delivery=way, outcome=gone, now=moment)
    page = client.get(at("endpoint", endpoint)).content.decode()
    assert at("send_all_again", endpoint) in page
    assert at("resume", endpoint) in page
    first = Delivery.objects.earliest("pk")
    client.post(at("send_again", first))
    assert Delivery.objects.filter(state="dead").count() == 2
    client.post(at("send_all_again", endpoint))
    assert Delivery.objects.filter(state="pending").count() == 3
    assert Attempt.objects.count() == 3


def test_the_log_is_filtered_and_paged(
    cast: Cast, client: StrictClient, endpoint: Endpoint
) -> None:
    moment = datetime.now(UTC)
    for number in range(45):
        happen(cast.organization, at=moment + timedelta(seconds=number))
    Delivery.objects.filter(pk__in=Delivery.objects.values("pk")[:3]).update(
        state="dead"
    )
    url, row = at("endpoint", endpoint), 'class="strong"'
    pages, query = 0, ""
    while True:
        page = client.get(url + query).content.decode()
        pages += page.count(row)
        older = re.search(r'href="(\?after=[^"]+)"', page)
        if older is None:
            break
        query = older[1].replace("&amp;", "&")
    assert pages == 45
    assert client.get(f"{url}?state=dead").content.decode().count(row) == 3
    assert client.get(f"{url}?kind=test").content.decode().count(row) == 0
    assert client.get(f"{url}?state=x&kind=y").content.decode().count(row) == 20


def test_an_empty_list_says_what_this_is(client: StrictClient) -> None:
    page = client.get(reverse("webhooks:list")).content.decode()
    assert NEW in page
    assert "webhook-signature" in page


def test_the_list_costs_the_same_for_one_and_five(
    cast: Cast, client: StrictClient
) -> None:
    counts = []
    for _ in range(5):
        make_endpoint(cast.organization)
        happen(cast.organization, at=datetime.now(UTC))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("webhooks:list"))
        counts.append(len(queries))
    assert len(set(counts)) == 1
