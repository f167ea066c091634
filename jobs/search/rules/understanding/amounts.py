"""Pay, years of experience and freshness: whatever holds a number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jobs.search.rules.understanding.pieces import Piece

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "半": 0}
_SPOKEN = {
    w: n
    for n, w in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    )
}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000, "k": 1000, "w": 10000}
_FIGURE = r"(?:\d{1,3}(?:,\d{3})+|\d{1,6}(?:\.\d{1,2})?)"
_CHINESE = "[一二两三四五六七八九十百千万]{1,6}"
_PAY = re.compile(
    r"(?P<year>年薪)?"
    r"(?P<kind>(?:(?:期望|希望|要求|想要)?(?:月薪|底薪|薪资|薪水|薪酬|工资|月收入|收入|月入|待遇|到手|税前|税后)|(?:salary|pay|wage)\b)(?: ?[::在要] ?)?)?"
    r"(?P<least> ?(?:不低于|不少于|不小于|至少|最低|最少|起码|大于|高于|超过|(?:over|above|at least|minimum|min|from|more than)\b|>=?|≥) ?)?"
    r" ?(?P<mark>¥|¥|rmb ?)?"
    rf"(?P<low>{_FIGURE}|{_CHINESE})(?P<unit>[kw千万])?"
    rf"(?: ?[-~到至—–] ?(?P<high>{_FIGURE}|{_CHINESE})(?P<high_unit>[kw千万])?)?"
    r"(?P<yuan> ?(?:元|块钱|块|rmb|yuan))?"
    r"(?P<month> ?(?:/ ?月|每个?月|一个月|/ ?month|(?:per|a) month))?"
    r"(?P<more> ?(?:及?以上|起步|起|往上|左右|上下|多|\+|or more|and up|plus))?"
)
# What makes a number something else: an age, a day's pay, a house number, an upper end.
_NOT_PAY = re.compile(
    r"[0-9a-z.]| ?(?:以下|以内|之内|封顶|[年岁人次通分号路平天时级期%个度月]|小时|/ ?(?:天|日|时|h|d)|per (?:day|hour))"
)
_FRESH = re.compile(
    r"(?P<recent>最近|近|过去|(?:last|past|within|in the last) )?"
    r"(?P<number>\d{1,2}|[一二两三四五六七八九十]{1,3}|one|two|three|four|five|six|seven)"
    r" ?(?P<unit>天|日|个?星期|周|个月|(?:days?|weeks?|months?)\b)"
    r"(?P<within>以内|之内|内)?(?:发布|新发|新增)?(?:的)?"
)
_YEARS = re.compile(
    r"(?P<number>\d{1,2}|[一二两三四五六七八九十]{1,3}|one|two|three|four|five)"
    r"(?: ?[-~到至] ?\d{1,2})? ?(?:年|years?)"
    r"(?:(?P<english>(?: of)? experience)|(?P<above>及?以上)?(?:的)?(?P<what>(?:工作|客服|相关|从业|行业|电话)*经验)?)"
)
_LOWEST, _HIGHEST = 1000, 100_000


def amounts_at(text: str, start: int) -> Iterator[Piece]:
    for read in (_pay, _fresh, _experience):
        found = read(text, start)
        if found:
            yield found


def _pay(text: str, start: int) -> Piece | None:
    match = _PAY.match(text, start)
    if not match or _NOT_PAY.match(text, match.end()):
        return None
    if start and text[start].isdigit() and re.match(r"[0-9a-z.\-#]", text[start - 1]):
        return None
    unit = match["unit"] or (match["high_unit"] if _is_small(match["low"]) else None)
    amount = _amount(match["low"], unit)
    if amount is None:
        return None
    if match["year"]:
        amount //= 12
    if not _LOWEST <= amount <= _HIGHEST or not (_is_said(match) or _is_round(match)):
        return None
    return _piece(text, match, ("lowest_pay", amount))


def _is_small(figure: str) -> bool:
    """The 6 of "6-8k", the 五 of "五到六千"."""
    return figure in _DIGITS or (figure[0].isdigit() and float(_plain(figure)) < 100)


def _is_said(match: re.Match[str]) -> bool:
    """Something beside the number says that it is money."""
    groups = ("year", "kind", "least", "mark", "unit", "high_unit", "yuan", "more")
    chinese = not match["low"][0].isdigit() and len(match["low"]) > 1
    ranges = match["high"] is not None and len(match["low"]) >= 4
    return chinese or ranges or any(match[name] for name in groups)


def _is_round(match: re.Match[str]) -> bool:
    """Plain 6000; but 12345 is a hotline and 2026 a year."""
    figure = match["low"]
    return len(figure) in {4, 5} and figure.isdigit() and int(figure) % 100 == 0


def _plain(figure: str) -> str:
    return figure.replace(",", "")


def _amount(figure: str, unit: str | None) -> int | None:
    times = _UNITS[unit] if unit else 1
    if figure[0].isdigit():
        return round(float(_plain(figure)) * times)
    number = number_of(figure)
    return None if number is None else number * times


def number_of(text: str) -> int | None:
    """三, 十二, 五千五, 一万二, 五六千 (the lower one); None if it is no number."""
    if text.isdigit():
        return int(text)
    if text in _SPOKEN:
        return _SPOKEN[text]
    total, digit, last = 0, None, 1
    for index, char in enumerate(text):
        if char in _UNITS:
            if digit is None and char != "十":
                return None
            total += (1 if digit is None else digit) * _UNITS[char]
            digit, last = None, _UNITS[char]
        elif digit is None:
            digit = _DIGITS[char]
        elif text[index + 1 : index + 2] not in _UNITS:
            return None
    if digit is not None:
        # 五千五 means 5500; 十五 means 15.
        total += digit * (last // 10 if last > 10 else 1)
    return total


def _fresh(text: str, start: int) -> Piece | None:
    match = _FRESH.match(text, start)
    if not match or not (match["recent"] or match["within"]):
        return None
    number = number_of(match["number"])
    if not number:
        return None
    unit = match["unit"]
    size = 30 if "月" in unit or "month" in unit else 1
    size = 7 if unit[-1] in "期周" or "week" in unit else size
    return _piece(text, match, ("posted_within", min(number * size, 365)))


def _experience(text: str, start: int) -> Piece | None:
    match = _YEARS.match(text, start)
    if not match or not (match["above"] or match["what"] or match["english"]):
        return None
    if start and re.match(r"[0-9.\-]", text[start - 1]):
        return None
    number = number_of(match["number"])
    if number is None:
        return None
    return _piece(text, match, ("experience", min(number, 40)))


def _piece(text: str, match: re.Match[str], fact: tuple[str, int]) -> Piece | None:
    end = match.end()
    if text[end - 1].isalnum() and text[end - 1].isascii():
        after = text[end : end + 1]
        if after.isascii() and after.isalnum():
            return None
    return Piece(match.start(), end, text[match.start() : end], facts=(fact,))
