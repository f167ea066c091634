from __future__ import annotations

import ipaddress
import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import example, given, strategies as st

from accounts.lib.addresses import is_public
from accounts.lib.workflow import Workflow
from jobs.applications.rules.workflow import APPLICATION
from jobs.postings.rules.workflow import POSTING
from jobs.webhooks.enums import CHOSEN, DeliveryState, EndpointState, EventType
from jobs.webhooks.rules.addresses import (
    AddressRefused,
    first_public,
    target_of,
    tidy,
)
from jobs.webhooks.rules.payloads import (
    body_of,
    excerpt_of,
    of_application_step,
    of_posting_step,
)
from jobs.webhooks.rules.retries import (
    LONGEST_WAIT,
    MOST_ATTEMPTS,
    asked_to_wait,
    gives_up,
    is_time_to_turn_off,
    rest_after,
    wait_after,
)
from jobs.webhooks.rules.workflow import DELIVERY, ENDPOINT

NOW = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("hr.example.com/ashore", "unreadable"),
        ("ftp://hr.example.com/", "unreadable"),
        ("https://", "unreadable"),
        ("https://[::1", "unreadable"),
        ("http://hr.example.com/", "http"),
        ("https://me:secret@hr.example.com/", "password"),
        ("https://hr.example.com:22/", "port"),
        ("https://localhost/", "private"),
        ("https://LOCALHOST./", "private"),
        ("https://hr.localhost/", "private"),
        ("https://printer.local/", "private"),
        ("https://db.internal/", "private"),
        ("https://intranet/", "private"),
        ("https://127.0.0.1/", "private"),
        ("https://10.0.0.5/", "private"),
        ("https://172.16.3.1:8443/", "private"),
        ("https://192.168.1.1/", "private"),
        ("https://169.254.169.254/latest/meta-data/", "private"),
        ("https://100.64.0.1/", "private"),
        ("https://0.0.0.0/", "private"),
        ("https://[::1]/", "private"),
        ("https://[fd00::1]/", "private"),
        ("https://[fe80::1]/", "private"),
        ("https://[::ffff:127.0.0.1]/", "private"),
        ("https://[::ffff:a00:1]/", "private"),
        ("https://[64:ff9b::7f00:1]/", "private"),
        ("https://[2002:7f00:1::]/", "private"),
        ("https://hr.example.com/" + "x" * 500, "long"),
    ],
)
def test_addresses_that_are_refused(written: str, code: str) -> None:
    with pytest.raises(AddressRefused) as refused:
        target_of(written)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("written", "host", "port", "path", "header"),
    [
        ("https://hr.example.com/a?b=1", "hr.example.com", 443, "/a?b=1", None),
        ("https://HR.Example.com", "hr.example.com", 443, "/", None),
        ("https://hr.example.com:8443/", "hr.example.com", 8443, "/", ":8443"),
        ("https://人事.example/", "xn--3kq4d.example", 443, "/", None),
        ("https://1.1.1.1/x", "1.1.1.1", 443, "/x", None),
    ],
)
def test_addresses_that_are_taken(
    written: str, host: str, port: int, path: str, header: str | None
) -> None:
    target = target_of(written)
    assert (target.host, target.port, target.path) == (host, port, path)
    assert target.host_header == host + (header or "")


def test_ones_own_computer_only_where_that_is_allowed() -> None:
    target = target_of("http://localhost:9000/x", is_local_allowed=True)
    assert (target.scheme, target.port) == ("http", 9000)


def test_an_address_is_kept_tidy() -> None:
    assert tidy("  https://hr.example.com/a#part ") == "https://hr.example.com/a"


# Weird ways to write one's own machine are names to us, and lead to it when looked up.
@pytest.mark.parametrize("written", ["127.1", "0x7f000001", "2130706433"])
def test_numbers_in_disguise_are_never_taken_for_public(written: str) -> None:
    try:
        target = target_of(f"https://{written}/")
    except AddressRefused:
        return
    assert first_public(["127.0.0.1"]) is None
    assert target.host == written


@given(st.ip_addresses())
@example(ipaddress.ip_address("::ffff:10.1.2.3"))
def test_public_is_never_more_than_the_standard_says(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if is_public(str(address)):
        assert address.is_global or address in ipaddress.ip_network("::/8")
        assert not (address.is_private and address.version == 4)
        assert not address.is_loopback
        assert not address.is_link_local


@given(st.ip_addresses(v=4))
def test_an_address_inside_another_opens_no_door(
    inner: ipaddress.IPv4Address,
) -> None:
    number = int(inner)
    for outer in (
        ipaddress.IPv6Address(0xFFFF << 32 | number),
        ipaddress.IPv6Address((0x64FF9B << 96) | number),
        ipaddress.IPv6Address((0x2002 << 112) | number << 80),
    ):
        assert is_public(str(inner)) or not is_public(str(outer))


def test_one_private_address_among_several_is_enough_to_refuse() -> None:
    assert first_public(["93.184.215.14", "10.0.0.1"]) is None
    assert first_public(["93.184.215.14", "1.1.1.1"]) == "93.184.215.14"
    assert first_public(["fe80::1%eth0"]) is None
    assert first_public([]) is None


def test_waits_double_from_a_minute_to_half_a_day() -> None:
    waits = [wait_after(number, dice=0) for number in range(1, MOST_ATTEMPTS)]
    assert waits[:4] == [MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT
    assert timedelta(days=2.5) < sum(waits, timedelta()) < timedelta(days=4)
    assert not gives_up(MOST_ATTEMPTS - 1)
    assert gives_up(MOST_ATTEMPTS)


@given(st.integers(0, 10_000), st.floats(0, 1, exclude_max=True))
def test_dice_only_lengthen_a_wait_by_a_tenth(attempts: int, dice: float) -> None:
    least = wait_after(attempts, dice=0)
    assert least <= wait_after(attempts, dice=dice) <= least * 1.1
    assert MINUTE <= rest_after(attempts) <= 5 * MINUTE


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", 2 * MINUTE),
        (" 0 ", timedelta()),
        ("999999999999", 12 * HOUR),
        ("-5", timedelta()),
        ("soon", timedelta()),
        ("", timedelta()),
        ("Thu, 26 Nov 2026 03:00:00 GMT", HOUR),
        ("Thu, 26 Nov 2026 03:00:00", HOUR),
        ("Thu, 26 Nov 2026 01:00:00 GMT", timedelta()),
    ],
)
def test_what_a_receiver_asks_for(header: str, wait: timedelta) -> None:
    assert asked_to_wait(header, now=NOW) == wait


@given(st.text(max_size=60))
def test_no_header_breaks_the_reading(header: str) -> None:
    assert timedelta() <= asked_to_wait(header, now=NOW) <= LONGEST_WAIT


def test_an_address_is_turned_off_after_three_days() -> None:
    assert not is_time_to_turn_off(None, now=NOW)
    assert not is_time_to_turn_off(NOW - 3 * DAY + MINUTE, now=NOW)
    assert is_time_to_turn_off(NOW - 3 * DAY, now=NOW)


def test_every_step_of_a_posting_is_told() -> None:
    told = {of_posting_step(row.event) for row in POSTING.rows}
    assert None not in told
    assert told == {kind for kind in EventType if kind.value.startswith("posting.")}
    assert of_posting_step("create") is None


def test_every_step_of_an_application_is_told() -> None:
    for row in APPLICATION.rows:
        kind = of_application_step(row.event)
        is_end = row.target in APPLICATION.terminal
        ends = {EventType.APPLICATION_ENDED, EventType.APPLICATION_WITHDRAWN}
        assert (kind in ends) == is_end
    assert of_application_step("submit") == EventType.APPLICATION_RECEIVED


@pytest.mark.parametrize(
    ("table", "states"), [(ENDPOINT, EndpointState), (DELIVERY, DeliveryState)]
)
def test_the_tables_know_every_state(table: Workflow, states: type) -> None:
    assert table.states == {state.value for state in states}  # type: ignore[attr-defined]


def test_a_test_is_not_for_choosing() -> None:
    assert EventType.TEST not in CHOSEN
    assert len(CHOSEN) == len(EventType) - 1


def test_a_body_is_one_line_of_json() -> None:
    key = uuid4()
    body = body_of("posting.paused", NOW, {"id": key, "until": NOW, "n": 3})
    assert "\n" not in body
    assert json.loads(body) == {
        "type": "posting.paused",
        "timestamp": "2026-11-26T02:00:00.000Z",
        "data": {"id": str(key), "until": "2026-11-26T02:00:00Z", "n": 3},
    }


@given(st.binary(max_size=3000))
def test_an_answer_becomes_one_short_printable_line(answer: bytes) -> None:
    line = excerpt_of(answer)
    assert len(line) <= 200
    assert line == line.strip()
    assert "\x00" not in line
    assert "\n" not in line
