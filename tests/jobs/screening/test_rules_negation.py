from __future__ import annotations

import pytest

from tests.jobs.screening.make_adverts import screen_text

BOMBING = "col-contact-bombing"
THREAT = "col-threat-violence"
DEPOSIT = "fee-deposit-charges"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("严禁迟到早退,爆通讯录经验优先", BOMBING),
        ("不排除爆通讯录", BOMBING),
        ("质检岗,要求熟练爆通讯录", BOMBING),
        ("虽然禁止爆通讯录,但必要时可以爆通讯录", BOMBING),
        ("公司表面上禁止恐吓客户,实际上要恐吓客户", THREAT),
        ("禁止闲聊。爆通讯录", BOMBING),
        ("不收押金,需交服装费300", DEPOSIT),
        ("不怕爆通讯录", BOMBING),
        ("不得不择手段地爆通讯录", BOMBING),
        ("无需经验,爆通讯录", BOMBING),
        ("禁止对外透露,私下爆通讯录", BOMBING),
        ("we do not hire beginners, but you will threaten customers", THREAT),
    ],
)
def test_hit_stands(text: str, rule: str) -> None:
    assert rule in screen_text(text, title="催收专员").rules


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("严禁爆通讯录,冒充公检法,恐吓家人", BOMBING),
        ("嚴禁爆通訊錄", BOMBING),
        ("识别爆通讯录、恐吓、辱骂等行为", BOMBING),
        ("受理客户对恐吓、爆通讯录的投诉", BOMBING),
        ("爆通讯录者一律开除", BOMBING),
        ("对爆通讯录零容忍", BOMBING),
        ("爆通讯录等行为,一经发现立即开除", BOMBING),
        ("不爆通讯录", BOMBING),
        ("我们不诱导、不恐吓客户", THREAT),
        ("以下行为严禁:1、爆通讯录;2、恐吓客户", THREAT),
        ("不收取任何形式的押金", DEPOSIT),
        ("Never threaten customers", THREAT),
        ("Threatening customers is prohibited", THREAT),
    ],
)
def test_hit_is_negated(text: str, rule: str) -> None:
    assert rule not in screen_text(text, title="催收专员").rules


def test_strong_negation_is_an_explicit_prohibition() -> None:
    assert "pos-explicit-prohibition" in screen_text("严禁爆通讯录").rules
    both = screen_text("严禁爆通讯录。熟练爆通讯录者优先")
    assert "pos-explicit-prohibition" not in both.rules
