"""A posting's card: drawn without a template, so nothing escapes its texts but itself."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Engine
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from accounts.lib.cards import drawn_card

MEAN = "<b>\"&'"
SAFE = "&lt;b&gt;&quot;&amp;&#x27;"


def card(**changes: Any) -> SimpleNamespace:
    bare = {
        "url": "/jobs/1/",
        "title": "客服",
        "pay": "5000",
        "place": "上海",
        "shift": "",
        "extras": [],
        "badges": [],
        "reasons": [],
        "cautions": [],
        "employer": "某公司",
        "answer": "",
        "posted": "",
    }
    return SimpleNamespace(**bare | changes)


@pytest.mark.parametrize(
    "changes",
    [
        *({name: MEAN} for name in ("url", "title", "pay", "place", "shift")),
        *({name: MEAN} for name in ("employer", "answer", "posted")),
        *({name: [MEAN]} for name in ("extras", "reasons", "cautions")),
        {"badges": [SimpleNamespace(text=MEAN, kind="", symbol="")]},
    ],
)
def test_whatever_somebody_wrote_is_text(changes: dict[str, Any]) -> None:
    drawn = drawn_card(card(**changes))
    assert "<b>" not in drawn
    assert re.sub("&#39;", "&#x27;", drawn).count(SAFE) == 1


def test_words_that_were_asked_for_are_marked_and_no_less_safe() -> None:
    drawn = drawn_card(card(), [(MEAN, True), ("客服", False)])
    assert f"<mark>{SAFE}</mark>客服</a>" in drawn


def test_what_is_safe_already_is_not_made_safe_twice() -> None:
    assert "<i>5</i>" in drawn_card(card(pay=format_html("<i>{}</i>", 5)))
    assert "<i>x</i>" in drawn_card(card(reasons=[mark_safe("<i>x</i>")]))


def test_what_is_not_known_takes_no_room() -> None:
    drawn = drawn_card(card())
    for css in ("badges", "why", "when"):
        assert f'class="{css}"' not in drawn
    assert "#clock" not in drawn
    assert "#message-circle" not in drawn
    full = drawn_card(
        card(reasons=["近"], cautions=["夜班"], posted="今天", shift="白班")
    )
    assert full.index("近") < full.index("夜班") < full.index("某公司")
    assert '<span class="when">今天</span>' in full


def test_the_tag_draws_the_same_card() -> None:
    template = Engine.get_default().from_string("{% posting_card card %}")
    shown = card(title_parts=[("客", True), ("服", False)])
    drawn = template.render(Context({"card": shown}))
    assert drawn == drawn_card(shown, shown.title_parts)
    assert template.render(Context({"card": card()})) == drawn_card(card())
