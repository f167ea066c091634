from __future__ import annotations

import re

from jobs.postings.enums import Benefit

B = Benefit
_WORDS: dict[Benefit, tuple[str, ...]] = {
    B.SOCIAL_INSURANCE: (
        "五险",
        "社保",
        "社会保险",
        "六险",
        "七险",
        "四险",
        "5险",
        "6险",
        "三险",
        "social insurance",
    ),
    B.HOUSING_FUND: ("公积金", "险一金", "险二金", "险1金", "housing fund"),
    B.EXTRA_INSURANCE: (
        "补充医疗",
        "商业保险",
        "商业医疗",
        "意外险",
        "六险",
        "七险",
        "6险",
        "雇主责任险",
    ),
    B.WEEKENDS_OFF: ("双休", "做五休二", "上五休二", "weekends off"),
    B.ANNUAL_LEAVE: ("年假", "带薪休假", "年休假", "annual leave"),
    B.PUBLIC_HOLIDAYS: (
        "法定节假日",
        "国定假",
        "法定假",
        "国家节假日",
        "节假日正常",
        "国定节假",
    ),
    B.MEALS: (
        "包吃",
        "包三餐",
        "免费三餐",
        "免费工作餐",
        "免费午餐",
        "免费晚餐",
        "包餐",
        "管饭",
        "包午餐",
        "提供工作餐",
        "提供午餐",
        "包工作餐",
        "包食宿",
        "提供食宿",
    ),
    B.MEAL_ALLOWANCE: (
        "餐补",
        "餐饮补",
        "饭补",
        "餐费补",
        "伙食补",
        "餐贴",
        "用餐补",
        "午餐补",
        "meal allowance",
    ),
    B.LODGING: (
        "包住",
        "提供住宿",
        "免费住宿",
        "员工宿舍",
        "包吃住",
        "包食宿",
        "提供食宿",
        "免费宿舍",
        "提供宿舍",
        "吃住全包",
    ),
    B.RENT_ALLOWANCE: ("房补", "住房补", "租房补", "住宿补", "住房津贴", "房贴"),
    B.TRANSPORT_ALLOWANCE: ("交通补", "车补", "路费补", "交通津贴", "交通费补"),
    B.PHONE_ALLOWANCE: ("话补", "通讯补", "电话补", "话费补", "通信补", "通讯津贴"),
    B.SHUTTLE: ("班车",),
    B.PAID_TRAINING: (
        "带薪培训",
        "带薪岗前",
        "带薪入职培训",
        "带薪学习",
        "paid training",
    ),
    B.TRAINING: (
        "专业培训",
        "系统培训",
        "免费培训",
        "岗前培训",
        "在职培训",
        "入职培训",
        "技能培训",
        "完善的培训",
    ),
    B.YEAR_END_BONUS: (
        "年终奖",
        "年底双薪",
        "年终双薪",
        "13薪",
        "十三薪",
        "14薪",
        "年底奖",
        "year-end bonus",
    ),
    B.PERFORMANCE_BONUS: ("绩效奖", "季度奖", "月度奖", "项目奖"),
    B.ATTENDANCE_BONUS: ("全勤",),
    B.SENIORITY_PAY: ("工龄", "司龄"),
    B.OVERTIME_PAY: ("加班补", "加班费", "加班工资", "加班津贴"),
    B.NIGHT_ALLOWANCE: ("夜班补", "夜班津贴", "夜班费", "夜补"),
    B.HEAT_ALLOWANCE: ("高温补", "高温津贴", "高温费"),
    B.FESTIVAL_GIFTS: (
        "节日福利",
        "过节费",
        "节日礼",
        "节假日福利",
        "节日慰问",
        "传统节日",
    ),
    B.BIRTHDAY_GIFTS: ("生日",),
    B.HEALTH_CHECK: ("体检",),
    B.TEAM_TRIPS: ("旅游", "团建", "拓展活动", "团队聚餐", "聚餐"),
    B.FLEXIBLE_HOURS: ("弹性工作", "弹性上班", "弹性打卡", "弹性工时", "弹性时间"),
    B.REMOTE_WORK: ("居家办公", "远程办公", "在家办公", "work from home"),
    B.STOCK_OPTIONS: ("股票期权", "期权激励", "股权激励"),
    B.SNACKS: ("下午茶", "零食"),
    B.COUNSELLING: ("心理咨询", "心理疏导", "心理辅导", "心理关怀", "eap"),
    B.NO_OVERTIME: ("不加班", "无加班", "从不加班", "零加班"),
}
_BY_WORD: dict[str, tuple[Benefit, ...]] = {}
for _benefit, _words in _WORDS.items():
    for _word in _words:
        _BY_WORD[_word] = (*_BY_WORD.get(_word, ()), _benefit)
# Longest first, so that 六险一金 still gives the fund when 六险 is a word of its own.
_FUND_TOO = re.compile(r"[五六七5-7]险[一二12]金")
_ANY = re.compile("|".join(sorted(map(re.escape, _BY_WORD), key=len, reverse=True)))
# 无年终奖, 不包吃住, and a duty such as 组织员工体检 is none.
_TAKEN_BACK = re.compile(
    r"(?:无|不|没有|自费|自理|不含|组织|安排|负责|办理|缴纳|核算|策划)[^,。;、]{0,3}$"
)
_TAKES_BACK = re.compile(r"(?:无|不|没有|自费|自理|不含|单)$")
# Words that name a benefit in one advert and a duty in the next (人事: 缴纳社保).
_ALSO_DUTIES = frozenset(
    {"社保", "公积金", "五险", "旅游", "体检", "生日", "工龄", "团建", "班车"}
)
_ORDER = {benefit: index for index, benefit in enumerate(Benefit)}


def parse_benefits(tags: str, text: str = "") -> tuple[Benefit, ...]:
    """Benefits named in the tags or the text (both folded), in a fixed order."""
    found: set[Benefit] = set()
    for match in _ANY.finditer(tags):
        if not _TAKES_BACK.search(tags, max(0, match.start() - 4), match.start()):
            found.update(_BY_WORD[match.group()])
    for match in _ANY.finditer(text):
        refused = _TAKEN_BACK if match.group() in _ALSO_DUTIES else _TAKES_BACK
        if not refused.search(text, max(0, match.start() - 6), match.start()):
            found.update(_BY_WORD[match.group()])
    if _FUND_TOO.search(tags) or _FUND_TOO.search(text):
        found |= {Benefit.SOCIAL_INSURANCE, Benefit.HOUSING_FUND}
    return tuple(sorted(found, key=_ORDER.__getitem__))
