from __future__ import annotations

from collections.abc import Iterator

import pytest

from accounts.identity.models import AuditEvent
from accounts.seekers import claims as known
from accounts.seekers.claims import MoreClaim, register_claimer
from accounts.seekers.enums import Skill, Step
from accounts.seekers.models import SeekerProfile
from accounts.seekers.services import refresh_skills, save_step
from tests.make import make_seeker

pytestmark = pytest.mark.django_db
more: list[MoreClaim] = []


def claimer(profile: SeekerProfile) -> list[MoreClaim]:
    return list(more)


def label(source: str) -> str:
    return "会开车" if source == "other:drives" else ""


@pytest.fixture(autouse=True)
def _another_app_claims(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(known, "_claimers", [])
    monkeypatch.setattr(known, "_labelers", [])
    register_claimer(claimer, label=label)
    more[:] = [
        MoreClaim(Skill.DRIVING, "other:drives"),
        MoreClaim(Skill.TYPING, "other:types", 2),
    ]
    yield
    more.clear()


def claims(profile: SeekerProfile) -> dict[str, str]:
    return dict(profile.skills.values_list("skill", "source_answer"))


def test_what_others_know_is_added() -> None:
    profile = make_seeker(did=["type_fast"])
    refresh_skills(profile=profile, actor=profile.user)
    assert claims(profile) == {"typing": "type_fast", "driving": "other:drives"}


def test_nothing_new_writes_nothing() -> None:
    profile = make_seeker(did=["type_fast"])
    refreshed = refresh_skills(profile=profile, actor=profile.user)
    again = refresh_skills(profile=profile, actor=profile.user)
    assert again.version == refreshed.version
    assert AuditEvent.objects.filter(action="seeker.skills_refreshed").count() == 1


def test_the_own_answer_comes_first_and_the_other_stays_behind_it() -> None:
    profile = make_seeker(did=[])
    for did, source in ((["type_fast"], "type_fast"), ([], "other:types")):
        save_step(
            profile=profile, actor=profile.user, step=Step.DID, answers={"did": did}
        )
        assert claims(profile)["typing"] == source


def test_what_others_stop_saying_goes() -> None:
    profile = make_seeker(did=[])
    refresh_skills(profile=profile, actor=profile.user)
    more.clear()
    refresh_skills(profile=profile, actor=profile.user)
    assert claims(profile) == {}


def test_a_claimer_registers_once() -> None:
    register_claimer(claimer, label=label)
    assert len(known.more_claims(make_seeker())) == 2


def test_answers_have_words_wherever_they_come_from() -> None:
    sources = ["lead_team", "other:drives", "other:unknown", ""]
    assert [known.answer_label(source) for source in sources] == [
        "带团队",
        "会开车",
        "",
        "",
    ]
