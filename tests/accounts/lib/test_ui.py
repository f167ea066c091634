from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from accounts.lib.templatetags import ui
from config import navigation

ROOT = Path(settings.BASE_DIR)
SPRITE = (ROOT / "static" / "icons.svg").read_text(encoding="utf-8")
SYMBOLS = set(re.findall(r'<symbol id="([a-z0-9-]+)"', SPRITE))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def draw(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_every_icon_named_in_a_template_is_in_the_sprite() -> None:
    named = {
        name
        for path in TEMPLATES
        for name in re.findall(r'\{% icon "([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert named <= SYMBOLS


def test_every_icon_of_the_navigation_is_in_the_sprite() -> None:
    links = [*navigation.PUBLIC, *(x for row in navigation.LINKS.values() for x in row)]
    assert {link.icon for link in links} <= SYMBOLS


def test_every_message_kind_has_an_icon_of_the_sprite() -> None:
    assert {kind.icon for kind in ui.LOOKS.values()} <= SYMBOLS


def test_icon_is_silent_unless_it_gets_a_label() -> None:
    assert 'aria-hidden="true"' in ui.icon("check")
    assert 'role="img" aria-label="a &lt;b&gt;"' in ui.icon("check", label="a <b>")


def test_badge_escapes_what_people_wrote() -> None:
    shown = ui.badge("<b>", "good")
    assert shown == '<span class="badge badge-good">&lt;b&gt;</span>'


def test_callout_escapes_its_title_and_keeps_its_body() -> None:
    shown = draw(
        '{% callout kind="danger" title=title %}<p>{{ body }}</p>{% endcallout %}',
        title="<i>",
        body="<u>",
    )
    assert 'class="callout is-danger"' in shown
    assert "&lt;i&gt;" in shown
    assert "<p>&lt;u&gt;</p>" in shown


@pytest.mark.parametrize(
    ("low", "high", "period", "shown"),
    [
        (5000, 7000, "month", "5000–7000元/月"),
        (7000, 5000, "month", "5000–7000元/月"),
        (6000, 6000, "month", "6000元/月"),
        (None, 6000, "month", "6000元/月"),
        (150, 200, "day", "150–200元/天"),
        (None, None, "month", "没写工资"),
    ],
)
def test_pay_reads_as_people_write_it(
    low: int | None, high: int | None, period: str, shown: str
) -> None:
    assert ui.pay(low, high, period) == shown


def test_pay_groups_thousands_in_english() -> None:
    with translation.override("en"):
        assert ui.pay(5000, 12000) == "¥5,000–12,000 a month"


@pytest.mark.parametrize(
    ("code", "shown"), [("zh-hans", "zh-Hans"), ("zh-hant", "zh-Hant"), ("en", "en")]
)
def test_language_codes_as_browsers_want_them(code: str, shown: str) -> None:
    assert ui.html_lang(code) == shown


@pytest.mark.parametrize(
    ("link", "path", "current"),
    [
        ("/", "/", True),
        ("/", "/jobs/", False),
        ("/jobs/", "/jobs/", True),
        ("/jobs/", "/jobs/1/", True),
        ("/jobs/", "/jobsearch/", False),
        ("/jobs/?city=3101", "/jobs/", True),
    ],
)
def test_a_link_knows_when_it_is_the_page_shown(
    link: str, path: str, *, current: bool
) -> None:
    assert ui.is_current(link, RequestFactory().get(path)) is current


def test_links_to_pages_that_are_not_served_are_left_out() -> None:
    assert ui.link_if("no_such_page", "x") == ""


def test_paging_offers_only_the_ways_that_lead_somewhere() -> None:
    shown = draw('{% pagination older="?after=7" %}')
    assert 'href="?after=7"' in shown
    assert 'rel="prev"' not in shown


class AskForm(forms.Form):
    name = forms.CharField(label="怎么称呼你？", max_length=5)
    shift = forms.ChoiceField(choices=[("d", "白班")], widget=forms.RadioSelect)


def test_summary_leads_to_each_control_that_needs_a_look() -> None:
    items = ui.error_items(AskForm({}))
    assert [item.target for item in items] == ["id_name", "id_shift_0"]
    assert items[0].label == "怎么称呼你"


def test_summary_is_empty_before_anything_was_sent() -> None:
    assert ui.error_items(AskForm()) == []


def test_an_htmx_answer_carries_its_messages_to_the_toasts() -> None:
    said = [SimpleNamespace(level_tag="success")]
    shown = render_to_string("components/toasts.html", {"messages": said})
    assert 'id="toasts"' in shown
    assert 'hx-swap-oob="true"' in shown
    assert "message is-good" in shown
