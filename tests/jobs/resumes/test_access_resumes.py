from __future__ import annotations

import pytest
from django.urls import reverse

from jobs.resumes.models import Resume
from tests.access import check_access
from tests.cast import Cast
from tests.jobs.resumes.make import line_from, make_resume

SEEKERS = {"seeker": 200, "other_seeker": 200}


@pytest.fixture
def resume(cast: Cast) -> Resume:
    return make_resume(cast.seeker)


def test_who_sees_their_own(cast: Cast, resume: Resume) -> None:
    check_access(cast, reverse("resumes:mine"), SEEKERS)


def test_who_ticks(cast: Cast, resume: Resume) -> None:
    check_access(cast, reverse("resumes:did", args=["calls"]), SEEKERS)


def test_who_gives_figures(cast: Cast, resume: Resume) -> None:
    """The other seeker has ticked nothing yet and is led to the beginning."""
    expected = {"seeker": 200, "other_seeker": 302}
    check_access(cast, reverse("resumes:figures"), expected)


def test_who_chooses_a_language(cast: Cast, resume: Resume) -> None:
    data = {"language": "en"}
    url = reverse("resumes:language")
    check_access(cast, url, {"seeker": 302}, method="post", data=data)


def test_whose_words_are_read(cast: Cast, resume: Resume) -> None:
    check_access(
        cast, reverse("resumes:lint"), SEEKERS, method="post", data={"text": "老赖"}
    )


def test_nobody_reads_along_a_line_of_somebody_else(cast: Cast, resume: Resume) -> None:
    """Its first wording would tell which figures it holds: it counts as no line at all."""
    line = line_from(resume, "calming")
    data = {"text": "一天 80 通", "line": str(line.public_id)}
    url = reverse("resumes:lint")
    check_access(cast, url, SEEKERS, method="post", data=data)


def test_who_rewrites_a_line(cast: Cast, resume: Resume) -> None:
    line = line_from(resume, "calming")
    url = reverse("resumes:edit", args=[line.public_id])
    check_access(cast, url, {"seeker": 422}, method="post", data={"text": ""})


@pytest.mark.parametrize(
    "change", ["up", "down", "hide", "show", "restore", "keep", "remove"]
)
def test_who_arranges_a_line(cast: Cast, resume: Resume, change: str) -> None:
    line = line_from(resume, "calming")
    url = reverse("resumes:change", args=[line.public_id, change])
    check_access(cast, url, {"seeker": 302}, method="post")


def test_who_adds_a_line(cast: Cast, resume: Resume) -> None:
    url = reverse("resumes:add", args=["support"])
    check_access(cast, url, {"seeker": 422}, method="post", data={"text": ""})


def test_who_prints_it(cast: Cast, resume: Resume) -> None:
    url = reverse("resumes:sheet", args=["support"])
    check_access(cast, url, {"seeker": 200, "other_seeker": 302})
