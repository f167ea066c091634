from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.lib.health import BAD, FINE, sections
from accounts.wellbeing import checks
from accounts.wellbeing.hotlines import LANGUAGES, REGIONS, all_lines, lines_of
from accounts.wellbeing.rules.hotlines import (
    ADVICE,
    EMERGENCY,
    FRESH_FOR,
    KINDS,
    TALK,
    Hotline,
    due_for_check,
    is_stale,
    lines_to_show,
    shown_lines,
)
from tests.words import says

CHECKED = date(2026, 11, 22)
FRESH = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def line(kind: str = TALK, checked_on: date = CHECKED) -> Hotline:
    texts = dict.fromkeys(LANGUAGES, ("名字", "说明"))
    return Hotline("mainland", "12356", kind, texts, "来源", checked_on)


@pytest.mark.parametrize(("days", "stale"), [(0, False), (90, False), (91, True)])
def test_after_90_days_a_line_is_hidden(days: int, stale: bool) -> None:
    assert is_stale(line(), CHECKED + timedelta(days=days)) is stale


def test_emergency_numbers_are_never_hidden() -> None:
    old = line(EMERGENCY, date(2000, 1, 1))
    assert shown_lines([old], kind=EMERGENCY, today=CHECKED) == [old]


def test_the_check_is_asked_for_two_weeks_ahead() -> None:
    soon = CHECKED + FRESH_FOR - timedelta(days=14)
    assert due_for_check([line()], soon) == [(line(), 14)]
    assert due_for_check([line()], soon - timedelta(days=1)) == []


@pytest.mark.parametrize("region", REGIONS)
def test_each_region_has_two_people_to_talk_to(region: str) -> None:
    lines = lines_of(region)
    assert len([one for one in lines if one.kind == TALK]) >= 2
    assert {one.kind for one in lines} <= set(KINDS)


@pytest.mark.parametrize(
    ("region", "number"),
    [("mainland", "120"), ("hongkong", "999"), ("macau", "999"), ("taiwan", "119")],
)
def test_an_ambulance_comes_first_in_each_region(
    client: Client, region: str, number: str
) -> None:
    """Whoever hurt themselves needs it before anybody who listens."""
    page = client.get("/help/danger/", {"region": region}).content.decode()
    main = page[page.index("<main") :]
    assert re.findall(r'href="tel:(\d+)"', main)[0] == number


@pytest.mark.parametrize(
    "one", all_lines(), ids=lambda one: f"{one.region} {one.number}"
)
def test_each_line_is_whole(one: Hotline) -> None:
    assert re.fullmatch(r"tel:\d{3,12}", one.tel)
    assert one.source
    assert all(one.name(language) for language in LANGUAGES)


def test_work_rights_are_there_too() -> None:
    advice = {one.number for one in lines_of("mainland") if one.kind == ADVICE}
    assert advice == {"12333", "12348", "12351"}


@pytest.fixture
def fresh() -> Any:
    with time_machine.travel(FRESH, tick=False):
        yield


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize(
    ("query", "cookie", "wishes", "number"),
    [
        ("", "", "", "tel:12356"),
        ("", "en", "en-US", "tel:12356"),
        ("", "zh-hant", "zh-TW,zh", "tel:1925"),
        ("", "zh-hant", "zh-HK,zh", "tel:18111"),
        ("", "zh-hant", "zh-MO,zh", "tel:28712356"),
        ("?region=hongkong", "", "", "tel:28960000"),
        ("?region=nowhere", "", "", "tel:12356"),
    ],
)
def test_the_region_follows_the_reader(
    client: Client, query: str, cookie: str, wishes: str, number: str
) -> None:
    if cookie:
        client.cookies["django_language"] = cookie
    page = client.get(f"/help/{query}", headers={"accept-language": wishes})
    assert number in page.content.decode()


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", "打不通怎么办"),
        ("zh-hant", "打不通怎麼辦"),
        ("en", "Cannot get through"),
    ],
)
def test_what_to_do_when_nobody_answers(
    client: Client, language: str, words: str
) -> None:
    client.cookies["django_language"] = language
    assert words in client.get("/help/").content.decode()


def test_stale_lines_are_gone_but_emergency_stays(client: Client) -> None:
    with time_machine.travel(FRESH + timedelta(days=120), tick=False):
        page = client.get("/help/").content.decode()
    assert "tel:12356" not in page
    assert "tel:12348" not in page
    assert 'href="tel:120"' in page
    assert says(page, "We are checking these numbers again")


@pytest.mark.usefixtures("fresh")
def test_the_visit_leaves_no_trace(client: Client, db: None) -> None:
    page = client.get("/help/")
    assert "sessionid" not in page.cookies
    assert not Session.objects.exists()


@pytest.mark.usefixtures("fresh")
def test_the_page_asks_no_database(client: Client) -> None:
    """Fails without the db fixture if it does: the page works when little else does."""
    assert client.get("/help/").status_code == 200


def test_the_command_is_quiet_while_all_is_fresh(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with time_machine.travel(FRESH, tick=False):
        call_command("list_stale_hotlines")
    assert capsys.readouterr().out == "Every line was checked lately.\n"


def test_the_command_warns_and_then_fails(capsys: pytest.CaptureFixture[str]) -> None:
    with time_machine.travel(FRESH + timedelta(days=85), tick=False):
        call_command("list_stale_hotlines")
    assert "mainland 12356: 4 days left" in capsys.readouterr().out
    with (
        time_machine.travel(FRESH + timedelta(days=95), tick=False),
        pytest.raises(CommandError, match="mainland, hongkong, macau, taiwan"),
    ):
        call_command("list_stale_hotlines")


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("days", [0, 91, 400])
def test_a_region_never_shows_fewer_than_two(
    client: Client, region: str, days: int
) -> None:
    with time_machine.travel(FRESH + timedelta(days=days), tick=False):
        page = client.get(f"/help/?region={region}").content.decode()
    card = page.split('id="danger-now"')[0]
    assert card.count('class="call') >= 2


def test_an_old_line_stays_only_where_too_few_are_left_and_says_so(
    client: Client,
) -> None:
    old, fresh = line(), line(checked_on=CHECKED + timedelta(days=80))
    day = CHECKED + timedelta(days=100)
    assert lines_to_show([old, fresh, fresh], today=day) == [fresh, fresh]
    assert lines_to_show([old, fresh], today=day) == [old, fresh]
    older = line(checked_on=CHECKED - timedelta(days=9))
    assert lines_to_show([older, old, fresh], today=day) == [old, fresh]
    with time_machine.travel(FRESH + timedelta(days=120), tick=False):
        page = client.get("/help/?region=macau").content.decode()
    assert "上次核对是 2026-11-22" in page


def readings(days: int) -> list[tuple[Any, str]]:
    section = next(one for one in sections() if one.code == "hotlines")
    found = section.read(FRESH + timedelta(days=days))
    return [(one.value, one.state) for one in found]


def test_staff_are_alerted_before_and_after() -> None:
    assert readings(0) == [(0, FINE), (0, FINE), (0, FINE)]
    hidden, soon, short = readings(95)
    assert hidden == (16, BAD)
    assert soon == (0, FINE)
    assert short == (4, BAD)
    assert readings(85)[1][0] == 16


def test_the_check_refuses_a_region_with_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with time_machine.travel(FRESH, tick=False):
        assert checks.check_hotlines() == []
        monkeypatch.setattr(checks, "lines_of", lambda _region: (line(),))
        assert {one.id for one in checks.check_hotlines()} == {"wellbeing.E001"}


def test_old_lines_only_warn_as_the_site_must_start() -> None:
    with time_machine.travel(FRESH + timedelta(days=95), tick=False):
        assert {one.id for one in checks.check_hotlines()} == {"wellbeing.W001"}
