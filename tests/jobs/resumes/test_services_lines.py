from __future__ import annotations

import pytest

from accounts.seekers.models import SeekerProfile
from jobs.resumes.access import resume_to_send, sendable_sheets, sheets_of
from jobs.resumes.models import Resume
from jobs.resumes.rules.answers import catalogue
from jobs.resumes.services.answers import Detail, save_details, save_group
from jobs.resumes.services.errors import LineChanged, LineRefused, TooManyLines
from jobs.resumes.services.lines import MOST_OWN, add_line, change_line, edit_line
from tests.jobs.resumes.make import line_from, make_resume
from tests.make import make_seeker

pytestmark = pytest.mark.django_db
CODES = ["calming", "scolded", "hear_out"]


@pytest.fixture
def profile() -> SeekerProfile:
    return make_seeker(did=[])


@pytest.fixture
def resume(profile: SeekerProfile) -> Resume:
    return make_resume(profile, CODES)


def sources(resume: Resume) -> list[str]:
    """Of the lines that stand, in order."""
    sheet = next(s for s in sheets_of(resume) if s.variant == "support")
    return [line.source_answer for line in sheet.standing]


def take(resume: Resume, source: str, change: str) -> None:
    line = line_from(resume, source)
    change_line(line=line, actor=resume.profile.user, change=change)


def test_rewriting_and_going_back(resume: Resume) -> None:
    actor = resume.profile.user
    line = line_from(resume, "calming")
    line = edit_line(line=line, actor=actor, text="先安抚，再说事", version=1)
    assert (line.text_is_edited, line.source_answer) == (True, "calming")
    take(resume, "calming", "restore")
    line.refresh_from_db()
    assert (line.text, line.text_is_edited) == ("安抚情绪激动的客户", False)


def test_writing_the_first_wording_again_is_no_edit(resume: Resume) -> None:
    line = line_from(resume, "calming")
    actor = resume.profile.user
    line = edit_line(line=line, actor=actor, text="先安抚", version=1)
    line = edit_line(line=line, actor=actor, text=line.original, version=2)
    assert not line.text_is_edited


@pytest.mark.parametrize("text", ["爆通讯录", "张三欠款5000元", "找我 13812345678"])
def test_what_cannot_stand_is_not_kept(resume: Resume, text: str) -> None:
    line, actor = line_from(resume, "calming"), resume.profile.user
    with pytest.raises(LineRefused):
        edit_line(line=line, actor=actor, text=text, version=1)
    with pytest.raises(LineRefused):
        add_line(resume=resume, actor=actor, variant="support", text=text)
    assert not resume.lines.filter(text=text).exists()


def test_trade_words_are_only_advice(resume: Resume) -> None:
    line = line_from(resume, "calming")
    line = edit_line(
        line=line, actor=resume.profile.user, text="安抚 M3 客户", version=1
    )
    assert line.text == "安抚 M3 客户"


def test_the_slower_window_is_told(resume: Resume) -> None:
    line, actor = line_from(resume, "calming"), resume.profile.user
    edit_line(line=line, actor=actor, text="先安抚", version=1)
    with pytest.raises(LineChanged):
        edit_line(line=line, actor=actor, text="后安抚", version=1)
    line.refresh_from_db()
    assert line.text == "先安抚"


def test_order(resume: Resume) -> None:
    assert sources(resume) == CODES
    take(resume, "hear_out", "up")
    assert sources(resume) == ["calming", "hear_out", "scolded"]
    take(resume, "calming", "up")
    take(resume, "calming", "down")
    assert sources(resume) == ["hear_out", "calming", "scolded"]


def test_leaving_out_and_putting_in(resume: Resume) -> None:
    take(resume, "scolded", "hide")
    assert sources(resume) == ["calming", "hear_out"]
    take(resume, "scolded", "show")
    assert sources(resume) == CODES


def test_removing_is_for_what_would_not_come_back(resume: Resume) -> None:
    take(resume, "calming", "remove")
    assert "calming" in sources(resume)
    own = add_line(
        resume=resume, actor=resume.profile.user, variant="support", text="会唱歌"
    )
    change_line(line=own, actor=resume.profile.user, change="remove")
    assert sources(resume) == CODES


def test_own_lines_come_last_and_say_so(resume: Resume) -> None:
    for text in ("做过前台", "会手语"):
        add_line(resume=resume, actor=resume.profile.user, variant="support", text=text)
    assert sources(resume) == [*CODES, "own", "own"]


def test_own_lines_have_an_end(resume: Resume) -> None:
    actor = resume.profile.user
    for number in range(MOST_OWN):
        add_line(resume=resume, actor=actor, variant="support", text=f"事情 {number}")
    with pytest.raises(TooManyLines):
        add_line(resume=resume, actor=actor, variant="support", text="再一件")


def test_taking_the_new_wording_or_keeping_ones_own(profile: SeekerProfile) -> None:
    resume = make_resume(profile, ["inbound_calls", "outbound_calls"])
    for source in ("inbound_calls", "outbound_calls"):
        line = line_from(resume, source)
        edit_line(line=line, actor=profile.user, text="打电话", version=1)
    details = {"inbound_calls": Detail(80), "outbound_calls": Detail(60)}
    save_details(resume=resume, actor=profile.user, details=details)
    take(resume, "inbound_calls", "restore")
    take(resume, "outbound_calls", "keep")
    assert line_from(resume, "inbound_calls").text == "接听客户来电，一天 80 通"
    kept = line_from(resume, "outbound_calls")
    assert (kept.text, kept.offered) == ("打电话", "")
    assert kept.original == "电话联系客户本人，一天 60 通"


def test_ten_lines_stand_unless_somebody_says_otherwise(
    profile: SeekerProfile,
) -> None:
    resume = make_resume(profile, list(catalogue().answers))
    assert len(sources(resume)) == 10
    waiting = sheets_of(resume)[1].waiting[0]
    change_line(line=waiting, actor=profile.user, change="show")
    assert len(sources(resume)) == 10
    assert waiting.source_answer in sources(resume)


def test_what_would_be_sent(resume: Resume, profile: SeekerProfile) -> None:
    sent = resume_to_send(profile, "support")
    assert sent is not None
    assert sent["lines"][0] == "安抚情绪激动的客户"
    assert (sent["variant"], sent["language"]) == ("support", "zh-hans")
    assert set(sendable_sheets(profile)) == {"servicing", "support"}
    assert resume_to_send(profile, "compliance") is None


def test_a_line_without_its_answer_is_never_sent(
    resume: Resume, profile: SeekerProfile
) -> None:
    line = line_from(resume, "calming")
    edit_line(line=line, actor=profile.user, text="先安抚", version=1)
    save_group(resume=resume, actor=profile.user, group="people", codes=["scolded"])
    assert "先安抚" not in sendable_sheets(profile)["support"]
    assert [row.text for row in sheets_of(resume)[1].orphans] == ["先安抚"]


def test_nothing_to_send_before_the_first_answer(profile: SeekerProfile) -> None:
    assert sendable_sheets(profile) == {}
    assert resume_to_send(profile, "support") is None
