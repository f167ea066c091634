from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, strategies as st

from accounts.lib.text import clean_line
from jobs.resumes.rules.document import (
    DID,
    JOBS,
    LANGUAGES,
    NAMED,
    SCHOOLS,
    SUMMARY,
    Document,
    Entry,
    Section,
)
from jobs.resumes.rules.json_resume import (
    MOST_BYTES,
    MOST_ROWS,
    Found,
    NotAResume,
    Stay,
    as_json_resume,
    read_json_resume,
)

SPEECH = {"粤语": "cantonese", "英语": "english", "普通话": "mandarin"}


def read(data: Any) -> Found:
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return read_json_resume(raw, speech_names=SPEECH)


words = st.text(min_size=1, max_size=30).map(clean_line).filter(bool)
months = st.dates().filter(lambda d: 1960 <= d.year <= 2099).map(lambda d: f"{d:%Y-%m}")
stays = st.builds(
    Entry,
    title=words | st.just(""),
    place=words,
    period=st.just("ever"),
    begins=months,
    ends=months | st.just(""),
)


@given(
    summary=words | st.just(""),
    lines=st.lists(words, max_size=10, unique=True),
    jobs=st.lists(stays, max_size=5),
    schools=st.lists(stays, min_size=1, max_size=5),
    speaks=st.lists(st.sampled_from(sorted(SPEECH)), unique=True),
)
def test_what_goes_out_comes_in_again(
    summary: str,
    lines: list[str],
    jobs: list[Entry],
    schools: list[Entry],
    speaks: list[str],
) -> None:
    sections = (
        Section(SUMMARY, "h", tuple(filter(None, [summary]))),
        Section(DID, "h", tuple(lines), is_list=True),
        Section(JOBS, "h", entries=tuple(jobs)),
        Section(SCHOOLS, "h", entries=tuple(schools)),
        Section(LANGUAGES, "h", tuple(speaks)),
    )
    document = Document("zh-hans", "t", "support", NAMED, "名", "h", sections=sections)
    found = read(as_json_resume(document))
    assert found == Found(
        summary=summary,
        jobs=tuple(Stay(e.place, e.title, e.begins, e.ends) for e in jobs),
        schools=tuple(Stay(e.place, e.title, e.begins, e.ends) for e in schools),
        lines=tuple(lines),
        speaks=tuple(SPEECH[name] for name in speaks),
        has_contact=True,
    )


KEYS = st.sampled_from(
    [
        "basics",
        "work",
        "projects",
        "education",
        "languages",
        "summary",
        "highlights",
        "name",
        "position",
        "startDate",
        "language",
        "skills",
        "x",
    ]
)
junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner),
    max_leaves=20,
)


@given(st.dictionaries(KEYS, junk) | junk)
def test_whatever_a_file_holds_it_is_read_or_refused(data: Any) -> None:
    with suppress(NotAResume):
        found = read(data)
        texts = [found.summary, *found.lines, *(stay.place for stay in found.jobs)]
        assert texts == [clean_line(text) for text in texts]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b" " * (MOST_BYTES + 1), "too_large"),
        ("简历".encode("gb18030"), "not_text"),
        (b'{"basics": ', "not_json"),
        (b"[" * 100_000, "not_json"),
        (b"1" * 10_000, "not_json"),
        (b"[]", "nothing"),
        (b"{}", "nothing"),
        (b'{"basics": {"name": "x"}, "skills": [{"name": "y"}]}', "nothing"),
    ],
)
def test_what_cannot_be_read(data: bytes, code: str) -> None:
    with pytest.raises(NotAResume) as refused:
        read(data)
    assert refused.value.code == code


def test_files_from_elsewhere() -> None:
    found = read(
        b"\xef\xbb\xbf"
        + json.dumps(
            {
                "basics": {"email": "a@example.com", "summary": " 稳\n\x00重 "},
                "work": [
                    {
                        "company": "旧名",
                        "position": "客服",
                        "startDate": "2020",
                        "endDate": "2021-02-03",
                        "summary": "接电话",
                        "highlights": ["接电话", 7, "回邮件"],
                    },
                    {"name": "甲", "startDate": "上世纪"},
                    {"startDate": "2020-01"},
                ],
                "awards": [{"title": "奖"}],
                "education": "none",
            }
        ).encode()
    )
    assert found == Found(
        summary="稳 重",
        jobs=(Stay("旧名", "客服", "2020-01", "2021-02"), Stay("甲", "", "", "")),
        lines=("接电话", "回邮件"),
        has_contact=True,
        unread=("awards",),
    )


def test_half_characters_fall_out() -> None:
    """No table can hold them."""
    assert read(b'{"basics": {"summary": "a\\ud800b"}}').summary == "ab"


def test_endless_lists_are_cut() -> None:
    many = [{"highlights": [f"{n}-{m}" for m in range(80)]} for n in range(80)]
    assert len(read({"work": many}).lines) == MOST_ROWS**2
