from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.seekers.models import CompanyBlock, SeekerProfile
from jobs.matching.access.matches import open_postings, ranking_for, seeker_of
from jobs.matching.services.features import write_features
from jobs.postings.models import Posting
from tests.jobs.matching.make import publish
from tests.make import make_organization, make_seeker

pytestmark = pytest.mark.django_db


def shown(profile: SeekerProfile) -> list[str]:
    ranking = ranking_for(profile)
    pages = [ranking.page(number) for number in range(1, ranking.pages + 1)]
    return [match.job.id for page in pages for match in page]


def test_every_open_posting_within_reach_is_scored() -> None:
    organization = make_organization()
    made = [publish(organization, pay_max=5000 + 10 * n) for n in range(30)]
    publish(organization, city_code="5101")
    found = shown(make_seeker())
    assert sorted(found) == sorted(str(p.public_id) for p in made)
    assert found[0] == str(made[-1].public_id)


def test_a_change_is_seen_at_once() -> None:
    profile, posting = make_seeker(), publish()
    assert shown(profile) == [str(posting.public_id)]
    Posting.objects.update(state="closed")
    posting.refresh_from_db()
    write_features([posting])
    assert shown(profile) == []


def test_a_posting_past_its_last_day_is_gone_before_any_job_runs() -> None:
    posting = publish(valid_through=timezone.now() + timedelta(minutes=5))
    profile = make_seeker()
    later = timezone.now() + timedelta(minutes=6)
    assert shown(profile) == [str(posting.public_id)]
    assert ranking_for(profile, now=later).shown_count == 0


def test_what_is_shown_is_checked_again_when_read() -> None:
    posting = publish()
    Posting.objects.update(state="removed")
    assert open_postings([str(posting.public_id)]) == {}


@pytest.mark.parametrize("block", [{"name": "青禾"}, {"uscc": "91000000MA1A00104Q"}])
def test_a_hidden_employer_is_left_out(block: dict[str, str]) -> None:
    publish()
    profile = make_seeker()
    CompanyBlock.objects.create(profile=profile, reason="former", **block)
    ranking = ranking_for(profile)
    assert (ranking.shown_count, ranking.excluded_count) == (0, 1)
    assert ranking.left_out()[0][2][0].broken == ("former_employer",)


def test_remote_work_and_unstated_places_are_within_reach() -> None:
    organization = make_organization()
    remote = publish(organization, city_code="5101", facts={"is_remote": True})
    anywhere = publish(organization, city_code="", district="")
    expected = {str(remote.public_id), str(anywhere.public_id)}
    assert set(shown(make_seeker())) == expected


def test_three_answers_are_enough() -> None:
    publish()
    profile = make_seeker(
        education="",
        birth_year=None,
        past_roles=[],
        years=None,
        did=[],
        min_pay=None,
        wanted_occupations=[],
        wish_text="想做接电话的客服",
        constraints=["no_collection"],
        completed_at=None,
    )
    assert len(shown(profile)) == 1


def test_rules_never_see_who_it_is() -> None:
    profile = make_seeker(wish_text="想接电话")
    text = repr(seeker_of(profile))
    assert profile.contact_name not in text
    assert profile.contact_phone not in text
    assert profile.pseudonym not in text


def test_an_answer_changed_changes_the_list() -> None:
    publish()
    profile = make_seeker()
    assert len(shown(profile)) == 1
    profile.constraints = ["no_phone"]
    profile.version += 1
    profile.save()
    assert shown(profile) == []
