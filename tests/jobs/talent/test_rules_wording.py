from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from jobs.talent.enums import Forbidden
from jobs.talent.rules.wording import forbidden_words


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("她怀孕了，先不急", Forbidden.HEALTH),
        ("感觉有抑郁症", Forbidden.HEALTH),
        ("离异带娃，怕请假多", Forbidden.FAMILY),
        ("married, two kids", Forbidden.FAMILY),
        ("听说有案底", Forbidden.CONVICTION),
        ("征信查过没有", Forbidden.CONVICTION),
        ("他自己还欠着网贷", Forbidden.DEBT),
        ("外地人，户口不在这里", Forbidden.ORIGIN),
        ("年纪太大了", Forbidden.LOOKS),
        ("长得不错", Forbidden.LOOKS),
        ("就是个老赖", Forbidden.SLUR),
        ("微信 haifeng_88", Forbidden.CONTACT),
        ("打 13911112222 找他", Forbidden.CONTACT),
        ("她 怀 孕 了", Forbidden.HEALTH),
        ("有抑鬱症", Forbidden.HEALTH),
    ],
)
def test_what_must_not_be_written_is_found(text: str, kind: Forbidden) -> None:
    assert kind in {one.kind for one in forbidden_words(text)}


@pytest.mark.parametrize(
    "text",
    [
        "对方发火时也稳，先听完再讲分期",
        "客户说家里有人生病，他先问要不要改天再打",
        "以前做催收，懂法，转过来学得快",
        "压力大的时候也不乱，打字每分钟五十个",
        "垃圾分类热线做过一年，滚动排班没问题",
        "手写和表格都漂亮，说明好看懂",
        "@邵一鸣 请你再听一遍录音",
        "Calm under pressure; explained instalments without pushing.",
    ],
)
def test_words_about_the_work_are_let_through(text: str) -> None:
    assert forbidden_words(text) == []


def test_a_clause_about_customers_excuses_only_itself() -> None:
    (found,) = forbidden_words("客户怀孕时他很耐心。她自己也怀孕了")
    assert (found.kind, found.words) == (Forbidden.HEALTH, "怀孕")


@given(st.text(max_size=200))
def test_whatever_stands_around_it_does_not_hide_it(around: str) -> None:
    found = forbidden_words(f"{around}。怀孕")
    assert Forbidden.HEALTH in {one.kind for one in found}
