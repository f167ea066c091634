from __future__ import annotations

import pytest

from tests.jobs.screening.make_adverts import screen_text

COLLECTION = "每天拨打逾期客户电话,督促债务人还款,按回款提成"
SUPPORT = "接听客户来电,解答咨询,受理投诉,无销售"
SELLING = "电话联系客户推荐账单分期业务,名单由公司提供,高提成"
RECEIVABLES = "负责应收账款核对与催收,跟进客户回款和开票"
SERVICING = "为还款困难客户评估情况,提供个性化分期和延期还款方案,办理结清手续"
CODING = "使用Python建模,维护催收评分卡和数据仓库"


@pytest.mark.parametrize(
    ("title", "text", "role", "disguised"),
    [
        ("电话催收员", COLLECTION, "collection", False),
        ("贷后客服", COLLECTION, "collection", False),
        ("客服专员", COLLECTION, "collection", True),
        ("法务助理", COLLECTION, "collection", True),
        ("客服专员", SUPPORT, "support", False),
        ("银行客服", SELLING, "outbound-sales", True),
        ("电话销售", SELLING, "outbound-sales", False),
        ("应收会计", RECEIVABLES, "receivables", False),
        ("销售", RECEIVABLES, "receivables", True),
        ("还款协商专员", SERVICING, "servicing", False),
        ("数据分析师", CODING, "other", False),
        ("厨师", "做菜,配菜,打扫厨房", "other", False),
        ("軟體客服", "接聽客戶來電,解答諮詢,受理投訴", "support", False),
        (
            "Debt collector",
            "Call overdue borrowers and collect debts",
            "collection",
            False,
        ),
    ],
)
def test_role_is_read_from_the_duties(
    title: str, text: str, role: str, *, disguised: bool
) -> None:
    screening = screen_text(text, title=title)
    assert (screening.role, screening.disguised) == (role, disguised)


def test_disguise_is_for_a_person_to_look_at() -> None:
    assert screen_text(SELLING, title="银行客服").decision == "review"


def test_task_scam_under_a_job_title_is_disguised() -> None:
    gig = "试客任务,下载应用即可,日结"
    assert screen_text(gig, title="客服文员").disguised
    assert not screen_text(gig, title="应用体验").disguised
