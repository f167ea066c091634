from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterator, Sequence

import httpx
import pytest

from jobs.feeds import fetching
from jobs.feeds.fetching import Fetcher, FetchFailed
from jobs.feeds.rules.documents import LARGEST

PUBLIC = "93.184.216.34"
URL = "https://jobs.example.com/feed.json"
Answer = Callable[[httpx.Request], httpx.Response]


def fetcher(answer: Answer, names: dict[str, Sequence[str]] | None = None) -> Fetcher:
    known = names or {"jobs.example.com": [PUBLIC]}

    def resolver(host: str) -> Sequence[str]:
        if host not in known:
            raise OSError(host)
        return known[host]

    return Fetcher(resolver=resolver, transport=httpx.MockTransport(answer))


def code(one: Fetcher, url: str = URL) -> str:
    with pytest.raises(FetchFailed) as error:
        one.fetch(url)
    return error.value.code


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    """A name that answers differently the second time leads nowhere else."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, content=b"[]", headers={"etag": '"1"'})

    found = fetcher(answer).fetch(URL)
    assert (found.data, found.etag) == (b"[]", '"1"')
    (request,) = seen
    assert request.url.host == PUBLIC
    assert request.headers["host"] == "jobs.example.com"
    assert request.extensions["sni_hostname"] == "jobs.example.com"
    assert "cookie" not in request.headers
    assert "authorization" not in request.headers


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["169.254.169.254"],
        ["10.1.2.3"],
        ["::1"],
        ["fd00::1"],
        ["::ffff:192.168.0.1"],
        # One public address among others is a trap.
        [PUBLIC, "127.0.0.1"],
        ["nonsense"],
    ],
)
def test_a_name_that_leads_inside_is_never_asked(addresses: list[str]) -> None:
    def answer(_request: httpx.Request) -> httpx.Response:
        raise AssertionError

    assert code(fetcher(answer, {"jobs.example.com": addresses})) == "private"


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("http://jobs.example.com/feed", "not_https"),
        ("https://127.0.0.1/", "not_a_name"),
        ("https://[::1]/", "not_a_name"),
        ("//localhost/", "not_a_name"),
        ("https://inside.example.com/", "private"),
        ("https://jobs.example.com:22/", "port"),
        ("https://a:b@jobs.example.com/", "address"),
        ("file:///etc/passwd", "not_https"),
        ("https://nowhere.example.com/", "dns"),
    ],
)
@pytest.mark.parametrize("hops", [0, 2])
def test_every_hop_is_checked_like_the_first(
    target: str, expected: str, hops: int
) -> None:
    asked = 0

    def answer(_request: httpx.Request) -> httpx.Response:
        nonlocal asked
        asked += 1
        if asked <= hops:
            return httpx.Response(302, headers={"location": f"/{asked}"})
        return httpx.Response(302, headers={"location": target})

    names: dict[str, Sequence[str]] = {
        "jobs.example.com": [PUBLIC],
        "inside.example.com": ["10.0.0.5"],
    }
    assert code(fetcher(answer, names)) == expected
    assert asked == hops + 1


def test_an_address_that_leads_on_and_on_is_given_up() -> None:
    asked = 0

    def answer(_request: httpx.Request) -> httpx.Response:
        nonlocal asked
        asked += 1
        return httpx.Response(301, headers={"location": "/again"})

    assert code(fetcher(answer)) == "redirects"
    assert asked == fetching.MOST_HOPS + 1


def test_a_redirect_to_another_public_name_is_followed() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.headers["host"] == "jobs.example.com":
            return httpx.Response(308, headers={"location": "https://b.example.com/x"})
        return httpx.Response(200, content=b"<a/>")

    names: dict[str, Sequence[str]] = {
        "jobs.example.com": [PUBLIC],
        "b.example.com": ["8.8.8.8"],
    }
    assert fetcher(answer, names).fetch(URL).data == b"<a/>"


def test_what_is_too_large_is_broken_off() -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while True:
            sent += 1
            yield b"x" * 65536

    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=endless())

    assert code(fetcher(answer)) == "too_large"
    assert sent <= LARGEST // 65536 + 2


def test_a_small_packet_that_unpacks_without_end_is_broken_off() -> None:
    bomb = gzip.compress(b"\0" * (LARGEST * 4))

    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=bomb, headers={"content-encoding": "gzip"})

    assert code(fetcher(answer)) == "too_large"


def test_bytes_that_trickle_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 10_000, 30))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(clock)))

    def slowly() -> Iterator[bytes]:
        while True:
            yield b"x"

    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=slowly())

    assert code(fetcher(answer)) == "timeout"


@pytest.mark.parametrize(
    ("status", "expected"),
    [(404, "gone"), (410, "gone"), (403, "status"), (500, "status")],
)
def test_refusals_have_names(status: int, expected: str) -> None:
    assert code(fetcher(lambda _request: httpx.Response(status))) == expected


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (httpx.ConnectTimeout("slow"), "timeout"),
        (httpx.ReadTimeout("slow"), "timeout"),
        (httpx.ConnectError("certificate"), "connection"),
    ],
)
def test_failures_of_the_line_have_names(error: Exception, expected: str) -> None:
    def answer(_request: httpx.Request) -> httpx.Response:
        raise error

    assert code(fetcher(answer)) == expected


def test_what_did_not_change_is_not_sent_again() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.headers["if-none-match"] == '"7"'
        return httpx.Response(304)

    assert fetcher(answer).fetch(URL, etag='"7"').data is None


def test_a_name_in_chinese_is_asked_by_its_ascii_form() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=request.headers["host"].encode())

    names: dict[str, Sequence[str]] = {"xn--fiq228c.com": [PUBLIC]}
    assert fetcher(answer, names).fetch("https://中文.com/").data == b"xn--fiq228c.com"


def test_a_target_that_is_no_address_is_refused() -> None:
    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(302, headers={"location": "https://[oops"})

    assert code(fetcher(answer)) == "address"


def test_a_mark_that_fits_into_no_header_fails_in_words() -> None:
    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=b"[]")

    with pytest.raises(FetchFailed):
        fetcher(answer).fetch(URL, etag="\ud83d")
