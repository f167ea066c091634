from __future__ import annotations

from datetime import date

import pytest

from jobs.applications.rules.wording import early_question, refused_words

TODAY = date(2026, 11, 25)


def refused(text: str, *may_ask: str) -> str | None:
    return refused_words(text, may_ask=may_ask, today=TODAY)


CONTACTS = [
    "打我电话 13800138000",
    "138 0013 8000，随时联系",
    "1３８００１３８０００",
    "一三八零零一三八零零零",
    "1 3 8 0 0 1 3 8 0 0 0",
    "138·0013·8000",
    "固话 021-55550000",
    "加我微信 abcd1234",
    "加个微信聊吧",
    "加我薇信",
    "加我V：abcd1234",
    "扫一下我的微信",
    "你微信号多少",
    "发我你的手机号",
    "留个联系方式",
    "你的电话号码是多少",
    "告诉我你的微信号",
    "方便给我们一个联系方式吗",
    "QQ 12345678",
    "邮件发到 hr@example.com",
    "please send me your phone number",
    "Add me on WhatsApp",
]
LINKS = [
    "填一下 https://forms.example.com/x",
    "t.me/abcdef",
    "看 www.example.cn",
    "到 example.com 报名",
]
CREDIT = [
    "面试请带征信报告",
    "你征信怎么样？",
    "把你的征信发我看看",
    "这个岗位要看征信",
    "请提供信用報告",
    "Please bring your credit report.",
]
CONVICTION = [
    "请提供无犯罪记录证明",
    "要开无犯罪证明",
    "有没有案底？",
    "这个岗位要无犯罪证明",
    "Bring a police clearance, please.",
]
FINE = [
    "您好，周五下午三点方便吗？",
    "我们在浦东新区示例路 1 号 9 楼，10:30 见。",
    "底薪 4800 元，14 天内答复，2026 年 12 月 1 日上班。",
    "这个岗位接热线，每天 60 到 80 个来电。",
    "不用带征信报告，人来就好。",
    "不需要无犯罪证明。",
    "这个岗位帮客户处理征信异议。",
    "我们用企业内部系统回复客户。",
    "早班 08:00-16:00，晚班 14:00-22:00。",
    "下午三点给你电话，可以吗？",
    "我们会打电话给你，请保持电话畅通。",
    "微信小程序的投诉也由我们回复。",
    "Thank you! See you on Friday at 10.",
]


@pytest.mark.parametrize("text", CONTACTS)
def test_other_ways_to_talk_are_refused(text: str) -> None:
    assert refused(text) == "contact"


@pytest.mark.parametrize("text", LINKS)
def test_links_are_refused(text: str) -> None:
    assert refused(text) == "link"


@pytest.mark.parametrize("text", CREDIT)
def test_a_credit_report_is_not_asked_for_early(text: str) -> None:
    assert refused(text) == "credit_report"
    assert refused(text, "no_conviction") == "credit_report"
    assert refused(text, "credit_report") is None


@pytest.mark.parametrize("text", CONVICTION)
def test_a_certificate_is_not_asked_for_early(text: str) -> None:
    assert refused(text) == "no_conviction"
    assert refused(text, "no_conviction") is None


@pytest.mark.parametrize("text", FINE)
def test_ordinary_words_pass(text: str) -> None:
    assert refused(text) is None


@pytest.mark.parametrize("text", [*CONTACTS, *LINKS])
def test_the_words_of_a_step_may_name_a_way_to_talk(text: str) -> None:
    assert early_question(text, may_ask=(), today=TODAY) is None
