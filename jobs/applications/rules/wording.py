"""What an employer's message may not hold: other ways to talk, and early questions
about credit reports and certificates."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from jobs.applications.enums import MessageRefusal
from jobs.postings.enums import Screening
from jobs.postings.rules.contact import find_contacts
from jobs.screening.rules.adverts import Advert
from jobs.screening.rules.engine import screen
from jobs.screening.rules.text import normalise

CREDIT_RULE = "data-credit-report-demand"
_DIGITS = str.maketrans("零〇一二三四五六七八九幺两", "0012345678912")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s\-_.·、,/]+(?=\d)")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_APP = r"(?:[微薇威徽]信|[vw]信|vx|wx|wechat|weixin|qq|扣扣|飞机号?|电报|telegram|whatsapp|line号?)"
_NUMBER = r"(?:电话号?码?|手机号?码?|联系方式|号码)"
_CONTACT = (
    re.compile(rf"(?:加|扫|互加|添加)(?:我|个|你|一下|的|下|们)*{_APP}"),
    re.compile(r"(?:加|\+)(?:我|个)*[vwx微薇]{1,2}(?![一-鿿a-z])"),
    re.compile(rf"{_APP}(?:号码?)?(?:是|:)?(?:多少|发我|发给我|给我|发来|什么)"),
    re.compile(
        rf"(?:发|留|报|给|告诉)(?:我们?|一?个|一?下)+[你您]?的?(?:{_APP}|{_NUMBER})"
    ),
    re.compile(rf"(?:发|留|报)[你您]?的?(?:{_APP}|{_NUMBER})"),
    re.compile(rf"{_NUMBER}(?:是)?(?:多少|发我|发给我|给我|发来|发一下)"),
    re.compile(r"your (?:phone|mobile|cell|wechat)(?: number| id)?\b"),
    re.compile(r"\b(?:add|text|call) me (?:on|at|by)\b"),
)
_LINK = re.compile(
    r"https?://|\bwww\.|(?:weixin|tel|sms|mailto):|"
    r"\b[a-z0-9][a-z0-9\-]*\.(?:com|cn|net|org|me|cc|top|io|ly|link|vip|app|xyz|site)\b",
    re.ASCII,
)
_CLAUSE = re.compile(r"[^,。;!?\n]+")
_CREDIT = re.compile(
    r"征信|(?:个人)?信用(?:报告|记录|证明)|credit (?:report|record|history|check|score)"
)
_CONVICTION = re.compile(
    r"(?:无|没有)?(?:违法)?犯罪(?:记录)?(?:的)?证明|无犯罪|犯罪记录|案底|"
    r"(?:criminal|police) (?:record|check|clearance)|no[- ]conviction"
)
# The clause says that it is not asked for, or talks about the work itself.
_NOT_ASKED = re.compile(
    r"[不没无]需|不用|不必|不看|不查|不要|不会|没有要求|从不|异议|客户|处理|解答|"
    r"\bno need|not (?:need|ask|check|require)|n't (?:need|ask|check|require)|customer"
)


def refused_words(
    text: str, *, may_ask: Collection[str], today: date
) -> MessageRefusal | None:
    """The first reason against an employer's words; `may_ask` are kinds of Screening
    that the posting declared and whose stage is reached."""
    plain = normalise(text).text
    if _gives_contact(text, plain):
        return MessageRefusal.CONTACT
    if _LINK.search(plain):
        return MessageRefusal.LINK
    return early_question(text, may_ask=may_ask, today=today)


def early_question(
    text: str, *, may_ask: Collection[str], today: date
) -> MessageRefusal | None:
    """Only the part about credit reports and certificates: for the words of a step,
    which may well name a telephone or the address of a talk by video."""
    plain = normalise(text).text
    if Screening.CREDIT_REPORT not in may_ask and _asks_for_credit(text, plain, today):
        return MessageRefusal.CREDIT_REPORT
    if Screening.NO_CONVICTION not in may_ask and _mentions(_CONVICTION, plain):
        return MessageRefusal.NO_CONVICTION
    return None


def _gives_contact(text: str, plain: str) -> bool:
    if find_contacts(text) or find_contacts(plain):
        return True
    digits = _BETWEEN_DIGITS.sub("", plain.translate(_DIGITS))
    return bool(
        _MOBILE.search(digits) or any(pattern.search(plain) for pattern in _CONTACT)
    )


def _asks_for_credit(text: str, plain: str, today: date) -> bool:
    """The catalogue's own rule first, then shorter ways to ask."""
    if not _CREDIT.search(plain):
        return False
    found = screen(Advert(description=text), today=today, missing_fields=False).findings
    return any(f.rule == CREDIT_RULE for f in found) or _mentions(_CREDIT, plain)


def _mentions(words: re.Pattern[str], plain: str) -> bool:
    return any(
        words.search(clause) and not _NOT_ASKED.search(clause)
        for clause in _CLAUSE.findall(plain)
    )
