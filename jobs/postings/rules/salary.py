from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from jobs.postings.rules.text import fold

# Pay days in a month: 人社部发〔2025〕2号 counts (365 - 104 rest days) / 12 = 21.75.
DAYS_PER_MONTH = Decimal("21.75")
HOURS_PER_DAY = 8
WEEKS_PER_MONTH = Decimal(52) / 12
# Outside these a figure is a typing error or no monthly pay at all.
LOWEST_MONTH, HIGHEST_MONTH = 300, 1_000_000

_PER_MONTH = {
    "month": Decimal(1),
    "year": Decimal(1) / 12,
    "week": WEEKS_PER_MONTH,
    "day": DAYS_PER_MONTH,
    "hour": DAYS_PER_MONTH * HOURS_PER_DAY,
}


@dataclass(frozen=True, slots=True)
class Salary:
    """Pay before tax in RMB a month, and the figures as the advert states them.

    A bound nobody stated is None. When `is_stated` is False, `reason` says why:
    missing, negotiable, unreadable, no-unit, currency, piece-rate, implausible.
    """

    min_month: int | None = None
    max_month: int | None = None
    months_per_year: int = 12
    unit: str = ""
    stated_min: Decimal | None = None
    stated_max: Decimal | None = None
    negotiable: bool = False
    is_after_tax: bool = False
    is_stated: bool = False
    is_from_description: bool = False
    reason: str = ""


_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CHINESE_NUMBER = r"[一二两三四五六七八九十百]+(?=[千万百]|[-至到])"
_SCALE = r"(?:万|千|百|w|k)"
_PERIOD = r"年|月|周|天|日|小时|时|hour|hr|h|day|week|wk|month|mo|year|yr|annum"
# 5k, 5k/月, 0.8万元, 4000/月: a figure with the units glued to it.
_AMOUNT = (
    rf"(?P<@>{_NUMBER}|{_CHINESE_NUMBER}|nan)\s*"
    rf"(?P<@_scale>{_SCALE}(?![a-z]))?"
    rf"(?P<@_rest>(?<=[万千])[1-9一二三四五六七八九](?![\d.,千百k]))?\s*(?:元|rmb|块|圆)?"
    rf"(?:\s*(?:/|每|per|a)?\s*(?:{_PERIOD})(?![a-z]))?"
)
_TO = r"\s*(?:-+|至|到|to)\s*(?:rmb|¥|元)?\s*"
_RANGE = re.compile(_AMOUNT.replace("@", "low") + _TO + _AMOUNT.replace("@", "high"))
_SINGLE = re.compile(_AMOUNT.replace("@", "low"))
# 6000一8000 is a dash typed as the numeral; 1万2 and 一万五 leave out the last unit.
_DASH_BY_EAR = re.compile(r"(?<=\d)一(?=\d)")
_MORE = re.compile(r"\s*(?:及?以上|起|\+|or more|and above|or above|plus)")
_LESS = re.compile(r"\s*(?:及?以下|以内|封顶|or less|or below|and below)")
_UP_TO = re.compile(r"(?:up\s*to|最高|不超过|至多)\s*(?:rmb|¥)?\s*$")
_FROM = re.compile(
    r"(?:from|不低于|不少于|至少|最低|保底|无责|底薪\S{0,3})\s*(?:rmb|¥)?\s*$"
)

_MONTHS = re.compile(
    r"[·x×*\s,;(及/]\s*(?P<a>1[2-9]|2[0-4])(?:\s*-\s*(?:1[2-9]|2[0-4]))?\s*"
    r"(?:薪|个月|months?)|\*\s*(?P<b>1[2-9]|2[0-4])\s*$"
    r"|(?P<c>1[2-9]|2[0-4])(?:-(?:1[2-9]|2[0-4]))?薪"
)
_UNITS = (
    (
        "hour",
        re.compile(
            r"(?:/|每|per\s|an?\s|一)?\s*(?:小时|时薪|钟头)|/\s*(?:时|hr?|hour)|(?:per|an)\s+hour|hourly|时薪"
        ),
    ),
    (
        "day",
        re.compile(
            r"(?:/|每|一|元|块|千|百|\d)\s*[天日](?!制|勤|期)|日薪|日结|日工资|per\s+day|a\s+day|/\s*d(?:ay)?\b|daily"
        ),
    ),
    (
        "week",
        re.compile(r"(?:/|每)\s*周|周薪|周结|per\s+week|a\s+week|/\s*w(?:ee)?k|weekly"),
    ),
    (
        "year",
        re.compile(
            r"(?:/|每|一|元|万|w|k)\s*年|年薪|年收入|年综合|per\s+(?:year|annum)|a\s+year|/\s*y(?:ea)?r|annual|yearly|p\.?a\.?(?![a-z])"
        ),
    ),
    (
        "month",
        re.compile(
            r"(?:/|每|一|元)?\s*个?月(?!份)|月薪|月收入|per\s+month|a\s+month|/\s*mo(?:nth)?|monthly|薪"
        ),
    ),
)
_NEGOTIABLE = re.compile(
    r"面议|面谈|面洽|详谈|可谈|待定|另议|根据能力|按能力|negotia|competitive|tbd|to be discussed|open"
)
_NOT_RMB = re.compile(
    r"usd|us\$|hk\$|hkd|mop|ntd|nt\$|eur|gbp|jpy|sgd|美元|美金|港元|港币|港纸|澳门币|新台币|台币|欧元|英镑|日元|[$€£]"
)
_PIECE = re.compile(
    r"/\s*(?:次|单|件|场|节|课时|篇|条|户|票|套|台)|每(?:单|件|次|场|课时)|计件"
)
_AFTER_TAX = re.compile(r"税后|到手|after\s+tax|net\b")
_NOTHING = frozenset({"", "无", "不限", "暂无", "none", "null", "nan", "-", "/", "n/a"})
_DIGITS = dict(zip("一二两三四五六七八九", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_SCALES = {"": 1, "万": 10_000, "w": 10_000, "千": 1_000, "k": 1_000, "百": 100}


def parse_salary(text: str, description: str = "") -> Salary:
    """The pay a salary text states; the description is read only when it states none."""
    salary = _read(fold(text).lower().strip())
    if salary.is_stated or not description:
        return salary
    found = _in_description(fold(description))
    return found or salary


def _read(text: str) -> Salary:
    text = _DASH_BY_EAR.sub("-", text)
    if text in _NOTHING:
        return Salary(reason="missing")
    figures = _figures(text)
    if figures is None:
        if _NEGOTIABLE.search(text):
            return Salary(negotiable=True, reason="negotiable")
        return Salary(reason="unreadable")
    if _NOT_RMB.search(text):
        return Salary(reason="currency")
    if _PIECE.search(text):
        return Salary(reason="piece-rate")
    low, high, has_scale = figures
    return _convert(text, low, high, has_scale=has_scale)


Figures = tuple[Decimal | None, Decimal | None, bool]


def _figures(text: str) -> Figures | None:
    """Low, high and whether a scale or a currency word came with them."""
    text = _MONTHS.sub(lambda m: m.group(0)[:1] if m.group("a") else "", text)
    pair = _total_range(text) or _RANGE.search(text)
    if pair:
        low_scale, high_scale = pair["low_scale"], pair["high_scale"]
        low = _amount(pair["low"], low_scale or high_scale or "", pair["low_rest"])
        high = _amount(pair["high"], high_scale or low_scale or "", pair["high_rest"])
        low, high = _unscaled_side(pair, low, high)
        return (*_in_order(low, high), bool(low_scale or high_scale))
    single = _SINGLE.search(text)
    if single is None or single["low"] == "nan":
        return None
    amount = _amount(single["low"], single["low_scale"] or "", single["low_rest"])
    has_scale = bool(single["low_scale"])
    before, after = text[: single.start()], text[single.end() :]
    if _LESS.match(after) or _UP_TO.search(before):
        return None, amount, has_scale
    if _MORE.match(after) or _FROM.search(before) or "提成" in after:
        return amount, None, has_scale
    return amount, amount, has_scale


def _total_range(text: str) -> re.Match[str] | None:
    """Base and total pay side by side: the total is what a month brings."""
    total = text.find("综合")
    return _RANGE.search(text, total) if total > 0 else None


def _unscaled_side(
    pair: re.Match[str], low: Decimal | None, high: Decimal | None
) -> tuple[Decimal | None, Decimal | None]:
    """8000-1.2万 scales one side only; 8-1.2万 never happens, 8000万 neither."""
    if pair["high_scale"] and not pair["low_scale"] and low is not None:
        plain = _amount(pair["low"], "")
        if plain is not None and plain >= 100:
            low = plain
    if pair["low_scale"] and not pair["high_scale"] and high is not None:
        plain = _amount(pair["high"], "")
        if plain is not None and plain >= 100:
            high = plain
    return low, high


def _in_order(
    low: Decimal | None, high: Decimal | None
) -> tuple[Decimal | None, Decimal | None]:
    if low is not None and high is not None and low > high:
        return high, low
    return low, high


def _amount(digits: str, scale: str, rest: str | None = None) -> Decimal | None:
    if digits == "nan":
        return None
    if digits[0].isdigit():
        value = Decimal(digits.replace(",", ""))
    else:
        value = Decimal(_chinese(digits))
    tenth = _DIGITS.get(rest, 0) or int(rest) if rest else 0
    return value * _SCALES[scale] + tenth * _SCALES[scale] // 10


def _chinese(digits: str) -> int:
    """一 to 九十九, the only ones that stand before 千 and 万 in pay."""
    tens, ten, ones = digits.rpartition("十")
    if not ten:
        return _DIGITS.get(digits[0], 0)
    return (_DIGITS.get(tens[:1], 1)) * 10 + _DIGITS.get(ones[:1], 0)


def _convert(
    text: str, low: Decimal | None, high: Decimal | None, *, has_scale: bool
) -> Salary:
    unit = next((unit for unit, pattern in _UNITS if pattern.search(text)), "")
    largest = high if high is not None else low
    if largest is None:
        return Salary(reason="unreadable")
    if largest > HIGHEST_MONTH * 100:
        return Salary(reason="implausible")
    if not unit:
        if largest < LOWEST_MONTH and not has_scale:
            return Salary(stated_min=low, stated_max=high, reason="no-unit")
        unit = "month"
    months = _MONTHS.search(text)
    salary = Salary(
        min_month=_monthly(low, unit),
        max_month=_monthly(high, unit),
        months_per_year=_months_count(months),
        unit=unit,
        stated_min=low,
        stated_max=high,
        negotiable=_NEGOTIABLE.search(text) is not None,
        is_after_tax=_AFTER_TAX.search(text) is not None,
        is_stated=True,
    )
    bounds = [b for b in (salary.min_month, salary.max_month) if b is not None]
    if not all(LOWEST_MONTH <= bound <= HIGHEST_MONTH for bound in bounds):
        return replace(
            salary,
            min_month=None,
            max_month=None,
            is_stated=False,
            reason="implausible",
        )
    return salary


def _monthly(amount: Decimal | None, unit: str) -> int | None:
    if amount is None:
        return None
    return int((amount * _PER_MONTH[unit]).quantize(Decimal(1), ROUND_HALF_UP))


def _months_count(match: re.Match[str] | None) -> int:
    if match is None:
        return 12
    return int(match["a"] or match["b"] or match["c"])


_LABEL = re.compile(
    r"(?:综合薪资|综合收入|综合工资|月综合|综合月薪|平均薪资|平均工资|薪资待遇|薪资范围|工资待遇|薪酬待遇|"
    r"薪资|月薪|工资|薪酬|薪水|月收入|收入|待遇|年薪|时薪|日薪)"
    r"[^\d。,;\n]{0,8}(?=\d)"
)
_LABELLED = re.compile(
    r"[\d.,]+\s*(?:千|万|k|w|元)?[^。;\n\d]{0,6}(?:[\d.,]+)?[^。;,\n\d]{0,8}"
)
_COUNTS = re.compile(r"[人家名位户倍]|客户|员工|%")


def _in_description(text: str) -> Salary | None:
    """The first labelled figure that can be a month's pay; a bare one is no pay."""
    for label in _LABEL.finditer(text):
        tail = _LABELLED.match(text, label.end())
        if tail is None:
            continue
        salary = _read(label.group(0) + tail.group(0))
        lowest = salary.min_month or salary.max_month
        counts_people = _COUNTS.search(tail.group(0)) is not None
        if salary.is_stated and lowest and lowest >= 1000 and not counts_people:
            return replace(salary, is_from_description=True)
    return None
