from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from accounts.employers.models import Organization
from accounts.identity.models import User
from jobs.feeds.models import BulkRow, BulkRun
from jobs.feeds.services.runs import prepare_run, receive_file

# A row in our own headings with nothing left to change.
ROW: dict[str, str] = {
    "编号": "KF-1",
    "职位名称": "热线客服",
    "工作内容": "接听客户来电，解答账单、挂失和分期的问题，记录来电内容，把投诉转给专人处理。"
    "只接听，不外呼，没有销售任务，通话全程录音。",
    "qualifications": "年满18周岁，普通话清楚。",
    "occupation": "inbound_hotline",
    "headcount": "3",
    "education": "none",
    "base_salary_min": "4800",
    "base_salary_max": "4800",
    "pay_min": "5000",
    "pay_max": "6500",
    "pay_day": "10",
    "shift": "day",
    "rest": "double",
    "work_hours": "周一至周五 9:00-18:00",
    "weekly_hours": "40",
    "city": "上海",
    "district": "浦东新区",
    "employment_type": "full_time",
    "contract_months": "36",
    "probation_months": "2",
    "social_insurance": "是",
    "channel": "inbound_phone",
    "recording": "是",
    "hangup_right": "是",
}


def row(number: int = 1, **cells: str) -> dict[str, str]:
    return ROW | {"编号": f"KF-{number}"} | cells


def csv_data(rows: Sequence[dict[str, str]], encoding: str = "utf-8") -> bytes:
    columns = list(dict.fromkeys(name for line in rows for name in line))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def json_data(rows: Sequence[dict[str, Any]]) -> bytes:
    return json.dumps(list(rows), ensure_ascii=False).encode()


def send(
    organization: Organization,
    actor: User,
    rows: Sequence[dict[str, str]],
    *,
    name: str = "postings.csv",
) -> BulkRun:
    run = receive_file(
        organization=organization, actor=actor, name=name, data=csv_data(rows)
    )
    prepare_run(run)
    run.refresh_from_db()
    return run


def rows_of(run: BulkRun) -> list[BulkRow]:
    return list(BulkRow.objects.filter(run=run).order_by("number"))
