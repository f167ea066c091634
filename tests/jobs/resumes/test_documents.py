from __future__ import annotations

import pytest
import time_machine

from accounts.seekers.models import SeekerProfile
from jobs.resumes.access import sheet_of
from jobs.resumes.documents import NEW, document_for
from jobs.resumes.enums import Identity, Language, Variant
from jobs.resumes.models import Resume
from jobs.resumes.rules.document import DID, JOBS, SCHOOLS, SPANS, SUMMARY, texts_of
from jobs.resumes.services.answers import Detail, save_details
from jobs.resumes.services.lines import change_line, edit_line
from tests.jobs.resumes.documents import full_resume
from tests.jobs.resumes.make import line_from, make_resume
from tests.make import make_seeker

pytestmark = pytest.mark.django_db


@pytest.fixture
def profile() -> SeekerProfile:
    return make_seeker(district="浦东新区")


@pytest.fixture
def resume(profile: SeekerProfile) -> Resume:
    return full_resume(profile)


def test_with_a_name_it_holds_everything(resume: Resume) -> None:
    document = document_for(resume, Variant.SUPPORT, Identity.NAMED)
    assert (document.name, document.phone) == ("林小舟", "13800000000")
    assert document.header[1] == "上海 浦东新区 · 工作 3 年 · 初中"
    assert document.items_of(SUMMARY) == ("有耐心，喜欢清楚的规矩。",)
    assert document.items_of(DID)[-1] == "会修打印机"
    newest = document.entries_of(JOBS)[0]
    assert newest.texts == ("收银", "小河超市", "2024.01–至今")
    assert document.entries_of(SCHOOLS)[0].place == "第三职业中学"


@time_machine.travel("2026-03-10 12:00+08:00")
def test_without_a_name_no_typed_word_is_in_it(resume: Resume) -> None:
    """Whatever somebody typed anywhere could give them away."""
    actor = resume.profile.user
    save_details(
        resume=make_resume(resume.profile, ["systems", "calming", "inbound_calls"]),
        actor=actor,
        details={"systems": Detail(name="潮云"), "inbound_calls": Detail(low=80)},
    )
    line = line_from(resume, "calming")
    edit_line(line=line, actor=actor, text="安抚青禾的客户", version=1)
    for variant in Variant:
        text = "\n".join(texts_of(document_for(resume, variant, Identity.PSEUDONYM)))
        typed = "林小舟 138 浦东 潮云 青禾 小河 第三 收银 商务 打印机 耐心 2021 2024"
        assert [word for word in typed.split() if word in text] == []
    document = document_for(resume, Variant.SUPPORT, Identity.PSEUDONYM)
    assert document.name == "海风"
    # The edited line stands in our words, with the figure; the own one is not there.
    assert "安抚情绪激动的客户" in document.items_of(DID)
    assert any("80" in line for line in document.items_of(DID))
    assert document.items_of(SPANS) == (
        "第 1 份工作：2 年 3 个月",
        "第 2 份工作：2 年 3 个月",
    )


def test_what_is_left_out_is_in_neither(resume: Resume) -> None:
    line, actor = line_from(resume, "calming"), resume.profile.user
    change_line(line=line, actor=actor, change="hide")
    for identity in Identity:
        document = document_for(resume, Variant.SUPPORT, identity)
        assert line.text not in document.items_of(DID)


def test_both_have_the_lines_that_stand_in_order(resume: Resume) -> None:
    standing = [row.text for row in sheet_of(resume, Variant.SUPPORT).standing]
    named = document_for(resume, Variant.SUPPORT, Identity.NAMED)
    other = document_for(resume, Variant.SUPPORT, Identity.PSEUDONYM)
    assert list(named.items_of(DID)) == standing
    assert list(other.items_of(DID)) == standing[:-1]


@pytest.mark.parametrize(
    ("language", "headline", "place", "heading"),
    [
        ("zh-hans", "客户支持", "上海 浦东新区", "做过的事"),
        ("zh-hant", "客戶支援", "上海 浦東新區", "做過的事"),
        ("en", "Customer support", "Shanghai Pudong New Area", "What I did"),
    ],
)
def test_it_speaks_the_resume_s_language_whoever_looks(
    profile: SeekerProfile, language: str, headline: str, place: str, heading: str
) -> None:
    resume = make_resume(profile, language=Language(language))
    document = document_for(resume, Variant.SUPPORT, Identity.NAMED)
    assert (document.headline, document.city) == (headline, place)
    assert document.sections[0].heading == heading


def test_a_draft_stands_where_its_line_does(resume: Resume) -> None:
    line = line_from(resume, "calming")
    words = {str(line.public_id): "换个说法", NEW: "再加一条"}
    document = document_for(resume, Variant.SUPPORT, Identity.NAMED, words=words)
    items = document.items_of(DID)
    standing = sheet_of(resume, Variant.SUPPORT).standing
    at = [row.pk for row in standing].index(line.pk)
    assert items[at] == "换个说法"
    assert items[-1] == "再加一条"


def test_without_a_name_in_the_profile_the_pseudonym_stands() -> None:
    profile = make_seeker(contact_name="", contact_phone="")
    document = document_for(make_resume(profile), Variant.SUPPORT, Identity.NAMED)
    assert (document.name, document.phone) == ("海风", "")


def test_an_empty_version_knows_it(profile: SeekerProfile) -> None:
    resume = make_resume(profile, ["drives"])
    assert document_for(resume, Variant.SERVICING, Identity.NAMED).is_empty
    assert not document_for(
        full_resume(profile), Variant.SERVICING, Identity.NAMED
    ).is_empty
