from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from jobs.postings.enums import Rest, Shift
from jobs.postings.rules.cues import Cue

_NIGHT_ONLY = Cue(r"长夜班|固定夜班|纯夜班|夜班(?:客服|专员|岗|人员)|night shift only")
_NIGHTS = Cue(
    r"夜班(?!车)|通宵|大夜|倒班|三班|四班三运转|两班倒|二班倒|24小时轮|7\*24|7x24|轮值夜|night shifts?|rotating shifts?"
)
_EARLY_LATE = Cue(
    r"早晚班|早班|晚班|中班|两班制|二班制|早中晚|轮班|排班|翻班|shift work|early and late"
)
_DAY = Cue(
    r"长白班|常白班|白班|正常班|行政班|朝[八九]晚[五六]|(?:早|上午)?[89]点?上班|day shift|office hours"
)
_NO_NIGHTS = re.compile(
    r"(?:无|不上|没有|不值|无需上?|不用上?|不倒|免)[大]?(?:夜班|倒班|晚班|通宵|班)|no night"
)
_RESTS: tuple[tuple[Rest, re.Pattern[str]], ...] = (
    (Rest.ALTERNATE, re.compile(r"大小周|单双休|隔周双休|隔周单休|alternate weekend")),
    (
        Rest.DOUBLE,
        re.compile(
            r"双休|做五休二|上五休二|五天工作制|5天工作制|周末休息|五天[八7-8]小时|5天8小时|周[六6]周?日休|weekends off|five-day week|5-day week"
        ),
    ),
    (
        Rest.SINGLE,
        re.compile(
            r"单休|做六休一|上六休一|六天工作制|6天工作制|周休一天|周日休息|月休4天|月休四天|six-day week"
        ),
    ),
    (
        Rest.ROTATING,
        re.compile(
            r"轮休|调休排班|排休|做四休二|做二休二|上四休二|做一休一|月休[5-9五六七八九八]|每周休[一二息]|做[三3]休[一1]|休息日轮"
        ),
    ),
)
_NOT_REST = re.compile(r"(?:无|非|不|没有)(?:是)?$")
_CLOCK = re.compile(
    r"(?P<a>[朝早](?P<am>[七八九十])晚(?P<pm>[五六七八九]))"
    r"|(?P<h1>[01]?\d|2[0-4])(?:[:.点时](?P<m1>[0-5]\d|半)?)?(?:am|pm)?\s*(?:-|至|到)\s*"
    r"(?P<late>下午|晚上|晚|次日|凌晨|第二天)?\s*(?P<h2>[01]?\d|2[0-4])(?:[:点时](?P<m2>[0-5]\d|半)?)"
)
# Cheap questions first: most adverts say nothing about shifts.
_CLOCK_HINT = re.compile(r"\d[:点时]|[朝早][七八九十]晚")
_SHIFT_HINT = re.compile(
    r"[班夜倒宵]|[朝早][七八九十]晚|[x*]24|24小时|shift|office|night"
)
_REST_HINT = re.compile(r"[休周]|工作制|week|5天|五天")
_HOURS_LABEL = re.compile(
    r"(?:工作时间|上班时间|作息时间|班次|工作时段|working hours|work hours)\s*[】\]]?\s*:?\s*"
)
_HOURS_END = re.compile(
    r"[。;\n【]|\s[二三四五六七八九]、|\d[、.](?!\d)|福利|薪资|薪酬|工作地|上班地|任职|岗位|地址|晋升|公交|培训|联系"
)
_DAILY = re.compile(
    r"(?:每天|每日|日工作|一天|日均)(?:工作)?\s*(?P<hours>\d{1,2}(?:\.5)?)\s*个?小时|(?P<eight>八小时工作制|8小时工作制|5天8小时|8小时制)"
)
_DIGITS = dict(zip("五六七八九十", range(5, 11), strict=True))
_EVENING = frozenset({"下午", "晚上", "晚"})
# Seekers who cannot work nights mean regular duty after this hour.
LATE_HOUR = 21


@dataclass(frozen=True, slots=True)
class ShiftFacts:
    shift: Shift | None = None
    rest: Rest | None = None
    hours_text: str = ""
    works_late: bool | None = None
    weekly_hours: Decimal | None = None


def parse_shift(title: str, text: str, original: str = "") -> ShiftFacts:
    """Shift and days off; `title` and `text` are folded, `original` as long as `text`.

    `works_late` is True when work after 21:00 is a regular duty, None when unknown.
    """
    spans = _spans(text) if _CLOCK_HINT.search(text) else []
    both = f"{title}\n{text}"
    speaks = _SHIFT_HINT.search(both) is not None
    no_nights = speaks and _NO_NIGHTS.search(both) is not None
    shift = _shift(both, spans, no_nights=no_nights) if speaks or spans else None
    rest = _rest(both) if _REST_HINT.search(both) else None
    return ShiftFacts(
        shift=shift,
        rest=rest,
        hours_text=_hours_text(text, original or text),
        works_late=_works_late(shift, spans, no_nights=no_nights),
        weekly_hours=_weekly_hours(text, rest),
    )


Span = tuple[float, float]


def _spans(text: str) -> list[Span]:
    """Start and end in hours; an end after midnight counts on from 24."""
    spans: list[Span] = []
    for match in _CLOCK.finditer(text):
        if match["a"]:
            spans.append((_DIGITS[match["am"]], 12 + _DIGITS[match["pm"]]))
            continue
        start = int(match["h1"]) + _minutes(match["m1"])
        end = int(match["h2"]) + _minutes(match["m2"])
        late = match["late"] or ""
        if (late in {"下午", "晚上", "晚"} and end < 12) or (
            end <= start and end <= 12 and start <= 12 and end + 12 - start <= 12
        ):
            end += 12
        if end <= start:
            end += 24
        if 3 <= end - start <= 16:
            spans.append((start, end))
    return spans


def _minutes(text: str | None) -> float:
    if not text:
        return 0
    return 0.5 if text == "半" else int(text) / 60


def _shift(both: str, spans: list[Span], *, no_nights: bool) -> Shift | None:
    if _NIGHT_ONLY.found_in(both) and not no_nights:
        return Shift.NIGHT
    if _NIGHTS.found_in(both) and not no_nights:
        return Shift.ROTATING
    if any(end > 24 for _, end in spans) and not no_nights:
        return Shift.ROTATING if len(spans) > 1 else Shift.NIGHT
    if _EARLY_LATE.found_in(both):
        return Shift.TWO_SHIFT
    if _DAY.found_in(both) or (spans and all(end <= LATE_HOUR - 1 for _, end in spans)):
        return Shift.DAY
    if spans:
        return Shift.TWO_SHIFT
    return Shift.DAY if no_nights else None


def _works_late(
    shift: Shift | None, spans: list[Span], *, no_nights: bool
) -> bool | None:
    if any(end > LATE_HOUR for _, end in spans):
        return True
    if shift in {Shift.NIGHT, Shift.ROTATING}:
        return True
    if shift == Shift.DAY or no_nights or spans:
        return False
    return None


def _rest(text: str) -> Rest | None:
    for rest, pattern in _RESTS:
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 3) : match.start()]
            if not _NOT_REST.search(before):
                return rest
    return None


def _hours_text(text: str, original: str) -> str:
    label = _HOURS_LABEL.search(text)
    if label:
        stop = _HOURS_END.search(text, label.end() + 4)
        end = min(stop.start() if stop else len(text), label.end() + 80)
        return original[label.end() : end].strip(" ,，:：、")
    clock = _CLOCK.search(text)
    return original[clock.start() : clock.end()].strip() if clock else ""


def _weekly_hours(text: str, rest: Rest | None) -> Decimal | None:
    daily = _DAILY.search(text)
    days = {
        Rest.DOUBLE: Decimal(5),
        Rest.SINGLE: Decimal(6),
        Rest.ALTERNATE: Decimal("5.5"),
    }
    if daily is None or rest not in days:
        return None
    hours = Decimal(daily["hours"] or 8)
    return days[rest] * hours if 2 <= hours <= 14 else None
