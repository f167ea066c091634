"""A message may be read by whoever holds the phone: it names nothing private.

Every template in templates/emails is read, and every text in the code that writes
messages, in three languages and in all their branches: a new one is included by itself.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from accounts.identity.enums import SECOND_FACTOR_KINDS
from accounts.identity.models import OutboxMessage
from accounts.identity.services.accounts import create_staff
from accounts.lib import catalogs
from accounts.lib.looks import LOOKS

ROOT = Path(settings.BASE_DIR)
EMAILS = ROOT / "templates" / "emails"
TEMPLATES = sorted(str(path.relative_to(EMAILS)) for path in EMAILS.rglob("*.txt"))
LANGUAGES = ["zh-hans", "zh-hant", "en"]
# Code whose texts end up in messages: what it says, others may read.
WRITERS = ("emails.py", "neutral.py")
BANNED = re.compile(
    r"催收|催债|催債|催款|讨债|討債|债|債|欠款|欠薪|逾期|老赖|老賴|贷后|貸後"
    r"|心理|抑郁|憂鬱|焦虑|焦慮|倦怠|情绪|情緒|自杀|自殺|创伤|創傷|难熬|難熬"
    r"|咨询师|諮詢師|諮商|辅导员|輔導員|失业|失業|仲裁"
    r"|collect|debt|loan|arrears|mental|psych|depress|anxi|burn-?out|suicid|trauma"
    r"|counsell?or|therap|unemploy|arbitrat",
    re.IGNORECASE,
)
CONTEXT: dict[str, Any] = {
    "site_name": settings.SITE_NAME,
    "code": "123456",
    "minutes": 10,
    "count": 2,
    "sign_in": "https://ashore.example/a/",
    "sign_up": "https://ashore.example/b/",
    "sessions": "https://ashore.example/c/",
    "link": "https://ashore.example/d/",
    "stop_all": "https://ashore.example/e/",
    "what": "密码改了。",
    "when": datetime(2026, 11, 23, tzinfo=UTC),
    "until": datetime(2026, 11, 23, tzinfo=UTC),
    "kind": "审核员",
    "organization": "远帆 & 合伙",
    "who": "李晓",
    "role": "管理员",
    "note": "缺执照。",
    "title": "文员",
    "groups": [
        SimpleNamespace(name="文员", postings=["文员"], stop="https://ashore.example/")
    ],
}


def rendered(name: str, language: str) -> str:
    with translation.override(language):
        return render_to_string(f"emails/{name}", CONTEXT)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TEMPLATES)
def test_messages_are_neutral_and_whole(name: str, language: str) -> None:
    text = rendered(name, language)
    assert not BANNED.search(text)
    assert not re.search(r"\{[{%]|&amp;|%\(", text)
    subject = text.strip().partition("\n")[0]
    assert 4 <= len(subject) <= 200


@pytest.mark.parametrize("name", [n for n in TEMPLATES if n.endswith(".sms.txt")])
def test_text_messages_are_short(name: str) -> None:
    text = rendered(name, "zh-hans").strip()
    assert "\n" not in text
    assert len(text) <= 140


@cache
def texts_by_place() -> dict[str, set[str]]:
    """Every text of the messages by the file it stands in, whatever branch it is on."""
    found: dict[str, set[str]] = {}
    for msgid, _context, place in catalogs._template_messages():
        if "emails/" in place:
            _add(found, place, msgid)
    for path in writers():
        for text in texts_in(path):
            _add(found, str(path.relative_to(ROOT)), text)
    return found


def _add(found: dict[str, set[str]], place: str, msgid: str | tuple[str, ...]) -> None:
    found.setdefault(place, set()).update([msgid] if isinstance(msgid, str) else msgid)


def writers() -> list[Path]:
    return [
        path
        for folder in ("accounts", "jobs", "config")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if path.name in WRITERS
        or (
            "queue_message" in path.read_text(encoding="utf-8")
            and path.name != "outbox.py"
        )
    ]


def texts_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _is_gettext(node.func):
            for part in node.args:
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


def _is_gettext(function: ast.expr) -> bool:
    name = getattr(function, "id", getattr(function, "attr", ""))
    return name == "_" or name.removesuffix("_lazy") in {
        "gettext",
        "ngettext",
        "pgettext",
    }


def test_the_scan_sees_what_it_should() -> None:
    """It would be silent about everything if it found nothing."""
    places = " ".join(texts_by_place())
    for expected in ("emails/account/code.txt", "accounts/identity/emails.py"):
        assert expected in places
    assert len(TEMPLATES) > 90
    assert BANNED.search("[Ashore] A counselor wrote to you")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_branch_is_neutral(language: str) -> None:
    with translation.override(language):
        found = {
            (place, said)
            for place, texts in texts_by_place().items()
            for text in texts
            if BANNED.search(said := translation.gettext(text))
        }
    assert found == set()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(SECOND_FACTOR_KINDS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_invitation_does_not_say_to_what(kind: str, language: str) -> None:
    create_staff(kind=kind, email="zhou@example.com", language=language)
    sent = OutboxMessage.objects.get()
    assert not BANNED.search(sent.subject + sent.body)


def test_the_sender_is_neutral() -> None:
    assert not BANNED.search(settings.DEFAULT_FROM_EMAIL)
    assert not BANNED.search(settings.MFA_TOTP_ISSUER)
    assert not BANNED.search(settings.SITE_NAME)


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_on_the_home_screen_are_neutral(language: str) -> None:
    with translation.override(language):
        names = [str(look.name) for look in LOOKS]
    assert not BANNED.search(" ".join(names))
    assert len(set(names)) == len(names)


# What somebody reads at a glance over a shoulder, whatever the look.
TITLE = re.compile(r"\{% block title %\}(.*?)\{% endblock %\}", re.DOTALL)
PRIVATE = ("account", "accounts/discreet", "accounts/wellbeing", "mfa", "usersessions")


@pytest.mark.parametrize("language", LANGUAGES)
def test_tabs_of_private_pages_are_neutral(language: str) -> None:
    titles = {
        path.name: text
        for folder in PRIVATE
        for path in sorted((ROOT / "templates" / folder).rglob("*.html"))
        for title in TITLE.findall(path.read_text(encoding="utf-8"))
        for text in re.findall(r'translate "([^"]+)"', title)
    }
    assert titles["safety_plan.html"]
    with translation.override(language):
        said = {name: translation.gettext(text) for name, text in titles.items()}
    assert [text for text in said.values() if BANNED.search(text)] == []
