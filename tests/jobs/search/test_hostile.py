"""What nobody would type by accident: a page comes back, and soon."""

from __future__ import annotations

import time
from random import Random

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings, strategies as st

from jobs.postings.models import Posting
from jobs.search.access import planning
from tests.cast import Cast
from tests.make import make_posting

# Processor time of the web process, whatever else the machine does.
MOST_SECONDS = 0.3
# Noncharacters and the ends of each of the seventeen planes among them.
PLANES = [
    "".join(
        chr(code)
        for code in (
            *range(plane << 16, (plane << 16) + 0x60),
            *range((plane << 16) + 0x3000, (plane << 16) + 0x3060),
            (plane << 16) + 0xFFFD,
            (plane << 16) + 0xFFFF,
        )
        if not 0xD800 <= code <= 0xDFFF
    )
    for plane in range(17)
]
MARKS = [
    "'; DROP TABLE jobs_postings_posting; --",
    "' OR 1=1 UNION SELECT password FROM accounts_identity_user --",
    "客服' & !'x':*A | (b <-> c) <2> d",
    "!!!(((&&&|||***:::ABCD)))<->",
    "(a+)+$ (.*)*\\1[[:alpha:]]{1,9999}^|(?<=x)",
    "\\ \\' '' \\\\' $$ $1 %s %(q)s %% {0} {{ q }} {% load x %}",
    "@c3101 @ =客服 @p5000 @nophone @kcollection",
    "<script>alert(1)</script>\"onmouseover='x'",
    "年薪" * 2000,
    "不要" * 5000,
    "不要、" * 3000,
    "没有不是不用" * 1500,
    "1" * 10_000,
    "9.9k-8.8k万千" * 1000,
    "shuangxiu kefu " * 700,
    "a b " * 2500,
    "南山宝安福田" * 1600,
    "\u202e\u2066\u200b\ufeff\u0301" * 2000,
    "ﷺ" * 10_000,
    "😀𠮷\U0010ffff" * 3000,
    " \t\n\r\0\x1f" * 2000,
]


@pytest.fixture(autouse=True)
def open_posting(cast: Cast) -> Posting:
    planning.forget()
    return make_posting(cast.organization, title="在线客服", city_code="3101")


def seconds_for(data: dict[str, str | list[str]]) -> float:
    """The best of three, after one: what is read once from files is no part of an answer,
    nor what a busy machine takes at times."""
    # The suite's own client takes typed braces for a template that was not rendered.
    client = Client()
    assert client.get("/jobs/", data).status_code == 200
    taken: list[float] = []
    while len(taken) < 3 and (not taken or taken[-1] >= MOST_SECONDS):
        started = time.process_time()
        page = client.get("/jobs/", data)
        taken.append(time.process_time() - started)
        assert page.status_code == 200
    return min(taken)


@pytest.mark.parametrize("text", [*PLANES, *(plane * 100 for plane in PLANES[:4])])
def test_every_plane_of_unicode_is_read(text: str) -> None:
    assert seconds_for({"q": text}) < MOST_SECONDS


@pytest.mark.parametrize("text", MARKS, ids=lambda text: ascii(text[:12]))
def test_marks_of_every_language_are_only_marks(text: str) -> None:
    assert seconds_for({"q": text}) < MOST_SECONDS
    assert seconds_for({"q": "客服", "plain": [text, "x"]}) < MOST_SECONDS


def test_marks_do_not_reach_the_query(client: Client) -> None:
    """A fact's own notation, typed, is words like any other."""
    assert client.get("/jobs/", {"q": "客服"}).context["total"] == 1
    assert client.get("/jobs/", {"q": "客服 @c9999"}).context["total"] == 0
    for text in ("客服' | 'zzz", "zzz | 客服", "客服:*", "客服&zzz"):
        page = client.get("/jobs/", {"q": text})
        assert page.context["total"] == (0 if "zzz" in text else 1), text


def test_ten_thousand_random_characters_are_read() -> None:
    random = Random(3)
    typed = "".join(
        chr(
            random.choice((random.randrange(0x4E00, 0x9FA5), random.randrange(32, 127)))
        )
        for _ in range(10_000)
    )
    assert seconds_for({"q": typed}) < MOST_SECONDS


def test_five_hundred_filters_are_read() -> None:
    made_up: dict[str, str | list[str]] = {f"f{n}": "1" for n in range(500)}
    assert seconds_for(made_up) < MOST_SECONDS
    names = ("city", "district", "pay", "shift", "channel", "education", "plain")
    for name in names:
        values = [f"{n}'" for n in range(500)]
        assert seconds_for({"q": "客服", name: values}) < MOST_SECONDS
    every: dict[str, str | list[str]] = dict.fromkeys(names[:-1], "'\\\0|&!(")
    assert seconds_for(every | {"sort": "'", "after": "n..1"}) < MOST_SECONDS


@pytest.mark.parametrize("name", ["after", "before", "sort", "q", "plain", "pay"])
@pytest.mark.parametrize("value", [b"%ED%A0%80", b"%FF%FE", b"%00", b"%", b"%u5ba2"])
def test_broken_addresses_are_read(client: Client, name: str, value: bytes) -> None:
    answer = client.get(f"/jobs/?{name}={value.decode()}")
    assert answer.status_code == 200


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.dictionaries(
        st.sampled_from(
            (
                "q",
                "city",
                "pay",
                "posted",
                "sort",
                "after",
                "before",
                "plain",
                "no_phone",
            )
        ),
        st.text(max_size=40),
    )
)
def test_any_address_gets_a_page(client: Client, data: dict[str, str]) -> None:
    assert client.get("/jobs/", data).status_code == 200
