from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st

from jobs.matching.rules.phrases import Phrases, needed_texts


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("售后", {"售后"}),
        ("售后|客服专员", {"售后", "客服专员"}),
        ("(?:接听|受理).{0,4}来电", {"来电"}),
        ("(?:接听|受理)单?", {"接听", "受理"}),
        ("夜+班制", {"班制"}),
        # Either side may be missing: nothing is certain.
        ("(?:夜班)?", set()),
        ("白班|[a-z]+", set()),
    ],
)
def test_texts_that_every_match_holds(pattern: str, needed: set[str]) -> None:
    assert needed_texts(pattern) == needed


PATTERN = "电话(?:接听|回访)|(?:在线|文字)客服|打字.{0,3}快|[单双]休"


@given(st.text(alphabet="电话接听回访在线文字客服打快单双休,不 ", max_size=40))
def test_looking_for_plain_texts_first_misses_nothing(text: str) -> None:
    hurried = Phrases(PATTERN)
    patient = Phrases(PATTERN)
    patient._needed = frozenset()
    assert [m.span() for m in hurried.matches(text)] == [
        m.span() for m in patient.matches(text)
    ]
    assert {m.span() for m in hurried.matches(text)} <= {
        m.span() for m in re.finditer(PATTERN, text)
    }
