from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.consent.registry import erase_person, export_person
from accounts.identity.models import AuditEvent
from accounts.seekers.claims import answer_label
from accounts.seekers.enums import Step
from accounts.seekers.models import SeekerProfile, SkillClaim
from accounts.seekers.services import save_step
from jobs.matching.access.matches import seeker_of
from jobs.resumes.access import skills_of
from jobs.resumes.models import Resume, ResumeAnswer, ResumeLine
from jobs.resumes.services.answers import (
    Detail,
    begin_resume,
    save_details,
    save_group,
    write_in,
)
from jobs.resumes.services.errors import LineRefused
from jobs.resumes.services.lines import edit_line
from tests.jobs.resumes.make import line_from, make_resume
from tests.make import make_seeker

pytestmark = pytest.mark.django_db


@pytest.fixture
def profile() -> SeekerProfile:
    return make_seeker(did=[])


def texts(resume: Resume, variant: str = "support") -> list[str]:
    return list(resume.lines.filter(variant=variant).values_list("text", flat=True))


def test_beginning_twice_gives_one(profile: SeekerProfile) -> None:
    first, second = (
        begin_resume(profile=profile, actor=profile.user, language=language)
        for language in ("en", "zh-hans")
    )
    assert first == second
    assert first.language == "en"


def test_lines_follow_the_ticks(profile: SeekerProfile) -> None:
    resume = make_resume(profile, ["calming", "scolded"])
    assert texts(resume) == ["安抚情绪激动的客户", "面对激烈言语保持平稳和礼貌"]
    save_group(resume=resume, actor=profile.user, group="people", codes=["scolded"])
    assert texts(resume) == ["面对激烈言语保持平稳和礼貌"]


def test_a_code_of_another_group_or_of_none_is_not_taken(
    profile: SeekerProfile,
) -> None:
    resume = make_resume(profile, ["calming"])
    codes = ["lead", "爆通讯录", "scolded"]
    save_group(resume=resume, actor=profile.user, group="people", codes=codes)
    assert [answer.code for answer in resume.answers.all()] == ["scolded"]


def test_figures_and_names_come_into_the_lines(profile: SeekerProfile) -> None:
    resume = make_resume(profile, ["inbound_calls", "systems"])
    details = {"inbound_calls": Detail(80, 100), "systems": Detail(name="潮云")}
    save_details(resume=resume, actor=profile.user, details=details)
    assert "接听客户来电，一天 80–100 通" in texts(resume)
    assert "使用客户系统或工单系统：潮云" in texts(resume)


def test_an_unlawful_name_is_refused_and_nothing_changes(
    profile: SeekerProfile,
) -> None:
    resume = make_resume(profile, ["systems"])
    with pytest.raises(LineRefused):
        save_details(
            resume=resume,
            actor=profile.user,
            details={"systems": Detail(name="爆通讯录软件")},
        )
    assert resume.answers.get().name == ""
    assert not ResumeLine.objects.filter(text__contains="爆").exists()


def test_a_range_the_wrong_way_round_is_refused(profile: SeekerProfile) -> None:
    resume = make_resume(profile, ["inbound_calls"])
    with pytest.raises(ValidationError):
        save_details(
            resume=resume,
            actor=profile.user,
            details={"inbound_calls": Detail(100, 80)},
        )


def test_edited_lines_are_never_overwritten(profile: SeekerProfile) -> None:
    resume = make_resume(profile, ["inbound_calls"])
    line = line_from(resume, "inbound_calls")
    edit_line(line=line, actor=profile.user, text="接电话，听懂再答", version=1)
    details = {"inbound_calls": Detail(80)}
    save_details(resume=resume, actor=profile.user, details=details)
    line.refresh_from_db()
    assert line.text == "接电话，听懂再答"
    assert line.offered == "接听客户来电，一天 80 通"
    save_details(resume=resume, actor=profile.user, details={"inbound_calls": Detail()})
    line.refresh_from_db()
    assert line.offered == ""


def test_an_edited_line_outlives_its_answer(profile: SeekerProfile) -> None:
    """It is kept for its writer, and sends nothing (test_access)."""
    resume = make_resume(profile, ["inbound_calls"])
    line = line_from(resume, "inbound_calls")
    edit_line(line=line, actor=profile.user, text="接电话", version=1)
    save_group(resume=resume, actor=profile.user, group="calls", codes=[])
    assert texts(resume) == ["接电话"]
    assert texts(resume, "servicing") == []


def test_another_language_writes_the_lines_anew(profile: SeekerProfile) -> None:
    resume = make_resume(profile, ["calming", "scolded"])
    line = line_from(resume, "scolded")
    edit_line(line=line, actor=profile.user, text="挨骂也稳得住", version=1)
    resume = write_in(resume=resume, actor=profile.user, language="en")
    assert texts(resume) == ["Calmed upset customers", "挨骂也稳得住"]
    line.refresh_from_db()
    assert line.offered == "Stayed calm and polite when spoken to harshly"


def test_skills_of_the_answers_count_in_matching(profile: SeekerProfile) -> None:
    before = profile.version
    make_resume(profile, ["lead"])
    profile.refresh_from_db()
    claim = SkillClaim.objects.get(profile=profile)
    assert (claim.skill, claim.source_answer) == ("team_lead", "resume:lead")
    assert "team_lead" in seeker_of(profile).skills
    assert profile.version > before
    assert skills_of(profile) == ["team_lead"]
    assert answer_label(claim.source_answer) == "带过小组"


def test_saving_the_profile_keeps_them(profile: SeekerProfile) -> None:
    make_resume(profile, ["lead"])
    save_step(
        profile=profile,
        actor=profile.user,
        step=Step.DID,
        answers={"did": ["lead_team", "drive"]},
    )
    claims = dict(profile.skills.values_list("skill", "source_answer"))
    assert claims["team_lead"] == "lead_team"
    save_step(profile=profile, actor=profile.user, step=Step.DID, answers={"did": []})
    claims = dict(profile.skills.values_list("skill", "source_answer"))
    assert claims == {"team_lead": "resume:lead"}


def test_a_tick_taken_back_takes_its_skill_along(profile: SeekerProfile) -> None:
    resume = make_resume(profile, ["lead"])
    save_group(resume=resume, actor=profile.user, group="team", codes=[])
    assert not profile.skills.exists()


def test_edited_words_never_make_a_skill(profile: SeekerProfile) -> None:
    resume = make_resume(profile, ["calming"])
    before = set(profile.skills.values_list("skill", flat=True))
    line = line_from(resume, "calming")
    edit_line(line=line, actor=profile.user, text="带领小组，会开车", version=1)
    save_group(resume=resume, actor=profile.user, group="people", codes=["calming"])
    assert set(profile.skills.values_list("skill", flat=True)) == before


def test_export_and_erasure(profile: SeekerProfile) -> None:
    resume = make_resume(profile, ["systems"])
    details = {"systems": Detail(name="潮云")}
    save_details(resume=resume, actor=profile.user, details=details)
    held = export_person(profile.user)["jobs.resumes"]
    assert held["answers"] == [
        {"code": "systems", "low": None, "high": None, "name": "潮云"}
    ]
    assert len(held["lines"]) == 3
    assert all("潮云" in line["text"] for line in held["lines"])
    for _time in range(2):
        erase_person(profile.user)
    assert not Resume.objects.exists()
    assert not ResumeAnswer.objects.exists()
    assert not ResumeLine.objects.exists()
    assert not profile.skills.exists()
    assert export_person(profile.user)["jobs.resumes"] is None


def test_the_trail_holds_no_words(profile: SeekerProfile) -> None:
    resume = make_resume(profile, ["systems"])
    details = {"systems": Detail(name="潮云")}
    save_details(resume=resume, actor=profile.user, details=details)
    line = line_from(resume, "systems")
    edit_line(line=line, actor=profile.user, text="会用潮云", version=line.version)
    events = AuditEvent.objects.filter(action__startswith="resume.")
    assert {e.action for e in events} == {
        "resume.begun",
        "resume.answered",
        "resume.figures_saved",
        "resume.line_edited",
    }
    assert not [e for e in events if "潮云" in str(e.detail)]


@pytest.mark.parametrize(
    "fields",
    [{"source_answer": ""}, {"text": ""}, {"variant": "other"}, {"text": "不一样"}],
)
def test_the_database_refuses_a_line_without_source_or_truth(
    profile: SeekerProfile, fields: dict[str, str]
) -> None:
    resume = make_resume(profile, ["calming"])
    values = {
        "variant": "support",
        "source_answer": "scolded",
        "text": "平稳",
        "original": "平稳",
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        ResumeLine.objects.create(
            resume=resume, position=1, language="zh-hans", **(values | fields)
        )
