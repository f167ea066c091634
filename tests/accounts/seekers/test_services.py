from __future__ import annotations

import json

import pytest

from accounts.consent.access import has_consent
from accounts.consent.enums import Purpose
from accounts.identity.models import AuditEvent
from accounts.seekers.access import export_profile
from accounts.seekers.enums import BlockReason, Skill, Step
from accounts.seekers.models import SeekerProfile
from accounts.seekers.services import (
    FIELDS_OF,
    HiddenFrom,
    NotASeeker,
    StepNeeded,
    begin_profile,
    erase_profile,
    finish_profile,
    save_step,
    skip_step,
)
from tests.make import make_seeker, make_user

pytestmark = pytest.mark.django_db


def new_profile() -> SeekerProfile:
    return begin_profile(user=make_user("seeker"))


def test_a_profile_begins_once_with_a_made_up_name() -> None:
    profile = new_profile()
    assert len(profile.pseudonym) == 2
    assert begin_profile(user=profile.user) == profile
    assert AuditEvent.objects.filter(action="seeker.profile_begun").count() == 1


def test_an_employer_has_no_profile() -> None:
    with pytest.raises(NotASeeker):
        begin_profile(user=make_user("employer"))


def test_a_saved_screen_is_kept_marked_and_audited_without_its_content() -> None:
    profile = new_profile()
    answers = {"city_code": "3101", "district": "浦东新区", "also_city_codes": []}
    save_step(profile=profile, actor=profile.user, step=Step.PLACE, answers=answers)
    profile.refresh_from_db()
    assert (profile.city_code, profile.done_steps) == ("3101", ["place"])
    assert profile.version == 2
    event = AuditEvent.objects.get(action="seeker.profile_saved")
    assert (event.subject_id, event.detail) == (profile.user_id, {"step": "place"})


def test_a_screen_writes_only_its_own_fields() -> None:
    profile = make_seeker(min_pay=4500)
    answers = {"years": 2, "min_pay": 99_000, "pseudonym": "别人"}
    save_step(profile=profile, actor=profile.user, step=Step.PAST, answers=answers)
    profile.refresh_from_db()
    assert float(profile.years or 0) == 2
    assert (profile.min_pay, profile.pseudonym) == (4500, "海风")


def test_skills_follow_from_the_ticks_and_go_with_them() -> None:
    profile = new_profile()
    for did in (["negotiate_instalments", "drive"], ["drive"]):
        save_step(
            profile=profile, actor=profile.user, step=Step.DID, answers={"did": did}
        )
    claims = {claim.skill: claim.source_answer for claim in profile.skills.all()}
    assert claims == {Skill.DRIVING: "drive"}


def test_hidden_employers_are_replaced_as_a_whole_and_kept_once() -> None:
    profile = new_profile()
    first = [HiddenFrom(name="旧东家"), HiddenFrom(name="旧东家")]
    second = [HiddenFrom(uscc="91000000MA1A00104Q", reason=BlockReason.CHOSEN)]
    for hidden in (first, second):
        save_step(
            profile=profile,
            actor=profile.user,
            step=Step.HIDDEN,
            answers={},
            hidden_from=hidden,
        )
    assert [str(row) for row in profile.blocks.all()] == ["91000000MA1A00104Q"]


def test_an_optional_screen_can_be_skipped_a_needed_one_cannot() -> None:
    profile = new_profile()
    skip_step(profile=profile, actor=profile.user, step=Step.PAY)
    with pytest.raises(StepNeeded):
        skip_step(profile=profile, actor=profile.user, step=Step.PLACE)
    profile.refresh_from_db()
    assert profile.done_steps == ["pay"]


def test_finishing_names_the_needed_screen_that_is_missing() -> None:
    profile = make_seeker(completed_at=None, done_steps=["place", "wanted"])
    with pytest.raises(StepNeeded) as refused:
        finish_profile(profile=profile, actor=profile.user)
    assert refused.value.step == Step.LIMITS
    profile.refresh_from_db()
    assert profile.completed_at is None


def test_finishing_twice_keeps_the_first_moment() -> None:
    done = ["place", "limits", "wanted"]
    profile = make_seeker(completed_at=None, done_steps=done)
    first = finish_profile(profile=profile, actor=profile.user).completed_at
    assert first is not None
    assert finish_profile(profile=profile, actor=profile.user).completed_at == first


def test_being_seen_is_an_agreement_that_can_be_taken_back() -> None:
    profile = new_profile()
    for visibility, agreed in ((1, True), (0, False)):
        answers = {"visibility": visibility}
        save_step(
            profile=profile, actor=profile.user, step=Step.CONTACT, answers=answers
        )
        assert has_consent(profile.user, Purpose.SHOW_PROFILE) is agreed


def test_an_erased_profile_holds_nothing_any_more() -> None:
    profile = make_seeker(wish_text="想接电话")
    answers = {"did": ["drive"]}
    save_step(profile=profile, actor=profile.user, step=Step.DID, answers=answers)
    erase_profile(profile.user)
    erase_profile(profile.user)
    exported = export_profile(profile.user) or {}
    # A made-up name, and the answer that everybody begins with.
    assert [name for name, value in exported.items() if value] == ["pseudonym", "calls"]
    assert exported["calls"] == "any"
    profile.refresh_from_db()
    assert profile.completed_at is None


def test_an_export_holds_every_answer() -> None:
    profile = make_seeker(years=2.5, wish_text="想接电话")
    exported = export_profile(profile.user) or {}
    assert (exported["wish_text"], exported["years"]) == ("想接电话", 2.5)
    assert json.dumps(exported)
    asked = {name for fields in FIELDS_OF.values() for name in fields}
    assert asked <= exported.keys()
