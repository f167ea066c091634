from __future__ import annotations

import pytest
from django.utils import translation

from accounts.lib.occupations import occupations
from jobs.talent.criteria import general_marks, questions
from jobs.talent.rules.criteria import (
    FEWEST,
    MOST,
    OwnCriterion,
    default_library,
    next_own_code,
    own_of,
    read_library,
    rows_of,
)
from jobs.talent.rules.summary import summary
from jobs.talent.rules.wording import forbidden_words


def test_every_kind_of_work_has_criteria_of_its_own() -> None:
    library = default_library()
    without = {o.code for o in occupations()} - set(library.roles) - {"other"}
    assert without == set()
    for codes in library.roles.values():
        assert FEWEST <= len(codes) <= MOST
        assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_every_criterion_is_told_in_every_language(language: str) -> None:
    for criterion in default_library().criteria.values():
        text = criterion.text(language)
        assert text.title
        assert len({text.title, *text.marks}) == 5, criterion.code
        assert forbidden_words(" ".join(text.marks)) == []


def test_traditional_is_not_simplified() -> None:
    for criterion in default_library().criteria.values():
        assert criterion.text("zh-hant").marks != criterion.text("zh-hans").marks


def test_a_role_with_an_unknown_criterion_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing_like_it"):
        read_library({"criteria": [], "roles": {"default": ["nothing_like_it"]}})


def test_own_criteria_are_kept_and_shown_with_their_own_four() -> None:
    own = OwnCriterion("own-1", "会粤语", "能用粤语接完一通电话")
    rows = rows_of(["listens"], [own])
    assert own_of(rows) == [own]
    with translation.override("en"):
        shown = questions(rows)[1]
        assert shown.marks == (*general_marks()[:3], "能用粤语接完一通电话")


def test_a_code_never_means_two_things() -> None:
    assert next_own_code([]) == "own-1"
    assert next_own_code(["own-1", "own-7", "listens"]) == "own-8"


def test_a_summary_says_how_many_and_how_far_apart() -> None:
    lines = summary(
        ["a", "b", "c"],
        [{"a": 4, "b": 2, "c": None}, {"a": 1, "b": 3, "c": None}, {"a": 2, "b": 3}],
    )
    assert [line.marks for line in lines] == [(1, 2, 4), (2, 3, 3), ()]
    assert [line.is_far_apart for line in lines] == [True, False, False]
    assert (lines[2].n, lines[2].unseen, lines[2].low) == (0, 2, None)


def test_one_mark_is_not_far_from_anything() -> None:
    (line,) = summary(["a"], [{"a": 1}])
    assert not line.is_far_apart
