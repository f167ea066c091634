"""From answers to skills: every skill has an answer behind it, never the reverse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from accounts.seekers.enums import Did, DidGroup, Skill


@dataclass(frozen=True, slots=True)
class Claim:
    """A skill and the answer that says so; `level` counts the answers behind it."""

    skill: Skill
    source_answer: Did
    level: int


GROUPS: Mapping[DidGroup, tuple[Did, ...]] = {
    DidGroup.PEOPLE: (
        Did.CALM_UPSET_PEOPLE,
        Did.LISTEN_TO_TROUBLES,
        Did.TAKE_CALLS,
        Did.MAKE_CALLS,
        Did.REPLY_IN_TEXT,
        Did.MEET_CUSTOMERS,
        Did.HANDLE_COMPLAINTS,
    ),
    DidGroup.AGREEMENTS: (
        Did.NEGOTIATE_INSTALMENTS,
        Did.EXPLAIN_BILLS,
        Did.REMIND_OF_DATES,
        Did.HELP_WITH_APPLICATIONS,
    ),
    DidGroup.RECORDS: (
        Did.KEEP_RECORDS,
        Did.FOLLOW_CASES,
        Did.CHECK_DOCUMENTS,
        Did.WRITE_LETTERS,
        Did.PREPARE_CASE_FILES,
        Did.USE_SPREADSHEETS,
    ),
    DidGroup.TEAM: (
        Did.FOLLOW_SCRIPTS,
        Did.CHECK_CALLS,
        Did.TRAIN_NEWCOMERS,
        Did.LEAD_TEAM,
        Did.PLAN_SHIFTS,
    ),
    DidGroup.OTHER: (
        Did.TYPE_FAST,
        Did.DRIVE,
        Did.KNOW_THE_CITY,
        Did.STAY_CALM,
    ),
}

# The first skill of an answer is the one it mainly shows.
SKILLS_OF: Mapping[Did, tuple[Skill, ...]] = {
    Did.CALM_UPSET_PEOPLE: (Skill.CALM_UPSET_PEOPLE, Skill.SELF_CONTROL),
    Did.LISTEN_TO_TROUBLES: (Skill.LISTENING, Skill.CALM_UPSET_PEOPLE),
    Did.TAKE_CALLS: (Skill.PHONE_CLARITY, Skill.LISTENING),
    Did.MAKE_CALLS: (Skill.PHONE_CLARITY,),
    Did.REPLY_IN_TEXT: (Skill.TEXT_REPLIES, Skill.TYPING),
    Did.MEET_CUSTOMERS: (Skill.FACE_TO_FACE,),
    Did.HANDLE_COMPLAINTS: (Skill.COMPLAINT_RESOLUTION, Skill.CALM_UPSET_PEOPLE),
    Did.NEGOTIATE_INSTALMENTS: (Skill.NEGOTIATE_INSTALMENTS, Skill.CREDIT_BASICS),
    Did.EXPLAIN_BILLS: (Skill.EXPLAIN_RULES, Skill.CREDIT_BASICS),
    Did.REMIND_OF_DATES: (Skill.PHONE_CLARITY, Skill.EXPLAIN_RULES),
    Did.HELP_WITH_APPLICATIONS: (Skill.DOCUMENT_CHECK, Skill.EXPLAIN_RULES),
    Did.KEEP_RECORDS: (Skill.SYSTEM_RECORDS, Skill.CAREFUL_WORK),
    Did.FOLLOW_CASES: (Skill.CASE_TRACKING,),
    Did.CHECK_DOCUMENTS: (Skill.DOCUMENT_CHECK, Skill.CAREFUL_WORK),
    Did.WRITE_LETTERS: (Skill.WRITTEN_WORK,),
    Did.PREPARE_CASE_FILES: (Skill.LEGAL_BASICS, Skill.DOCUMENT_CHECK),
    Did.USE_SPREADSHEETS: (Skill.SPREADSHEETS, Skill.CAREFUL_WORK),
    Did.FOLLOW_SCRIPTS: (Skill.COMPLIANCE_SCRIPTS,),
    Did.CHECK_CALLS: (Skill.QUALITY_REVIEW, Skill.COMPLIANCE_SCRIPTS),
    Did.TRAIN_NEWCOMERS: (Skill.COACHING,),
    Did.LEAD_TEAM: (Skill.TEAM_LEAD, Skill.COACHING),
    Did.PLAN_SHIFTS: (Skill.SHIFT_PLANNING, Skill.SPREADSHEETS),
    Did.TYPE_FAST: (Skill.TYPING,),
    Did.DRIVE: (Skill.DRIVING,),
    Did.KNOW_THE_CITY: (Skill.KNOW_THE_CITY,),
    Did.STAY_CALM: (Skill.SELF_CONTROL,),
}


def claims_from(answers: Iterable[str]) -> list[Claim]:
    """The skills that these answers show; an answer we do not know shows nothing."""
    given = set(answers)
    sources: dict[Skill, list[Did]] = {}
    main: dict[Skill, Did] = {}
    for did, skills in SKILLS_OF.items():
        if did not in given:
            continue
        main.setdefault(skills[0], did)
        for skill in skills:
            sources.setdefault(skill, []).append(did)
    return [
        Claim(skill, main.get(skill, found[0]), min(len(found), 3))
        for skill, found in sources.items()
    ]


# Quiet things of the shore and the fields; two words make some nine hundred names.
_FIRST = "海晨远青南北小白晚春秋云山江湖木竹松月星微安平明初知清一半常"
_SECOND = "风帆石舟岸潮汐沙鸥灯桥雨露禾叶荷穗溪泉渡港屿岚霁和宁歌行野原"


def suggested_pseudonym(number: int) -> str:
    """A name for the site, the same for the same number; people may change it."""
    step = number * 7919
    return _FIRST[step % len(_FIRST)] + _SECOND[(step // len(_FIRST)) % len(_SECOND)]


def next_step(done: Iterable[str], order: Iterable[str]) -> str | None:
    """The first screen that has no answer yet; None when all have one."""
    answered = set(done)
    return next((step for step in order if step not in answered), None)
