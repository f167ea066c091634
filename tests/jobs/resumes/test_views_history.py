from __future__ import annotations

import pytest
from django.urls import reverse

from jobs.resumes.models import Resume, ResumeStation
from tests.client import StrictClient
from tests.jobs.resumes.make import make_resume
from tests.make import make_seeker, sign_in

pytestmark = pytest.mark.django_db
ADD = ("resumes:add_station", ["job"])
JOB = {"title": "客服", "place": "青禾", "begins": "2021-03", "ends": "2022-05"}


@pytest.fixture
def resume(client: StrictClient) -> Resume:
    profile = make_seeker()
    sign_in(client, profile.user)
    return make_resume(profile)


def post(client: StrictClient, **values: str) -> object:
    return client.post(reverse(ADD[0], args=ADD[1]), JOB | values)


def test_a_job_is_added_changed_and_taken_out(
    client: StrictClient, resume: Resume
) -> None:
    post(client)
    row = ResumeStation.objects.get()
    assert "青禾" in client.get(reverse("resumes:history")).content.decode()
    url = reverse("resumes:station", args=[row.public_id])
    assert 'value="2021-03"' in client.get(url).content.decode()
    client.post(url, JOB | {"place": "小河超市", "ends": ""})
    row.refresh_from_db()
    assert (row.place, row.ends) == ("小河超市", "")
    client.post(reverse("resumes:remove_station", args=[row.public_id]))
    assert not ResumeStation.objects.exists()


@pytest.mark.parametrize("typed", ["2021-03", "2021.3", "2021/03", "2021年3月"])
def test_months_as_people_write_them(
    client: StrictClient, resume: Resume, typed: str
) -> None:
    post(client, begins=typed)
    assert ResumeStation.objects.get().begins == "2021-03"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"begins": "三月"}, "请写年和月"),
        ({"begins": "2099-01", "ends": ""}, "请写年和月"),
        ({"ends": "2020-01"}, "结束的时间比开始还早"),
        ({"title": "", "place": ""}, "这两项至少写一项"),
        ({"title": "爆通讯录"}, "爆通讯录"),
        ({"place": "找我 13812345678"}, "电话、邮箱、微信不用写"),
        ({"title": "长" * 61}, "60"),
    ],
)
def test_bad_input_is_told_and_not_lost(
    client: StrictClient, resume: Resume, values: dict[str, str], sentence: str
) -> None:
    answer = client.post(reverse(ADD[0], args=ADD[1]), JOB | values)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert f'value="{(JOB | values)["begins"]}"' in page
    assert not ResumeStation.objects.exists()


def test_the_thirteenth_is_refused_kindly(client: StrictClient, resume: Resume) -> None:
    for _n in range(12):
        post(client)
    answer = client.post(reverse(ADD[0], args=ADD[1]), JOB)
    assert answer.status_code == 422
    assert "已经够多了" in answer.content.decode()


def test_sentences_and_languages(client: StrictClient, resume: Resume) -> None:
    url = reverse("resumes:history")
    client.post(url, {"summary": "有耐心", "speaks": ["cantonese"]})
    resume.refresh_from_db()
    assert (resume.summary, resume.speaks) == ("有耐心", ["cantonese"])
    answer = client.post(url, {"summary": "爆通讯录"})
    assert answer.status_code == 422
    assert "爆通讯录</textarea>" in answer.content.decode()


def test_other_kinds_of_stations_are_none(client: StrictClient, resume: Resume) -> None:
    url = reverse("resumes:add_station", args=["hobby"])
    assert client.get(url).status_code == 404
