"""The first texts: each may be published once its blanks are filled."""

from __future__ import annotations

import re

import pytest

from accounts.lib.occupations import occupation_codes
from jobs.editor.progress import progress_of
from jobs.editor.role_templates import role_templates
from jobs.editor.rules.blanks import blanks_in, fill
from jobs.postings.models import Posting
from jobs.postings.services import end_of_day
from jobs.screening.adverts import TEXT_FIELDS
from jobs.screening.enums import Severity
from tests.jobs.postings.make import tomorrow
from tests.make import make_organization

LANGUAGES = ("zh-hans", "zh-hant", "en")
WANTED = {
    "inbound_hotline", "online_chat", "after_sales", "complaint_handling",
    "consumer_rights", "loan_servicing", "hardship_desk", "quality_assurance",
    "trainer", "workforce_planning", "knowledge_base", "credit_review",
    "fraud_operations", "compliance_assistant", "claims_intake",
    "government_hotline", "property_service", "order_processing", "data_entry",
    "store_service", "dispatch_desk",
}  # fmt: skip
# What only the employer knows.
OWN = {
    "city_code": "3101",
    "district": "浦东新区",
    "base_salary_min": 4800,
    "base_salary_max": 4800,
    "pay_min": 5200,
    "pay_max": 6500,
    "pay_day": 10,
    "headcount": 3,
    "debt_owner": "青禾消费金融有限公司",
}


def filled(code: str, language: str) -> Posting:
    from datetime import date

    values = role_templates()[code].fields(language) | OWN
    for name in TEXT_FIELDS:
        if name in values:
            values[name] = fill(values[name], "8")
    values["valid_through"] = end_of_day(date.fromisoformat(tomorrow()))
    return Posting(organization=make_organization(), **values)


def test_all_the_target_roles_are_there() -> None:
    assert set(role_templates()) == WANTED
    assert occupation_codes() >= WANTED


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(WANTED))
def test_a_filled_template_is_lawful(code: str, language: str) -> None:
    progress = progress_of(filled(code, language))
    examination = progress.examination
    grave = [
        (finding.rule, finding.excerpt)
        for finding in examination.findings
        if finding.severity not in {Severity.WARN, Severity.POSITIVE}
    ]
    assert grave == []
    assert not examination.disguised
    assert examination.decision == "ok"
    assert [one.label for step in progress.steps for one in step.missing] == []
    assert progress.is_ready


@pytest.mark.django_db
def test_an_unfilled_template_is_not_ready_and_says_which_blanks() -> None:
    posting = Posting(
        organization=make_organization(),
        **role_templates()["inbound_hotline"].fields("zh-hans"),
    )
    progress = progress_of(posting)
    assert not progress.is_ready
    work = next(step for step in progress.steps if step.key == "work")
    assert any("【几】" in one.label for one in work.missing)


@pytest.mark.parametrize("code", sorted(WANTED))
def test_the_three_texts_say_the_same_length_of_things(code: str) -> None:
    texts = role_templates()[code].texts
    lines = {
        key: len(text["responsibilities"].strip().splitlines())
        for key, text in texts.items()
    }
    assert len(set(lines.values())) == 1
    assert {len(text) for text in texts.values()} == {len(texts["en"])}
    for key, text in texts.items():
        assert blanks_in(text["responsibilities"] + text["qualifications"])
        assert len(text["title"]) <= 60
        is_chinese = bool(re.search("[\u4e00-\u9fff]", text["responsibilities"]))
        assert is_chinese == (key != "en")


@pytest.mark.parametrize("code", sorted(WANTED))
def test_chinese_sentences_are_short(code: str) -> None:
    for key in ("zh_hans", "zh_hant"):
        text = role_templates()[code].texts[key]
        for name in ("responsibilities", "qualifications"):
            for sentence in re.split("[。\n]", text[name]):
                assert len(re.sub("【[^】]*】", "", sentence)) <= 30, sentence
