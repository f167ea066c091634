from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from accounts.seekers.enums import Education
from jobs.postings.enums import (
    Benefit,
    Channel,
    EmploymentType,
    Rest,
    SalesShare,
    Shift,
)
from jobs.postings.rules.benefits import parse_benefits
from jobs.postings.rules.channel import parse_channel
from jobs.postings.rules.contact import MASK, find_contacts, mask_contacts
from jobs.postings.rules.education import parse_education
from jobs.postings.rules.employment_type import parse_employment_type
from jobs.postings.rules.experience import parse_experience
from jobs.postings.rules.headcount import parse_headcount
from jobs.postings.rules.pay import parse_pay_structure
from jobs.postings.rules.place import parse_place
from jobs.postings.rules.shift import parse_shift
from jobs.postings.rules.text import fold


@pytest.mark.parametrize(
    ("field", "text", "level"),
    [
        ("大专", "", Education.COLLEGE),
        ("中技/中专", "", Education.HIGH_SCHOOL),
        ("不限", "大专及以上学历", Education.NONE),
        ("无", "大专及以上学历", Education.COLLEGE),
        ("", "学历：本科及以上", Education.BACHELOR),
        ("", "中专/高中以上学历，大专优先", Education.HIGH_SCHOOL),
        ("", "有本科优先录取", Education.NONE),
        ("", "学历不限", Education.NONE),
        ("1年经验/大专/招1人 04-16发布", "", Education.COLLEGE),
        ("", "Bachelor degree or above", Education.BACHELOR),
        ("博士", "", Education.MASTER),
    ],
)
def test_education_floor(field: str, text: str, level: Education) -> None:
    assert parse_education(fold(field), fold(text)).level == level


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("大专以上，有相关工作经验者可放宽学历", True),
        ("有相关工作经验者可降低学历要求", True),
        ("能力优秀者，学历条件可适当放宽", True),
        ("有經驗者學歷可放寬", True),
        ("or equivalent experience", True),
        ("学历要求严格，不接受自考", False),
        ("中级可以放宽银行经验要求", False),
    ],
)
def test_experience_in_place_of_education(text: str, accepted: bool) -> None:
    assert parse_education("", fold(text)).accepts_experience is accepted


def test_education_notes_when_field_and_text_disagree() -> None:
    facts = parse_education("本科", "大专及以上学历")
    assert (facts.level, facts.text_level) == (Education.BACHELOR, Education.COLLEGE)
    assert facts.contradicts


@pytest.mark.parametrize(
    ("field", "text", "low", "high"),
    [
        ("3-4年", "", 3, 4),
        ("5-7年经验", "", 5, 7),
        ("1年以下", "", 0, 1),
        ("10年以上", "", 10, None),
        ("8-9年经验/大专/招1人 04-01发布", "", 8, 9),
        ("无工作经验/招若干人/03-07发布", "", 0, None),
        ("", "两年以上客服工作经验", 2, None),
        ("", "有1-3年电话客服经验者优先", 1, 3),
        ("", "零基础可学", 0, None),
        ("", "3+ years of customer service experience", 3, None),
        ("", "公司成立20年，服务10年", None, None),
    ],
)
def test_years_of_experience(
    field: str, text: str, low: int | None, high: int | None
) -> None:
    facts = parse_experience(fold(field), fold(text))
    assert (facts.min_years, facts.max_years) == (low, high)


@pytest.mark.parametrize(
    ("text", "shift", "works_late"),
    [
        ("工作时间9:00-18:00，周末双休", Shift.DAY, False),
        ("朝九晚六", Shift.DAY, False),
        ("长白班，无夜班", Shift.DAY, False),
        ("早班8:00-16:00，晚班14:00-22:00", Shift.TWO_SHIFT, True),
        ("早晚班轮换 8:30-17:30/12:00-21:00", Shift.TWO_SHIFT, False),
        ("三班倒，含夜班", Shift.ROTATING, True),
        ("20:00-次日8:00", Shift.NIGHT, True),
        ("長夜班客服", Shift.NIGHT, True),
        ("两班制，不上夜班", Shift.TWO_SHIFT, False),
        ("认真负责，3-5年经验", None, None),
    ],
)
def test_shift_and_late_work(
    text: str, shift: Shift | None, works_late: bool | None
) -> None:
    facts = parse_shift("", fold(text), text)
    assert (facts.shift, facts.works_late) == (shift, works_late)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("周末双休", Rest.DOUBLE),
        ("做五休二", Rest.DOUBLE),
        ("单双休", Rest.ALTERNATE),
        ("大小周", Rest.ALTERNATE),
        ("单休（介意勿投）", Rest.SINGLE),
        ("月休8天，排休", Rest.ROTATING),
        ("做一休一", Rest.ROTATING),
        ("无双休", None),
        ("休息区宽敞", None),
    ],
)
def test_days_off(text: str, rest: Rest | None) -> None:
    assert parse_shift("", fold(text)).rest == rest


def test_shift_quotes_the_hours_and_counts_the_week() -> None:
    text = "【工作时间】每天8小时，９：００－１８：００，双休。福利好"
    facts = parse_shift("", fold(text), text)
    assert facts.hours_text == "每天8小时，９：００－１８：００，双休"
    assert facts.weekly_hours == 40


@pytest.mark.parametrize(
    ("title", "text", "channel"),
    [
        ("客服专员", "接听客户来电，解答疑问", Channel.INBOUND_PHONE),
        ("电话客服", "外呼回访老客户，电话邀约", Channel.OUTBOUND_PHONE),
        ("淘宝客服", "旺旺在线接待，打字回复", Channel.TEXT),
        ("酒店前台", "接待来访客人", Channel.IN_PERSON),
        ("售后专员", "上门维修，拜访客户", Channel.FIELD),
        ("数据录入员", "录入订单，整理档案", Channel.BACK_OFFICE),
        ("接听客服", "只需接听，无需外呼", Channel.INBOUND_PHONE),
        ("客服", "认真负责", None),
    ],
)
def test_main_channel(title: str, text: str, channel: Channel | None) -> None:
    assert parse_channel(fold(title), fold(text)).main == channel


def test_a_refused_channel_is_not_named() -> None:
    facts = parse_channel("客服", "接听为主，无需外呼，不打电话")
    assert Channel.OUTBOUND_PHONE not in facts.channels


@pytest.mark.parametrize(
    ("title", "text", "sales"),
    [
        ("电话销售", "", SalesShare.MAIN),
        ("客服", "完成销售任务，开发客户", SalesShare.MAIN),
        ("客服", "解答疑问，推荐产品，底薪+提成", SalesShare.SOME),
        ("客服", "接听电话，无销售性质", SalesShare.NONE),
        ("客服（非销售）", "解答客户咨询", SalesShare.NONE),
        ("销售助理", "整理合同", None),
    ],
)
def test_share_of_selling(title: str, text: str, sales: SalesShare | None) -> None:
    assert parse_channel(fold(title), fold(text)).sales == sales


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("提醒客户还款，跟进逾期客户", True),
        ("对逾期账款進行電催", True),
        ("接听咨询，不涉及催收", False),
        ("处理售后投诉", False),
    ],
)
def test_work_with_debtors(text: str, calls: bool) -> None:
    assert parse_channel("客服专员", fold(text)).calls_debtors is calls


def test_benefits_come_from_tags_and_text_in_a_fixed_order() -> None:
    found = parse_benefits("周末双休,五险一金", "包吃包住，带薪培训，年终奖")
    assert found == (
        Benefit.SOCIAL_INSURANCE,
        Benefit.HOUSING_FUND,
        Benefit.WEEKENDS_OFF,
        Benefit.MEALS,
        Benefit.LODGING,
        Benefit.PAID_TRAINING,
        Benefit.YEAR_END_BONUS,
    )


@pytest.mark.parametrize(
    "text", ["不包住", "无年终奖", "负责办理社保", "组织员工体检", "单双休"]
)
def test_refused_benefits_and_duties_are_none(text: str) -> None:
    assert parse_benefits("", text) == ()


@pytest.mark.parametrize(
    ("text", "low", "high", "guaranteed"),
    [
        ("无责底薪4000+提成", 4000, 4000, True),
        ("底薪3.5k-4.5k", 3500, 4500, None),
        ("基本工资3000元/月，绩效另计", 3000, 3000, None),
        ("固定工資6000", 6000, 6000, True),
        ("无底薪，纯提成", None, None, False),
        ("薪资面议", None, None, None),
        ("5000底薪", None, None, None),
    ],
)
def test_base_pay(
    text: str, low: int | None, high: int | None, guaranteed: bool | None
) -> None:
    pay = parse_pay_structure(fold(text), text)
    assert (pay.base_min, pay.base_max, pay.base_guaranteed) == (low, high, guaranteed)


def test_commission_is_quoted_and_commission_only_is_named() -> None:
    text = "岗位稳定。底薪4000，按回款额5%提成。双休"
    assert parse_pay_structure(text).incentive_text == "底薪4000，按回款额5%提成"
    assert parse_pay_structure("无底薪纯提成").is_commission_only
    assert not parse_pay_structure("5000底薪+提成").is_commission_only


@pytest.mark.parametrize(
    ("field", "text", "count", "several"),
    [
        ("2年经验/大专/招3人 03-01发布", "", 3, False),
        ("招若干人", "", None, True),
        ("", "招聘人数：12", 12, False),
        ("", "团队有30人", None, False),
    ],
)
def test_headcount(field: str, text: str, count: int | None, several: bool) -> None:
    found = parse_headcount(fold(field), fold(text))
    assert (found.count, found.is_several) == (count, several)


@pytest.mark.parametrize(
    ("field", "title", "text", "kind"),
    [
        ("FULL_TIME", "客服", "", EmploymentType.FULL_TIME),
        ("", "客服实习生", "", EmploymentType.INTERNSHIP),
        ("", "兼职客服", "", EmploymentType.PART_TIME),
        ("", "客服", "与劳务派遣公司签合同", EmploymentType.DISPATCH),
        ("", "客服", "合同直签，非劳务派遣", None),
        ("", "开发工程师（外包）", "", EmploymentType.OUTSOURCING),
        ("", "客服", "实习经历优先", None),
    ],
)
def test_employment_type(
    field: str, title: str, text: str, kind: EmploymentType | None
) -> None:
    assert parse_employment_type(field, fold(title), fold(text)) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("致电13800000000潘小姐", "phone"),
        ("电话138 0000 0000", "phone"),
        ("微信：ashore_hr01", "wechat"),
        ("加V：13800000000", "wechat"),
        ("QQ：100000000", "qq"),
        ("发简历到hr@example.com", "email"),
        ("前台021-55550000", "landline"),
    ],
)
def test_finds_and_masks_contacts(text: str, kind: str) -> None:
    assert [contact.kind for contact in find_contacts(text)] == [kind]
    masked = mask_contacts(text)
    assert MASK in masked
    assert not find_contacts(masked)


@pytest.mark.parametrize(
    "text", ["微信小程序开发", "QQ音乐", "订单号20260101123456789", "年薪138000元"]
)
def test_product_names_and_other_numbers_are_no_contacts(text: str) -> None:
    assert mask_contacts(text) == text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "missing"),
        ("无", "missing"),
        ("四川省", "province-only"),
        ("国外", "abroad"),
        ("远程办公", "remote"),
        ("异地招聘", "anywhere"),
        ("SSAS", "unknown"),
    ],
)
def test_place_says_why_no_city_is_known(text: str, reason: str) -> None:
    assert parse_place(text).reason == reason


def test_place_falls_back_to_the_address_in_the_text() -> None:
    facts = parse_place("无", "接听电话。工作地点：成都市高新区天府四街588号。双休")
    assert (facts.city_code, facts.area) == ("5101", "高新区天府四街588号")
    assert facts.is_from_description


@given(st.text(max_size=400))
def test_folding_keeps_the_length_and_happens_once(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)


@given(
    st.text(
        alphabet="底薪无责提成0123456789.-千万k元工作时间:9点双休夜班外呼接听不",
        max_size=80,
    )
)
def test_no_text_upsets_the_readers(text: str) -> None:
    folded = fold(text)
    parse_shift("", folded, text)
    pay = parse_pay_structure(folded, text)
    assert pay.base_min is None or 500 <= pay.base_min <= 60_000
    parse_channel("", folded)
    parse_education(folded, folded)
    parse_experience(folded, folded)
