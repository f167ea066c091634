"""A résumé with everything in it, longer than anybody's."""

from __future__ import annotations

import re

from accounts.lib import catalogs
from accounts.seekers.models import SeekerProfile
from accounts.seekers.services import refresh_skills
from jobs.resumes.enums import Speech
from jobs.resumes.models import LINE_LENGTH, STATION_LENGTH, SUMMARY_LENGTH, Resume
from jobs.resumes.rules.answers import catalogue
from jobs.resumes.rules.document import (
    DID,
    JOBS,
    LANGUAGES,
    NAMED,
    SCHOOLS,
    SKILLS,
    SUMMARY,
    Document,
    Entry,
    Section,
)
from jobs.resumes.services.history import MOST_STATIONS, add_station, save_about
from jobs.resumes.services.lines import MOST_OWN, add_line
from tests.jobs.resumes.make import make_resume

# Markup of every format a résumé is written in.
NASTY = '#strong[x] *a* _b_ $x$ @y <b>c</b> & \\ "q" {{ d }} %(e)s'


def full_resume(profile: SeekerProfile, *, language: str = "zh-hans") -> Resume:
    """Two jobs, a school, sentences, languages and an own line."""
    resume = make_resume(profile, language=language)
    actor = profile.user
    resume = save_about(
        resume=resume,
        actor=actor,
        summary="有耐心，喜欢清楚的规矩。",
        speaks=["cantonese", "mandarin"],
    )
    for kind, title, place, begins, ends in (
        ("job", "电话客服", "青禾信息公司", "2021-03", "2023-05"),
        ("job", "收银", "小河超市", "2024-01", ""),
        ("school", "商务", "第三职业中学", "2017-09", "2020-06"),
    ):
        add_station(
            resume=resume,
            actor=actor,
            kind=kind,
            title=title,
            place=place,
            begins=begins,
            ends=ends,
        )
    add_line(resume=resume, actor=actor, variant="support", text="会修打印机")
    return resume


def longest_resume(profile: SeekerProfile) -> Resume:
    """Every answer ticked, everything as long and as many as it may be."""
    resume = make_resume(profile, list(catalogue().answers))
    actor = profile.user
    refresh_skills(profile=profile, actor=actor)
    prose = iter(real_prose())

    def words(length: int) -> str:
        return "".join(next(prose) for _n in range(length))

    # Written past the linter: what weighs is how many different characters there are.
    resume.summary, resume.speaks = words(SUMMARY_LENGTH), Speech.values
    resume.save()
    for number in range(MOST_OWN):
        row = add_line(
            resume=resume, actor=actor, variant="support", text=f"第 {number} 件事"
        )
        row.text = words(LINE_LENGTH)
        row.save()
    for kind in ("job", "school"):
        for _number in range(MOST_STATIONS):
            resume.stations.create(
                kind=kind,
                title=words(STATION_LENGTH),
                place=words(STATION_LENGTH),
                begins="2020-01",
            )
    return resume


def real_prose() -> str:
    """The site's own Chinese sentences: the variety of characters that people write."""
    catalog = catalogs.read_catalog("zh_Hans")
    strings = [row.string for row in catalog if isinstance(row.string, str)]
    return "".join(re.findall("[\u4e00-\u9fff，。、]", "".join(strings)))


def a_document(language: str = "zh-hans", *, name: str = "林小舟") -> Document:
    """Made by hand, with markup in it that must stay text."""
    return Document(
        language=language,
        title="简历",
        variant="support",
        identity=NAMED,
        name=name,
        headline="客户支持",
        city="上海",
        phone="13800000000",
        facts=("工作 3 年", "初中"),
        sections=(
            Section(SUMMARY, "关于我", ("有耐心，喜欢清楚的规矩。",)),
            Section(DID, "做过的事", ("安抚情绪激动的客户", NASTY), is_list=True),
            Section(
                JOBS,
                "工作经历",
                entries=(
                    Entry("客服", "青禾公司", "2021.03–2023.05", "2021-03", "2023-05"),
                    Entry("", "小河超市", "2024.01–至今", "2024-01"),
                ),
            ),
            Section(
                SCHOOLS,
                "学校和培训",
                entries=(Entry("商务", "", "2017.09–2020.06", "2017-09", "2020-06"),),
            ),
            Section(SKILLS, "会什么", ("倾听", "打字"), separator="、"),
            Section(LANGUAGES, "语言", ("粤语",), separator="、"),
        ),
    )
