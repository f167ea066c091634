from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from jobs.postings.models import Posting
from tests.cast import Cast
from tests.jobs.screening.make import BAD, make_draft
from tests.make import make_posting, sign_in

LINT = "/review/lint/"
WISHES = "年满18周岁，限男性，普通话清楚。"


class Buttons(HTMLParser):
    """The data of every button, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        data = {
            name.removeprefix("data-"): value or ""
            for name, value in attrs
            if name.startswith("data-")
        }
        if tag == "button" and data:
            self.found.append(data)


def buttons(client: Client, **answers: str) -> list[dict[str, str]]:
    parser = Buttons()
    parser.feed(client.post(LINT, answers).content.decode())
    return parser.found


@pytest.fixture
def employer(client: Client, cast: Cast) -> Client:
    sign_in(client, cast.employer)
    return client


@pytest.mark.parametrize(
    "text",
    [
        WISHES,
        "  \n\n" + WISHES,
        "😀👍🏽 " + WISHES,
        WISHES.replace("限男性", "限\u200b男\u200b 性"),
        WISHES.replace("\n", "\r\n") + "\r\n限本地户口",
        "接听" * 1500 + "，限男性",
    ],
)
def test_places_fit_the_text_as_it_was_typed(employer: Client, text: str) -> None:
    found = buttons(employer, title="客服", responsibilities=text)
    typed = text.replace("\r\n", "\n")
    places = [b for b in found if b["at"] == "id_responsibilities" and "end" in b]
    assert places
    for place in places:
        words = typed[int(place["start"]) : int(place["end"])]
        assert words == place.get("words", words)
        assert words.strip()


def test_a_safe_wish_gets_a_button_and_a_practice_gets_none(employer: Client) -> None:
    found = buttons(employer, title="客服（25-35岁）", responsibilities=BAD + WISHES)
    instead = [(b["at"], b["words"], b["instead"]) for b in found if "words" in b]
    assert instead == [
        ("id_responsibilities", "限男性，", ""),
        ("id_title", "（25-35岁）", ""),
    ]


def test_facts_are_tied_to_their_controls(employer: Client) -> None:
    """Pay below the minimum and calls at night have no words to underline."""
    found = buttons(
        employer,
        title="电话催收",
        responsibilities="电话催收逾期客户",
        city_code="3101",
        base_salary_0="900",
        pay_0="900",
        pay_1="1000",
        call_window_start="08:00",
        call_window_end="23:00",
        contract_months="12",
        probation_months="6",
        weekly_hours="70",
    )
    at = {button["at"] for button in found if "end" not in button}
    assert {
        "id_base_salary_0",
        "id_call_window_end",
        "id_probation_months",
        "id_weekly_hours",
    } <= at


def test_the_lint_says_how_many_points_there_are(employer: Client) -> None:
    page = employer.post(LINT, {"title": "客服", "responsibilities": WISHES})
    assert 'data-summary="有 1 点要看。"' in page.content.decode()


def test_a_hostile_length_is_answered_in_a_sentence(employer: Client) -> None:
    page = employer.post(LINT, {"title": "客服", "responsibilities": "限男性" * 20_000})
    assert page.status_code == 200
    assert "文字太长" in page.content.decode()


def test_hostile_words_stay_words(employer: Client) -> None:
    evil = '"><script>alert(1)</script>限男性'
    page = employer.post(LINT, {"title": evil, "responsibilities": evil})
    assert "<script>" not in page.content.decode()


def taps(page: str) -> list[dict[str, str]]:
    """The hidden fields of each button that changes words on the page after saving."""
    forms = re.findall(
        r'(?s)<form method="post" action="[^"]*/reword/">.*?</form>', page
    )
    field = re.compile(r'name="(version|field|rule|start)" value="([^"]*)"')
    return [dict(field.findall(form)) for form in forms]


def test_without_scripts_a_button_changes_the_draft(
    employer: Client, cast: Cast
) -> None:
    posting = make_draft(cast.organization, qualifications=WISHES)
    check = f"/review/{posting.public_id}/check/"
    (tap,) = taps(employer.get(check).content.decode())
    page = employer.post(f"/review/{posting.public_id}/reword/", tap, follow=True)
    posting.refresh_from_db()
    assert posting.qualifications == "年满18周岁，普通话清楚。"
    assert page.redirect_chain[-1][0] == check
    assert "已删掉“限男性”" in page.content.decode()
    assert taps(page.content.decode()) == []


def test_an_older_page_is_answered_kindly_and_changes_nothing(
    employer: Client, cast: Cast
) -> None:
    posting = make_draft(cast.organization, qualifications=WISHES)
    (tap,) = taps(employer.get(f"/review/{posting.public_id}/check/").content.decode())
    Posting.objects.filter(pk=posting.pk).update(version=2)
    url = f"/review/{posting.public_id}/reword/"
    page = employer.post(url, tap, follow=True)
    assert [m.level_tag for m in page.context["messages"]] == ["info"]
    posting.refresh_from_db()
    assert posting.qualifications == WISHES


@pytest.mark.parametrize(
    "tap", [{}, {"start": "-1", "version": "1"}, {"field": "pk", "version": "x"}]
)
def test_a_made_up_tap_changes_nothing(
    employer: Client, cast: Cast, tap: dict[str, str]
) -> None:
    posting = make_draft(cast.organization, qualifications=WISHES)
    url = f"/review/{posting.public_id}/reword/"
    assert employer.post(url, tap, follow=True).status_code == 200
    posting.refresh_from_db()
    assert (posting.qualifications, posting.version) == (WISHES, 1)


def test_an_open_posting_has_no_such_buttons(employer: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization, qualifications=WISHES)
    page = employer.get(f"/review/{posting.public_id}/check/").content.decode()
    assert "限男性" in page
    assert taps(page) == []
    url = f"/review/{posting.public_id}/reword/"
    answer = employer.post(url, {"version": "1"}, follow=True)
    assert [m.level_tag for m in answer.context["messages"]] == ["error"]
