from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from jobs.matching.models import PostingFeatures, ShardVersion
from jobs.matching.rules.facts import JobFacts
from jobs.matching.services.features import facts_for, write_features
from jobs.postings.registry import tell_followers
from tests.jobs.matching.make import publish
from tests.make import make_organization, make_posting

pytestmark = pytest.mark.django_db


def test_a_published_posting_gets_features_with_it() -> None:
    posting = make_posting()
    tell_followers([posting])
    row = PostingFeatures.objects.get(posting=posting)
    facts = JobFacts.from_json(row.facts)
    assert (row.shard, facts.id) == ("3101", str(posting.public_id))
    assert facts.occupations[0] == ("inbound_hotline", 1.0)
    # Nobody applied yet, which the words alone do not tell.
    assert facts == replace(facts_for(posting), interest=0)


@pytest.mark.parametrize("state", ["draft", "in_review", "paused", "closed", "removed"])
def test_a_posting_that_is_not_open_loses_its_features(state: str) -> None:
    posting = publish()
    posting.state = state
    write_features([posting])
    assert not PostingFeatures.objects.exists()


def test_moving_to_another_city_raises_both_versions() -> None:
    posting = publish()
    before = dict(ShardVersion.objects.values_list("shard", "version"))
    posting.city_code = "5101"
    write_features([posting])
    after = dict(ShardVersion.objects.values_list("shard", "version"))
    assert after["3101"] == before["3101"] + 1
    assert "5101" in after


STATED: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"role": "collection"}, {"is_collection": True}),
    (
        {"role": "support", "responsibilities": "接听来电,不催收。"},
        {"is_collection": False},
    ),
    (
        {
            "role": "servicing",
            "channel": "outbound_phone",
            "responsibilities": "给逾期客户打电话,提醒还款。",
        },
        {"is_collection": True},
    ),
    ({"role": "servicing", "channel": "inbound_phone"}, {"is_collection": False}),
    ({"role": "outbound-sales"}, {"sales": 2}),
    ({"channel": "text", "title": "文字客服"}, {"phone": 1}),
    ({"channel": "inbound_phone"}, {"phone": 3}),
    ({"channel": "field"}, {"has_field_visits": True}),
    ({"shift": "rotating"}, {"works_late": True, "is_day_shift": False}),
    ({"shift": "day"}, {"works_late": False, "is_day_shift": True}),
    (
        {
            "screening_required": "credit_report",
            "screening_reason": "这份工作直接管钱。",
            "screening_stage": "offered",
        },
        {"checks_credit": True},
    ),
    ({"employment_type": "dispatch"}, {"is_dispatch": True}),
    ({"education": "college"}, {"education": 3}),
    ({"pay_min": 7000, "pay_max": 9000}, {"pay_min": 7000, "pay_max": 9000}),
    ({"benefits": ["lodging"]}, {"has_lodging": True}),
    ({"district": "徐汇区"}, {"district": "310104"}),
]


@pytest.mark.parametrize(("fields", "expected"), STATED, ids=str)
def test_what_the_fields_state_wins(
    fields: dict[str, Any], expected: dict[str, Any]
) -> None:
    facts = facts_for(make_posting(**fields))
    assert {name: getattr(facts, name) for name in expected} == expected


def test_both_names_of_an_employer_are_known_for_hiding() -> None:
    organization = make_organization(display_name="青禾")
    facts = facts_for(make_posting(organization))
    assert facts.employer == "青禾|青禾有限公司(虚构)"
    assert facts.uscc == organization.uscc


def test_rebuilding_reads_what_has_no_features_or_old_ones(
    capsys: pytest.CaptureFixture[str],
) -> None:
    organization = make_organization()
    fresh, stale, missing = (publish(organization) for _ in range(3))
    PostingFeatures.objects.filter(posting=stale).update(reading_version=0)
    PostingFeatures.objects.filter(posting=missing).delete()
    call_command("rebuild_matching")
    assert "2 postings" in capsys.readouterr().out
    call_command("rebuild_matching", "--all")
    assert "3 postings" in capsys.readouterr().out
    assert PostingFeatures.objects.filter(posting=fresh).exists()


def test_features_carry_the_last_day() -> None:
    moment = timezone.now() + timedelta(days=3)
    posting = publish(valid_through=moment)
    assert PostingFeatures.objects.get(posting=posting).valid_through == moment
