"""Facts of adverts: short invented texts, one point each."""

from __future__ import annotations

from typing import Any

import pytest

from jobs.matching.rules.knowledge import word_of
from tests.jobs.matching.make import read

FACTS: list[tuple[str, str, dict[str, Any]]] = [
    ("接听客服", "接听客户来电,解答问题,无销售。", {"phone": 3, "sales": 0}),
    ("在线文字客服", "通过千牛打字回复买家咨询。", {"phone": 0, "sales": 0}),
    ("客服专员", "负责接听400热线,做好记录。", {"phone": 2}),
    ("数据录入员", "把单据录入系统,核对数据。", {"phone": None}),
    ("银行客服", "给客户打电话推荐账单分期业务,提成高。", {"sales": 2}),
    ("电话客服", "向客户推广公司的课程,邀约到店试听。", {"sales": 2}),
    ("售后客服(非销售)", "处理退换货和投诉。", {"sales": 0, "is_collection": False}),
    ("客户服务专员", "联系逾期客户,提醒并催收欠款。", {"is_collection": True}),
    ("客服专员", "接听来电。本岗位不催收,禁止催收。", {"is_collection": False}),
    ("财务助理", "负责应收账款的跟进和催款。", {"is_collection": True}),
    ("客服", "上班时间14:00-22:30,做五休二。", {"works_late": True, "rest": "double"}),
    ("客服", "朝九晚六,周末双休。", {"works_late": False, "rest": "double"}),
    ("文员", "入职需缴纳押金300元。", {"asks_fees": True}),
    ("文员", "不收取任何押金。", {"asks_fees": False}),
    ("文员", "不以任何名义向劳动者收取押金及财物。", {"asks_fees": False}),
    ("客服", "没有经验可参加培训,培训费1980元,可分期。", {"asks_fees": True}),
    ("助理", "公司提供免费培训,不收学费。", {"asks_fees": False}),
    ("信贷助理", "要求个人征信良好。", {"checks_credit": True}),
    ("信贷审核员", "核对征信报告,录用时不查个人征信。", {"checks_credit": False}),
    ("客户代表", "需要上门拜访客户。", {"has_field_visits": True}),
    ("客服", "劳务派遣,包吃包住。", {"is_dispatch": True, "has_lodging": True}),
    ("客服专员", "1、大专,有责任心。", {"education": 3}),
    ("客服专员", "中专以上学历,有经验者可放宽学历。", {"education": 2}),
    ("客服专员", "年龄18-30岁。", {"age_max": 30}),
    ("客服专员", "年满18周岁以上。", {"age_max": None, "age_min": None}),
    ("外贸跟单", "英语六级,口语流利。", {"demands": ("english",)}),
    ("客服专员", "英语四级优先。", {"demands": ()}),
    ("客服文员", "下载软件体验,日结150,随时可做。", {"is_gig": True}),
    ("客服经理", "管理客服团队。", {"seniority": 2}),
    ("经理助理", "整理文件。", {"seniority": 0}),
]


@pytest.mark.parametrize(("title", "text", "expected"), FACTS)
def test_facts_of_an_advert(title: str, text: str, expected: dict[str, Any]) -> None:
    job = read(title, text)
    assert {name: getattr(job, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("title", "text", "occupation"),
    [
        ("400客服专员", "接听热线。", "inbound_hotline"),
        ("淘宝客服", "用旺旺回复买家。", "ecommerce_service"),
        ("客服质检专员", "监听录音,打分。", "quality_assurance"),
        ("物业管家", "接待业主,处理报修。", "property_service"),
        ("法务助理", "整理合同和诉讼材料。", "legal_assistant"),
        ("仓管员", "管理库存和出入库。", "warehouse_clerk"),
        ("政务热线话务员", "接听12345来电。", "government_hotline"),
        ("理赔受理专员", "接报案,收材料。", "claims_intake"),
        ("行政前台", "接待来访,收发快递。", "admin_reception"),
    ],
)
def test_the_occupation_comes_from_title_and_duties(
    title: str, text: str, occupation: str
) -> None:
    assert read(title, text).occupations[0][0] == occupation


def test_a_new_title_for_the_same_duties_keeps_the_occupation() -> None:
    duties = "接听客户来电,解答账单问题;处理售后退换货;做好通话记录。"
    named = dict(read("接听客服", duties).occupations)
    plain = dict(read("客服专员", duties).occupations)
    assert plain["inbound_hotline"] >= 0.7 * named["inbound_hotline"]


def test_another_trade_is_not_mistaken_for_ours() -> None:
    job = read("Java开发工程师", "开发在线客服系统,处理订单,编写文档。")
    known = [strength for code, strength in job.occupations if not word_of(code)]
    assert all(strength < 0.4 for strength in known)


def test_a_trade_without_an_entry_goes_by_the_title_s_own_word() -> None:
    job = read("保育员", "照看小朋友吃饭、午睡。")
    assert job.occupations == (("word:保育员", 0.85),)


@pytest.mark.parametrize(
    ("text", "demand"),
    [
        ("熟悉sql语言和数据库", "programming"),
        ("负责全盘账务处理", "accounting"),
        ("根据行情走势做分析", "trading"),
        ("想获得一份有长远发展的工作", "course"),
        ("要求18-28岁,对互联网行业感兴趣", "course"),
    ],
)
def test_what_cannot_be_learned_in_a_week_is_read(text: str, demand: str) -> None:
    assert demand in read("助理", text).demands


@pytest.mark.parametrize("text", ["ps:不是销售岗位", "懂sql优先"])
def test_a_note_or_a_welcome_is_no_demand(text: str) -> None:
    assert read("助理", text).demands == ()


@pytest.mark.parametrize(
    ("title", "text", "sales"),
    [
        ("数据文员", "统计每日销售业绩,核算提成,做销售报表。", 0),
        ("文员", "负责业务人员提成、奖金的核算;统计各部门销售业绩。", 0),
        ("客服", "无销售性质,电话联系客户办理业务。有销售经验者优先,底薪+提成。", 2),
        ("客服", "无销售性质,接听来电。有提成。", 0),
        ("租房管家", "促成房屋买卖或租赁业务,开发房源。", 2),
        ("渠道专员", "开拓代理商,达成渠道任务。", 2),
        ("Renewal Manager", "responsible for sales, cross-sell and up-sell", 2),
    ],
)
def test_selling_is_told_from_counting_sales(title: str, text: str, sales: int) -> None:
    assert read(title, text).sales == sales


def test_selling_in_writing_is_no_phone_work() -> None:
    job = read("网店客服", "在线聊天推销产品,促成订单成交,开发新客户。")
    assert (job.sales, job.phone) == (2, 0)


def test_a_deposit_inside_a_promise_is_still_a_fee() -> None:
    assert read("文员", "不会收取任何费用,除(其中有20元的工牌押金)").asks_fees


def test_facts_survive_being_stored() -> None:
    job = read(
        "接听客服", "接听来电,朝九晚六,双休,英语流利。", city="上海", salary="5-6千/月"
    )
    assert type(job).from_json(job.as_json()) == job


def test_pay_that_plain_work_never_has_is_a_bait() -> None:
    read_one = read("前台", "接待来访。", salary="10001-15000")
    assert "bait" in read_one.demands
    assert "bait" not in read("前台", "接待来访。", salary="5-6千/月").demands
    assert "bait" not in read("前台主管", "本科学历。", salary="1.5-2万/月").demands


def test_chasing_papers_is_no_chasing_of_money() -> None:
    assert not read("出纳", "催收有关单据,应收、应付款的管理。").is_collection
    assert read("文员", "催收应收账款。").is_collection
    assert read("CSR", "follow up overdue payment of customers").is_collection
