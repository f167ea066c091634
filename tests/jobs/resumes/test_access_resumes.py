from __future__ import annotations

import pytest
from django.urls import reverse

from jobs.resumes.models import Resume, ResumeStation, SharedResume
from jobs.resumes.services.history import add_station
from jobs.resumes.services.shares import share_resume, token_of
from tests.access import check_access
from tests.cast import ROLES, Cast
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


def test_who_downloads_it(cast: Cast, resume: Resume) -> None:
    """Whoever has none has nothing to download."""
    for kind in ("pdf", "word", "text", "json"):
        url = reverse("resumes:download", args=["support", kind])
        check_access(cast, url, {"seeker": 200})


def test_who_sees_lines_of_ticks(cast: Cast, resume: Resume) -> None:
    url = reverse("resumes:did_lines", args=["calls"])
    check_access(cast, url, SEEKERS, method="post")


@pytest.fixture
def station(resume: Resume) -> ResumeStation:
    return add_station(
        resume=resume,
        actor=resume.profile.user,
        kind="job",
        place="青禾",
        title="客服",
        begins="2021-03",
    )


def test_who_writes_jobs_and_schools(cast: Cast, resume: Resume) -> None:
    """The other seeker has no résumé yet and is led to its beginning."""
    expected = {"seeker": 200, "other_seeker": 302}
    check_access(cast, reverse("resumes:history"), expected)
    url = reverse("resumes:add_station", args=["job"])
    check_access(cast, url, {"seeker": 200})


def test_who_changes_a_job(cast: Cast, station: ResumeStation) -> None:
    url = reverse("resumes:station", args=[station.public_id])
    check_access(cast, url, {"seeker": 200})


def test_who_takes_a_job_out(cast: Cast, station: ResumeStation) -> None:
    url = reverse("resumes:remove_station", args=[station.public_id])
    check_access(cast, url, {"seeker": 302}, method="post")
    assert not ResumeStation.objects.exists()


def test_who_takes_a_file_in(cast: Cast, resume: Resume) -> None:
    expected = {"seeker": 200, "other_seeker": 302}
    check_access(cast, reverse("resumes:import"), expected)


@pytest.fixture
def share(resume: Resume) -> SharedResume:
    return share_resume(
        resume=resume,
        actor=resume.profile.user,
        variant="support",
        identity="named",
        days=7,
    )


def test_who_sees_their_links(cast: Cast, share: SharedResume) -> None:
    expected = {"seeker": 200, "other_seeker": 302}
    check_access(cast, reverse("resumes:links"), expected)


def test_who_switches_a_link_off(cast: Cast, share: SharedResume) -> None:
    url = reverse("resumes:revoke", args=[share.public_id])
    others = dict.fromkeys(ROLES, 404) | {"anonymous": 302, "seeker": 302}
    check_access(cast, url, others, method="post")
    share.refresh_from_db()
    assert share.revoked_at


def test_whoever_has_a_link_reads_it(cast: Cast, share: SharedResume) -> None:
    url = reverse("resumes:shared", args=[token_of(share)])
    check_access(cast, url, dict.fromkeys(ROLES, 200))
    guess = reverse("resumes:shared", args=["0" * 32])
    check_access(cast, guess, dict.fromkeys(ROLES, 404))
