from __future__ import annotations

from typing import Any

from accounts.identity.models import User
from jobs.postings.models import Posting
from jobs.screening.models.appeals import Appeal
from jobs.screening.models.reports import Report
from jobs.screening.models.sanctions import Sanction
from jobs.screening.services.appeals import file_appeal
from jobs.screening.services.reports import decide_report, file_report
from jobs.screening.services.second_look import confirm_sanction
from tests.cast import Cast
from tests.make import make_posting

WORDS = "面试时说要先交五百元押金,只有我一个人知道的话:蓝色雨伞。"


def make_report(posting: Posting, **fields: Any) -> Report:
    values: dict[str, Any] = {"category": "fee", "text": WORDS, "posting": posting}
    return file_report(**(values | fields))[0]


def decide(report: Report, reviewer: User, outcome: str, **fields: Any) -> Report:
    values: dict[str, Any] = {
        "seen": report.state,
        "basis": ["fee"],
        "note": "应聘不能收钱。",
        "reporter_note": "谢谢你,我们处理了。",
    }
    return decide_report(
        report=report, reviewer=reviewer, outcome=outcome, **(values | fields)
    )


def make_removal(cast: Cast, *, confirmed: bool = True, **fields: Any) -> Sanction:
    """A posting taken down because of a seeker's report."""
    posting = make_posting(cast.organization)
    report = make_report(posting, **({"reporter": cast.seeker.user} | fields))
    sanction = decide(report, cast.moderator, "removed").sanction
    assert sanction is not None
    if confirmed:
        sanction = confirm_sanction(sanction=sanction, reviewer=cast.operator)
    return sanction


def make_appeal(cast: Cast) -> Appeal:
    sanction = make_removal(cast)
    return file_appeal(sanction=sanction, actor=cast.employer, text="没有收过押金。")
