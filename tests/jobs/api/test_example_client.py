"""The example in docs/ against a live server, over a real socket."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest
from django.conf import settings
from pytest_django.live_server_helper import LiveServer

from jobs.api.rules import rates
from jobs.postings.models import Posting
from tests.jobs.api.make import WHOLE, new_key
from tests.jobs.applications.make import make_application
from tests.make import make_member, make_organization, make_posting, make_seeker

pytestmark = pytest.mark.django_db(transaction=True)
FILE = Path(settings.BASE_DIR) / "docs" / "examples" / "client.py"


@pytest.fixture(scope="module")
def example() -> ModuleType:
    spec = importlib.util.spec_from_file_location("ashore_client", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["ashore_client"] = module
    spec.loader.exec_module(module)
    return module


class Losing(httpx.BaseTransport):
    """A line that breaks after the server has done what was asked, once in two."""

    def __init__(self) -> None:
        self.inner = httpx.HTTPTransport()
        self.sent = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.sent += 1
        response = self.inner.handle_request(request)
        response.read()
        if self.sent % 2:
            response.close()
            raise httpx.ReadError("the line broke")
        return response

    def close(self) -> None:
        self.inner.close()


def test_the_example_pages_repeats_and_changes(
    live_server: LiveServer, example: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    organization = make_organization()
    token = new_key(make_member(organization, role="admin")).token
    for _ in range(4):
        make_posting(organization)
    make_application(make_seeker(), Posting.objects.order_by("pk")[0])
    waited: list[float] = []
    line = Losing()
    client = example.Ashore(live_server.url, token, sleep=waited.append, transport=line)

    made = client.post("/postings", WHOLE)
    assert Posting.objects.count() == 5, "sent twice, done once"
    assert len(waited) == 1
    assert line.sent == 2
    rows = list(client.each("/postings", limit=2))
    assert len({row["id"] for row in rows}) == 5
    changed = client.change(
        f"/postings/{made['id']}", lambda old: {"headcount": old["headcount"] + 1}
    )
    assert changed["headcount"] == WHOLE["headcount"] + 1
    with pytest.raises(example.Refused) as refused:
        client.post(f"/postings/{made['id']}/resume")
    assert refused.value.kind == "step-refused"
    client.http.close()

    example.main(live_server.url, token)
    assert "青禾消费金融" in capsys.readouterr().out


def test_the_example_waits_when_it_was_too_fast(
    live_server: LiveServer, example: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    organization = make_organization()
    token = new_key(make_member(organization, role="admin")).token
    monkeypatch.setitem(rates.LIMITS, "read", 1)
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        monkeypatch.setitem(rates.LIMITS, "read", 100)

    client: Any = example.Ashore(live_server.url, token, sleep=sleep)
    client.get("/organisation")
    assert client.get("/organisation")["name"] == "青禾消费金融"
    client.http.close()
    # A minute may have begun anew between the two.
    assert len(waited) <= 1
    assert all(1 <= seconds <= 60 for seconds in waited)
