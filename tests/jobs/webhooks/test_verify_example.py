"""The snippet that is handed to receivers, against what is really sent."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings

from jobs.webhooks.rules import signing

BODY = '{"type":"test","data":{"state":"已暂停"}}'
ID, AT = "evt_0123", 1_790_000_000


def load() -> ModuleType:
    path = Path(settings.BASE_DIR) / "docs" / "examples" / "verify_webhook.py"
    spec = importlib.util.spec_from_file_location("verify_webhook", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


example = load()
OLD, NEW = signing.new_secret(), signing.new_secret()


def signed(*known: str, message_id: str = ID, at: int = AT) -> dict[str, str]:
    return signing.headers(known, message_id=message_id, timestamp=at, body=BODY)


def verified(
    headers: dict[str, str], *known: str, body: str = BODY, now: float = AT
) -> str:
    return str(example.verify(known, headers, body.encode(), now=now))


def test_what_we_send_is_genuine() -> None:
    assert verified(signed(NEW), NEW) == ID
    titled = {name.title(): value for name, value in signed(NEW).items()}
    assert verified(titled, NEW) == ID


def test_the_scheme_is_that_of_the_standard() -> None:
    """A known answer, worked out by hand from the standard's example."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    given = signing.signature(
        secret,
        message_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        timestamp=1614265330,
        body='{"test": 2432232314}',
    )
    assert given == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize(
    ("change", "more"),
    [
        ({"webhook-signature": "v1," + "A" * 43 + "="}, {}),
        ({"webhook-signature": ""}, {}),
        ({"webhook-signature": "v1,é"}, {}),
        ({"webhook-id": "evt_0124"}, {}),
        ({"webhook-timestamp": str(AT + 1)}, {}),
        ({"webhook-timestamp": "soon"}, {}),
        ({}, {"body": BODY.replace("test", "text")}),
        ({}, {"body": BODY + " "}),
        ({}, {"now": AT + 301}),
        ({}, {"now": AT - 301}),
    ],
)
def test_forged_old_or_changed_notices_are_refused(
    change: dict[str, str], more: dict[str, object]
) -> None:
    with pytest.raises(example.NotFromAshore):
        verified(signed(NEW) | change, NEW, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name", ["webhook-id", "webhook-timestamp", "webhook-signature"]
)
def test_a_missing_header_is_refused(name: str) -> None:
    headers = signed(NEW)
    del headers[name]
    with pytest.raises(example.NotFromAshore):
        verified(headers, NEW)


def test_another_secret_is_refused() -> None:
    with pytest.raises(example.NotFromAshore):
        verified(signed(NEW), OLD)


def test_while_secrets_change_either_side_may_be_first() -> None:
    both = signed(NEW, OLD)
    assert verified(both, OLD) == ID
    assert verified(both, NEW) == ID
    assert verified(signed(NEW), OLD, NEW) == ID


def test_within_five_minutes_is_fresh_enough() -> None:
    assert verified(signed(NEW), NEW, now=AT + 299) == ID
    assert verified(signed(NEW), NEW, now=AT - 299) == ID


def test_secrets_are_long_and_never_the_same() -> None:
    assert len({signing.new_secret() for _ in range(50)}) == 50
    assert len(NEW) > 45
