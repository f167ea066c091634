from __future__ import annotations

import pytest

from jobs.alerts.rules.neutral import is_neutral


@pytest.mark.parametrize(
    "text",
    [
        "热线客服（上海，白班）",
        "小区客服前台",
        "客服组长（带18人）",
        "倉儲文員",
        "信用卡热线坐席（只接不打）",
        "Call centre agent, day shift",
        "上海 · 每月 5000 元起 · 每周休两天",
        "",
    ],
)
def test_plain_work_is_named(text: str) -> None:
    assert is_neutral(text)


@pytest.mark.parametrize(
    "text",
    [
        "贷后催收专员",
        "貸後服務",
        "还款提醒与协商专员",
        "還款協商",
        "困难客户倾听与转介专员",
        "资产保全主管",
        "逾期帐款管理",
        "分期方案专员",
        "心理热线接线员",
        "情绪支持专员",
        "不要催收",
        "Collections officer",
        "DEBT advisor",
        "Loan servicing",
        "Hardship team",
        "Mental health line",
    ],
)
def test_what_others_should_not_read_is_not(text: str) -> None:
    assert not is_neutral(text)
