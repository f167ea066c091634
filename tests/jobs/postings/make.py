from __future__ import annotations

from datetime import timedelta
from typing import Any

from accounts.lib import dates

# A posting form filled in well; add `valid_through`.
ANSWERS: dict[str, Any] = {
    "title": "热线客服",
    "occupation": "inbound_hotline",
    "headcount": "3",
    "responsibilities": "接听客户来电,解答账单、挂失和分期的问题,记录来电内容,把投诉转给专人处理。"
    "只接听,不外呼,没有销售任务,通话全程录音。",
    "qualifications": "年满18周岁,普通话清楚。",
    "education": "none",
    "experience_years": "0",
    "screening_required": "none",
    "base_salary_0": "4800",
    "base_salary_1": "4800",
    "pay_0": "5000",
    "pay_1": "6500",
    "pay_day": "10",
    "pay_months": "12",
    "shift": "day",
    "rest": "double",
    "work_hours": "周一至周五 9:00-18:00",
    "weekly_hours": "40",
    "city_code": "3101",
    "district": "浦东新区",
    "employment_type": "full_time",
    "contract_months": "36",
    "probation_months": "2",
    "social_insurance": "yes",
    "channel": "inbound_phone",
    "recording": "yes",
    "hangup_right": "yes",
    "intent": "check",
}


def tomorrow() -> str:
    return (dates.today() + timedelta(days=1)).isoformat()
