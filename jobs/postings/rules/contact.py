from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["phone", "landline", "qq", "wechat", "email"]
MASK = "***"


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach somebody found in a text, by kind and offsets."""

    kind: Kind
    start: int
    end: int


_GAP = r"[\s\-—–·.]?"
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("email", re.compile(r"[\w.+\-]{2,40}@[\w\-]{2,30}(?:\.[A-Za-z]{2,8}){1,2}", re.A)),
    (
        "wechat",
        re.compile(
            r"(?:微信|薇信|威信|徽信|V信|VX|WX|WeChat|加V)(?:同号|号码?|号|ID|[:：\s为是加]){0,4}[:：\s]{0,2}"
            r"(?P<id>[A-Za-z][\w\-]{5,19}|\d{6,12})",
            re.I | re.A,
        ),
    ),
    (
        "qq",
        re.compile(
            r"(?:QQ|扣扣|企鹅号?|Q群|群)(?:群?号码?|群|联系|咨询|[:：\s为是加]){0,4}[:：\s]{0,2}(?P<id>[1-9]\d{4,10})",
            re.I,
        ),
    ),
    (
        "phone",
        re.compile(
            rf"(?<![\d.])(?P<id>(?:\+?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}})(?!\d)"
        ),
    ),
    (
        "landline",
        re.compile(
            r"(?<!\d)(?P<id>0\d{2,3}[-—–\s]\d{7,8}(?:[-转]\d{1,5})?|[48]00[-—–\s]?\d{3}[-—–\s]?\d{4})(?!\d)"
        ),
    ),
)
# What a text must hold for a pattern to be worth running: most hold none of it.
_HINTS: dict[Kind, re.Pattern[str]] = {
    "email": re.compile("@"),
    "wechat": re.compile("[微薇威徽vVwW加]"),
    "qq": re.compile("[qQ群扣鹅]"),
    "phone": re.compile(r"\d{3}[\s\-—–·.]?\d{4}"),
    "landline": re.compile(r"\d{3}[-—–\s]?\d{3}"),
}
# Product names that a WeChat or QQ pattern must not eat: 微信 mini-programs and such.
_NOT_AN_ID = frozenset(
    {
        "javascript",
        "android",
        "example",
        "python",
        "wechat",
        "weixin",
        "appium",
        "html5",
    }
)


def find_contacts(text: str) -> list[Contact]:
    """Phone numbers, WeChat and QQ ids and mail addresses, in order of appearance."""
    found: list[Contact] = []
    for kind, pattern in _PATTERNS:
        if _HINTS[kind].search(text) is None:
            continue
        for match in pattern.finditer(text):
            start, end = (
                match.span("id") if "id" in pattern.groupindex else match.span()
            )
            if kind == "wechat" and match["id"].lower() in _NOT_AN_ID:
                continue
            if not any(start < other.end and other.start < end for other in found):
                found.append(Contact(kind, start, end))
    return sorted(found, key=lambda contact: contact.start)


def mask_contacts(text: str) -> str:
    """The text with every contact replaced, so that pages give none away."""
    parts: list[str] = []
    position = 0
    for contact in find_contacts(text):
        parts += [text[position : contact.start], MASK]
        position = contact.end
    return "".join([*parts, text[position:]])
