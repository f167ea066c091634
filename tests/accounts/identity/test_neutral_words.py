"""A message may be read by whoever holds the phone: it names nothing private."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

EMAILS = Path(settings.BASE_DIR) / "templates" / "emails"
MINE = ("account", "assisted", "cohorts", "counselors", "employers")
TEMPLATES = sorted(
    str(path.relative_to(EMAILS))
    for folder in MINE
    for path in (EMAILS / folder).glob("*.txt")
)
BANNED = re.compile(
    r"催收|心理|债|債|欠款|欠薪|老赖|老賴|抑郁|憂鬱|焦虑|焦慮|debt|collect|mental|psycho",
    re.IGNORECASE,
)
CONTEXT = {
    "code": "123456",
    "minutes": 10,
    "sign_in": "https://ashore.example/a/",
    "sign_up": "https://ashore.example/b/",
    "sessions": "https://ashore.example/c/",
    "link": "https://ashore.example/d/",
    "what": "密码改了。",
    "when": datetime(2026, 11, 23, tzinfo=UTC),
    "until": datetime(2026, 11, 23, tzinfo=UTC),
    "kind": "审核员",
    "organization": "远帆 & 合伙",
    "who": "李晓",
    "role": "管理员",
    "note": "缺执照。",
}


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
@pytest.mark.parametrize("name", TEMPLATES)
def test_messages_are_neutral_and_whole(name: str, language: str) -> None:
    with translation.override(language):
        text = render_to_string(f"emails/{name}", CONTEXT)
    assert not BANNED.search(text)
    assert not re.search(r"\{[{%]|&amp;|%\(", text)
    subject = text.strip().partition("\n")[0]
    assert 4 <= len(subject) <= 200


@pytest.mark.parametrize("name", [n for n in TEMPLATES if n.endswith(".sms.txt")])
def test_text_messages_are_short(name: str) -> None:
    with translation.override("zh-hans"):
        text = render_to_string(f"emails/{name}", CONTEXT).strip()
    assert "\n" not in text
    assert len(text) <= 140
