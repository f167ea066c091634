from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from jobs.resumes.rules.lint import (
    CONTACT,
    FIGURE,
    PRACTICE,
    PRIVATE,
    TRADE,
    days_late,
    is_refused,
    lint,
    trade_words,
)

# What is written, what is found, and what to say instead.
ADVICE = [
    ("负责信用卡催收", "催收", "贷后沟通"),
    ("电话催款", "催款", "贷后沟通"),
    ("負責信用卡催收", "催收", "贷后沟通"),
    ("联系债务人", "债务人", "客户"),
    ("联系欠款人", "欠款人", "客户"),
    ("和老赖打交道", "老赖", "客户"),
    ("每月处理案件", "案件", "客户账户"),
    ("接手委外业务", "委外", "受金融机构委托"),
    ("做 M3 业务", "M3", "逾期 61–90 天"),
    ("做m2-m3业务", "m2-m3", "逾期 31–90 天"),
    ("做 M6+ 业务", "M6+", "逾期 180 天以上"),
    ("做 M0 提醒", "M0", "还没到期"),
    ("了解账龄", "账龄", "逾期天数"),
    ("帮客户降档", "降档", "客户恢复按时还款"),
    ("提高回款率", "回款率", "客户还款"),
    ("写好催记", "催记", "沟通记录"),
    ("跟催客户", "跟催", "沟通记录"),
    ("处理坏账", "坏账", "逾期较久的账户"),
    ("留过紧急联系人", "紧急联系人", ""),
    ("做过外访", "外访", "按预约见面"),
    ("预约上门", "上门", "按预约见面"),
    ("拿下难客户", "拿下", "谈妥"),
    ("擅长谈判", "谈判", "沟通协商"),
    ("有狼性", "狼性", "遇事平稳"),
    ("应对恶意投诉", "恶意投诉", "有争议的客户"),
    ("做过法催", "法催", "整理诉讼或调解材料"),
    ("用过预测外呼", "预测外呼", "呼叫中心系统"),
    ("业绩全公司第一", "全公司第一", ""),
]
REFUSED = [
    ("给客户施压", PRACTICE),
    ("給客戶施壓", PRACTICE),
    ("施压谈还款", PRACTICE),
    ("不还就爆通讯录", PRACTICE),
    ("爆通訊錄", PRACTICE),
    ("群呼客户的联系人", PRACTICE),
    ("冒充法院的人打电话", PRACTICE),
    ("假冒律师", PRACTICE),
    ("上门堵门", PRACTICE),
    ("威胁客户不还就坐牢", PRACTICE),
    ("恐吓", PRACTICE),
    ("给家人打电话要钱", PRACTICE),
    ("联系紧急联系人", PRACTICE),
    ("P图发给亲友", PRACTICE),
    ("做失联修复", PRACTICE),
    ("查找客户新号码", PRACTICE),
    ("不接就轰炸", PRACTICE),
    ("每天给同一客户打30个电话", PRACTICE),
    ("Pressured customers until they paid", PRACTICE),
    ("Threatened debtors with jail", PRACTICE),
    ("Pretended to be a court officer", PRACTICE),
    ("半夜给客户打电话", PRACTICE),
    ("一天打几百个电话骚扰客户", PRACTICE),
    ("寄假的律师函", PRACTICE),
    ("去客户家门口等", PRACTICE),
    ("把客户资料带走", PRACTICE),
    ("教客户以贷养贷", PRACTICE),
    ("骂客户", PRACTICE),
    ("Called the customer's boss", PRACTICE),
    ("Scared people into paying", PRACTICE),
    ("张三欠款5000元，电话跟进", PRIVATE),
    ("客户身份证 11010519491231002X", PRIVATE),
    ("我的电话 13812345678", CONTACT),
    ("微信 xiaozhou99", CONTACT),
    ("me@example.com", CONTACT),
]
FINE = [
    "接听客户来电，一天 80 通",
    "按规定不联系第三方",
    "从不威胁客户",
    "严禁对客户施压",
    "不爆通讯录，不施压",
    "客户威胁投诉时能稳住",
    "发现冒充客服的诈骗并上报",
    "协助困难客户提交分期申请",
    "安抚情绪激动的客户",
    "按约定时间给客户回电",
    "告诉客户逾期会影响征信，让他自己选",
    "只联系客户本人，不向家人透露欠款",
    "不打扰客户的家人和同事",
    "拒绝使用恐吓性话术",
    "提醒客户警惕冒充客服的诈骗",
    "处理过客户被骚扰的投诉",
    "被骂也能稳住，不回嘴",
    "和同事轮流值夜班",
    "安抚担心被起诉的客户",
    "送达律师函和调解通知书",
    "保护客户资料，不外传、不带走",
    "Only ever spoke with the customer, never with family",
    "Listened to complaints about harassment and passed them on",
    "Contacted colleagues in other departments",
    "Never pressured anybody",
    "Stayed calm under pressure from customers",
    "Answered customer calls, 80 a day",
    "",
]


@pytest.mark.parametrize(("text", "words", "instead"), ADVICE)
def test_words_of_the_trade_are_advice(text: str, words: str, instead: str) -> None:
    [remark] = lint(text)
    assert (remark.kind, remark.instead) == (TRADE, instead)
    assert text[remark.start : remark.end] == remark.words
    assert remark.words == words
    assert not is_refused(text)


@pytest.mark.parametrize(("text", "kind"), REFUSED)
def test_what_cannot_stand(text: str, kind: str) -> None:
    remarks = [remark for remark in lint(text) if remark.is_refused]
    assert kind in {remark.kind for remark in remarks}


@pytest.mark.parametrize("text", FINE)
def test_what_is_left_alone(text: str) -> None:
    assert lint(text) == []


def test_a_figure_the_person_did_not_give() -> None:
    [remark] = lint("接听客户来电，一天 200 通", figures=[80, 100])
    assert (remark.kind, remark.words) == (FIGURE, "200")
    assert lint("接听客户来电，一天 80 通", figures=[80, 100]) == []


def test_words_to_say_instead_are_in_the_language_of_the_text() -> None:
    [remark] = lint("Called debtors", language="en")
    assert remark.instead == "customers"
    [remark] = lint("聯絡債務人", language="zh-hant")
    assert (remark.words, remark.instead) == ("債務人", "客戶")


@pytest.mark.parametrize(
    ("text", "usual", "instead"),
    [
        ("Called debtors", "zh-hans", "customers"),
        ("联系债务人", "en", "客户"),
        ("聯絡債務人", "en", "客戶"),
        ("联系债务人", "zh-hant", "客戶"),
    ],
)
def test_a_text_in_another_language_gets_its_own_words(
    text: str, usual: str, instead: str
) -> None:
    assert lint(text, language=usual)[0].instead == instead


@pytest.mark.parametrize(
    ("bucket", "days"),
    [
        ("M1", "1–30 days late"),
        ("m4-m6", "91–180 days late"),
        ("M6+", "more than 180 days late"),
        ("M0", "not yet due"),
    ],
)
def test_buckets_as_days(bucket: str, days: str) -> None:
    assert days_late(bucket, "en") == days


@pytest.mark.parametrize("word", trade_words(), ids=lambda word: word.code)
def test_what_is_offered_needs_no_remark_itself(word: object) -> None:
    if word.instead:  # type: ignore[attr-defined]
        for text in word.instead.all:  # type: ignore[attr-defined]
            assert lint(text) == []


@given(st.text(max_size=80))
def test_any_text_is_read_and_places_fit(text: str) -> None:
    for remark in lint(text, figures=()):
        assert text[remark.start : remark.end] == remark.words != ""
