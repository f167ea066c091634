from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.consent.registry import export_person
from jobs.resumes.models import Resume, ResumeStation
from jobs.resumes.services import history
from jobs.resumes.services.errors import LineRefused, TooManyStations
from tests.jobs.resumes.make import make_resume
from tests.make import make_seeker

pytestmark = pytest.mark.django_db


@pytest.fixture
def resume() -> Resume:
    return make_resume(make_seeker())


def add(resume: Resume, **values: Any) -> ResumeStation:
    given = {"kind": "job", "place": "青禾", "title": "客服", "begins": "2021-03"}
    return history.add_station(
        resume=resume, actor=resume.profile.user, **(given | values)
    )


def test_where_somebody_worked_is_unreadable_in_the_database(resume: Resume) -> None:
    add(resume, place="东海催收公司")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT t::text FROM {ResumeStation._meta.db_table} t")
        assert "东海" not in str(cursor.fetchall())
    told = export_person(resume.profile.user)["jobs.resumes"]
    assert told["stations"][0]["place"] == "东海催收公司"


@pytest.mark.parametrize("field", ["place", "title"])
def test_what_cannot_stand_is_not_kept(resume: Resume, field: str) -> None:
    with pytest.raises(LineRefused):
        add(resume, **{field: "爆通讯录"})
    assert not resume.stations.exists()


def test_enough_is_enough(resume: Resume) -> None:
    for _n in range(history.MOST_STATIONS):
        add(resume)
    with pytest.raises(TooManyStations):
        add(resume)
    add(resume, kind="school")


@pytest.mark.parametrize(
    "values",
    [
        {"begins": "2021-13"},
        {"begins": ""},
        {"ends": "2020-01"},
        {"place": "", "title": ""},
        {"kind": "hobby"},
    ],
)
def test_the_database_refuses_nonsense(resume: Resume, values: dict[str, str]) -> None:
    row = add(resume)
    with pytest.raises(IntegrityError), transaction.atomic():
        ResumeStation.objects.filter(pk=row.pk).update(**values)


def test_sentences_and_languages(resume: Resume) -> None:
    actor = resume.profile.user
    resume = history.save_about(
        resume=resume, actor=actor, summary="稳", speaks=["english", "mandarin", "x"]
    )
    assert resume.speaks == ["mandarin", "english"]
    with pytest.raises(LineRefused):
        history.save_about(
            resume=resume, actor=actor, summary="找我 13812345678", speaks=[]
        )
    resume.refresh_from_db()
    assert resume.summary == "稳"
