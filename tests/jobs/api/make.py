from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.test import Client

from accounts.identity.models import User
from jobs.api.enums import Scope
from jobs.api.services.keys import NewKey, make_key

ROOT = "/api/v1"
# What PostingForm wants for a posting that may be sent in.
WHOLE: dict[str, Any] = {
    "title": "银行热线客服",
    "occupation": "inbound_hotline",
    "headcount": 5,
    "responsibilities": "接听客户来电，解答账单、挂失和分期的问题，记录来电内容，把投诉转给专人。"
    "本岗位只接听，不外呼，没有销售任务。通话全程录音。",
    "qualifications": "年满18周岁，普通话清楚，会用电脑打字，有耐心。欢迎转行的求职者。",
    "education": "none",
    "base_salary_min": 4800,
    "base_salary_max": 4800,
    "pay_min": 5000,
    "pay_max": 6500,
    "incentive_text": "全勤奖200元，质检奖每月约300元。",
    "pay_day": 10,
    "shift": "day",
    "rest": "double",
    "work_hours": "周一至周五 9:00-18:00",
    "weekly_hours": 40,
    "city_code": "3101",
    "district": "浦东新区",
    "street": "示例路1号",
    "employment_type": "full_time",
    "contract_months": 36,
    "probation_months": 2,
    "social_insurance": True,
    "benefits": ["paid_training"],
    "channel": "inbound_phone",
    "recording": True,
    "hangup_right": True,
}


def new_key(
    actor: User,
    *scopes: str,
    name: str = "招聘系统",
    lifetime: timedelta = timedelta(days=90),
) -> NewKey:
    """With every scope unless some are named."""
    return make_key(
        actor=actor, name=name, scopes=scopes or Scope.values, lifetime=lifetime
    )


class Api:
    """A program that holds one key; without a token it holds none."""

    def __init__(self, token: str = "") -> None:
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path: str, query: Any = None, **headers: str) -> Any:
        return self.client.get(
            f"{ROOT}{path}", query or {}, headers=self.headers | _names(headers)
        )

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.send("post", path, body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        return self.send("patch", path, body, **headers)

    def send(self, method: str, path: str, body: Any, **headers: str) -> Any:
        data = b"" if body is None else json.dumps(body).encode()
        return self.client.generic(
            method.upper(),
            f"{ROOT}{path}",
            data,
            "application/json",
            headers=self.headers | _names(headers),
        )


def _names(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def problem_of(response: Any) -> str:
    """The name at the end of its type; every error has to be one of these."""
    assert response["Content-Type"] == "application/problem+json", response.content
    body = response.json()
    assert body["status"] == response.status_code
    assert body["title"]
    assert body["detail"]
    return str(body["type"].rpartition("/")[2])
