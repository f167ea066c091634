"""Synthetic adverts: every word in them is made up here, the same for the same number."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from random import Random
from typing import Any

from accounts.lib.places import City, cities
from jobs.search.rules.lexemes import Entry, facts_in, title_vector_of, vector_from
from jobs.search.rules.segmentation import index_words

# (title, share of a hundred, occupation, channel, role); 客服 is in three of ten.
JOBS = (
    ("在线客服", 9, "online_chat", "text", "support"),
    ("热线客服", 9, "inbound_hotline", "inbound_phone", "support"),
    ("售后客服", 7, "after_sales", "text", "support"),
    ("银行客服", 5, "inbound_hotline", "inbound_phone", "support"),
    ("投诉处理专员", 6, "complaints", "inbound_phone", "support"),
    ("录音质检员", 5, "quality_check", "back_office", "other"),
    ("数据录入员", 9, "data_entry", "back_office", "other"),
    ("行政文员", 10, "office_clerk", "back_office", "other"),
    ("信贷审核", 6, "credit_review", "back_office", "servicing"),
    ("贷后管理专员", 6, "servicing", "inbound_phone", "servicing"),
    ("账单结算员", 5, "billing_clerk", "back_office", "other"),
    ("门店店员", 9, "shop", "in_person", "other"),
    ("电话销售", 8, "sales", "outbound_phone", "outbound-sales"),
    ("仓库管理员", 6, "warehouse", "field", "other"),
)
PREFIXES = ("", "急招", "直招", "高薪", "双休", "包住", "长白班", "储备")
SUFFIXES = ("", "", "(五险一金)", "可兼职", "无经验可", "应届可", "不加班")
WHO = (
    "客户",
    "用户",
    "商家",
    "会员",
    "来电人",
    "同事",
    "供应商",
    "门店",
    "司机",
    "住户",
)
WHAT = ("订单", "账单", "资料", "合同", "发票", "退款", "物流", "预约", "投诉", "档案")
DOES = ("回复", "整理", "登记", "核对", "跟进", "转交", "录入", "解释", "确认", "汇总")
HOW = (
    "并做好记录",
    "按流程处理",
    "及时反馈主管",
    "保持耐心",
    "当天完成",
    "不外呼不推销",
)
NEEDS = (
    "普通话清楚",
    "会用电脑打字",
    "有耐心能倒班",
    "高中以上学历",
    "能适应夜班",
    "有团队精神",
    "做事仔细",
    "年满十八周岁",
    "有服务意识",
    "会用办公软件",
)
OFFERS = (
    "五险一金",
    "双休",
    "包住",
    "餐补",
    "带薪培训",
    "年终奖",
    "节日福利",
    "全勤奖",
    "晋升空间",
    "定期体检",
)
_NAMES = "安博晨大东方飞富光广海汉恒宏华辉嘉建金京景凯康联龙美明南鹏启千润森盛通"
PROJECTS = 20_000
SHIFTS = ("day", "day", "two_shift", "rotating", "night", "")
LEVELS = ("none", "none", "junior_high", "high_school", "high_school", "college")
EMPLOYMENT = ("full_time", "full_time", "full_time", "part_time", "dispatch", "")
DAY = 86_400
OLDEST_DAYS = 90


@dataclass(frozen=True, slots=True)
class Row:
    """The columns of a posting and of its entry that differ from row to row."""

    posting: dict[str, Any]
    entry: dict[str, Any]


@cache
def _zipf(size: int, power: float = 1.0) -> list[float]:
    return list(accumulate(1 / rank**power for rank in range(1, size + 1)))


def _draw(random: Random, size: int, power: float = 1.0) -> int:
    sums = _zipf(size, power)
    return bisect_left(sums, random.random() * sums[-1])


def _pick(random: Random, choices: Sequence[Any]) -> Any:
    """A third of the time that `Random.choice` takes: a row has fifty of these."""
    return choices[int(random.random() * len(choices))]


@cache
def _places() -> Sequence[City]:
    big = ("3101", "1101", "4403", "4401", "5101", "3301", "5001", "4201")
    first = sorted(cities(), key=lambda c: (c.code not in big, c.code))
    return [city for city in first if city.districts][:100]


@cache
def _job_sums() -> list[int]:
    return list(accumulate(job[1] for job in JOBS))


@lru_cache(maxsize=200_000)
def _cut(piece: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(index_words(piece)))


def project_of(number: int) -> str:
    return f"xm{number:05d}"


def company_of(number: int) -> str:
    size = len(_NAMES)
    first, rest = divmod(number, size * size)
    return f"{_NAMES[first % size]}{_NAMES[rest // size]}{_NAMES[rest % size]}服务公司"


def row_of(number: int, *, now: int) -> Row:
    """`number` from 1 up, the newest last."""
    random = Random(number)  # noqa: S311 - made-up adverts, no secrets
    sums = _job_sums()
    name, _share, occupation, channel, role = JOBS[
        bisect_left(sums, random.random() * sums[-1])
    ]
    city = _places()[_draw(random, 100)]
    district = city.districts[_draw(random, len(city.districts), 0.7)]
    title = _pick(random, PREFIXES) + name + _pick(random, SUFFIXES)
    company = company_of(_draw(random, 40_000, 0.8))
    project = project_of(_draw(random, PROJECTS, 0.9))
    duties = [
        _pick(random, DOES)
        + _pick(random, WHO)
        + _pick(random, WHAT)
        + ","
        + _pick(random, HOW)
        for _ in range(12)
    ]
    needs = random.sample(NEEDS, 5)
    offers = random.sample(OFFERS, 5)
    duties.append(f"项目{project}")
    pay = 3000 + 250 * _draw(random, 40, 0.6)
    entry = Entry(
        title=title,
        texts=(),
        city_code=city.code,
        place_code=district.code,
        occupation=occupation,
        education=_pick(random, LEVELS),
        experience_years=_pick(random, (0, 0, 0, 1, 2, 3)),
        lowest_pay=pay,
        shift=_pick(random, SHIFTS),
        rest=_pick(random, ("double", "single", "rotating")),
        channel=channel,
        role=role,
        employment=_pick(random, EMPLOYMENT),
        lodging="包住" in offers,
        insurance="五险一金" in offers,
    )
    posted = now - random.randrange(OLDEST_DAYS * DAY)
    return Row(
        posting=_posting(entry, company, district.zh_hans, duties, needs + offers),
        entry=_entry(
            entry,
            company,
            city.zh_hans + district.zh_hans,
            duties,
            needs + offers,
            posted,
            random.randrange(4, 11),
        ),
    )


def _posting(
    entry: Entry, company: str, district: str, duties: list[str], needs: list[str]
) -> dict[str, Any]:
    return {
        "organization_name": company,
        "title": entry.title,
        "occupation": entry.occupation,
        "responsibilities": "。".join(duties),
        "qualifications": "。".join(needs),
        "education": entry.education,
        "experience_years": entry.experience_years,
        "employment_type": entry.employment,
        "city_code": entry.city_code,
        "district": district,
        "shift": entry.shift,
        "rest": entry.rest,
        "pay_min": entry.lowest_pay,
        "pay_max": (entry.lowest_pay or 0) + 1500,
        "channel": entry.channel,
        "role": entry.role,
    }


def _entry(
    entry: Entry,
    company: str,
    place: str,
    duties: list[str],
    needs: list[str],
    posted: int,
    quality: int,
) -> dict[str, Any]:
    titles = _cut(entry.title)
    # Cut piece by piece: there are few pieces, and a million rows of them.
    pieces = [company, place, *(p for d in duties for p in d.split(","))]
    others = dict.fromkeys(word for piece in [*pieces, *needs] for word in _cut(piece))
    return {
        "words": vector_from(
            titles, (w for w in others if w not in titles), facts_in(entry)
        ),
        "title_words": title_vector_of(entry.title),
        "posted": posted,
        "quality": quality,
        "lowest_pay": entry.lowest_pay,
        "city_code": entry.city_code,
        "place_code": entry.place_code,
        "education": entry.education,
        "shift": entry.shift,
        "channel": entry.channel,
        "employment": entry.employment,
        "occupation": entry.occupation,
    }
