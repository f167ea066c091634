"""A public page offers no treatment; that somebody gives none may stand there."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.counselors.rules.claims import claimed
from tests.make import make_counselor, sign_in

EDIT = "/counselors/mine/edit/"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("提供心理治疗，三个疗程见效。", ["治疗", "疗程"]),
        ("提供心理治療。", ["治疗"]),
        ("Certified therapist. I treat burnout.", ["therapist", "treat"]),
        ("情绪支持、睡眠和压力的自助方法，不作诊断和治疗；需要时转介医院或12356。", []),
        ("We do not diagnose or treat anybody.", []),
        ("不收费，成功率很高。", ["成功率"]),
        ("求职方向、简历、面试练习。不谈病情，不代写虚假经历。", []),
        ("", []),
    ],
)
def test_what_is_offered_is_found_and_what_is_denied_is_not(
    text: str, found: list[str]
) -> None:
    assert claimed(text) == found


@pytest.mark.django_db
def test_a_page_that_offers_treatment_is_not_saved(client: Client) -> None:
    profile = make_counselor(about="慢慢说")
    sign_in(client, profile.user)
    page = client.post(EDIT, {"name": "周老师", "about": "我做心理治疗。"})
    assert page.status_code == 422
    assert "我做心理治疗。" in page.content.decode()
    profile.refresh_from_db()
    assert profile.about == "慢慢说"
