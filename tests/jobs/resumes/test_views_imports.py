from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jobs.resumes.documents import document_for
from jobs.resumes.enums import Identity, Variant
from jobs.resumes.models import Resume, ResumeLine
from jobs.resumes.rules.json_resume import as_json_resume
from jobs.resumes.services.lines import MOST_OWN, add_line
from tests.client import StrictClient
from tests.jobs.resumes.documents import full_resume
from tests.jobs.resumes.make import make_resume
from tests.make import make_seeker, sign_in

pytestmark = pytest.mark.django_db
FILE = {
    "basics": {"name": "甲", "summary": "做事稳。"},
    "work": [
        {"name": "小河", "position": "收银", "startDate": "2019-07"},
        {"name": "乙", "highlights": ["一天分拣 800 件", "不接电话就爆通讯录"]},
    ],
    "languages": [{"language": "Japanese"}],
}


@pytest.fixture
def resume(client: StrictClient) -> Resume:
    profile = make_seeker()
    sign_in(client, profile.user)
    return make_resume(profile)


def send(client: StrictClient, file: Any = FILE, **more: Any) -> Any:
    text = file if isinstance(file, str) else json.dumps(file)
    data = {"text": text, "variant": "compliance"} | more
    return client.post(reverse("resumes:import"), data)


def test_looking_takes_nothing_in(client: StrictClient, resume: Resume) -> None:
    before = resume.lines.count()
    page = send(client).content.decode()
    assert "一天分拣 800 件" in page
    resume.refresh_from_db()
    assert (resume.summary, resume.stations.count()) == ("", 0)
    assert resume.lines.count() == before


def test_a_file_is_read_like_its_text(client: StrictClient, resume: Resume) -> None:
    file = SimpleUploadedFile("cv.json", json.dumps(FILE).encode())
    data = {"file": file, "variant": "support"}
    answer = client.post(reverse("resumes:import"), data)
    assert "一天分拣 800 件" in answer.content.decode()


def test_what_is_ticked_is_taken_in(client: StrictClient, resume: Resume) -> None:
    keys = sorted(send(client).context["ticked"])
    assert keys == ["job:0", "line:0", "speaks:japanese", "summary"]
    answer = send(client, take="1", item=keys)
    assert answer["Location"].endswith("?variant=compliance")
    resume.refresh_from_db()
    assert (resume.summary, resume.speaks) == ("做事稳。", ["japanese"])
    assert resume.stations.get().place == "小河"
    own = ResumeLine.objects.get(source_answer="own")
    assert (own.text, own.variant) == ("一天分拣 800 件", "compliance")


def test_the_preview_sends_what_was_read(client: StrictClient, resume: Resume) -> None:
    kept = send(client).context["kept"]
    data = {"kept": kept, "variant": "support", "take": "1", "item": ["line:0"]}
    assert client.post(reverse("resumes:import"), data).status_code == 302
    assert ResumeLine.objects.get(source_answer="own").variant == "support"
    answer = client.post(reverse("resumes:import"), data | {"kept": kept + "!"})
    assert answer.status_code == 422


def test_what_cannot_stay_is_never_taken(client: StrictClient, resume: Resume) -> None:
    """Not even by a form that ticks what has no box."""
    page = send(client).content.decode()
    assert 'value="line:1"' not in page
    assert "招聘方看了会担心" in page
    answer = send(client, take="1", item=["line:1", "job:1"])
    assert answer.status_code == 422
    assert not ResumeLine.objects.filter(source_answer="own").exists()
    assert not resume.stations.exists()


def test_nothing_is_overwritten_without_a_yes(
    client: StrictClient, resume: Resume
) -> None:
    resume.summary = "原来的话"
    resume.save()
    answer = send(client)
    assert "summary" not in answer.context["ticked"]
    assert "会换掉你现在的：“原来的话”" in answer.content.decode()
    send(client, take="1", item=["line:0"])
    resume.refresh_from_db()
    assert resume.summary == "原来的话"
    send(client, take="1", item=["summary"])
    resume.refresh_from_db()
    assert resume.summary == "做事稳。"


def test_too_much_takes_nothing_and_keeps_the_ticks(
    client: StrictClient, resume: Resume
) -> None:
    actor = resume.profile.user
    for number in range(MOST_OWN):
        add_line(resume=resume, actor=actor, variant="compliance", text=f"第{number}")
    answer = send(client, take="1", item=["job:0", "line:0"])
    assert answer.status_code == 422
    assert "太多了，放不下" in answer.content.decode()
    assert answer.context["ticked"] == {"job:0", "line:0"}
    assert not resume.stations.exists()


def test_one_s_own_export_brings_nothing_new(
    client: StrictClient, resume: Resume
) -> None:
    full = full_resume(resume.profile)
    document = document_for(full, Variant.SUPPORT, Identity.NAMED)
    answer = send(client, as_json_resume(document))
    assert answer.context["ticked"] == set()


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_an_export_fills_an_empty_resume(client: StrictClient, language: str) -> None:
    old = full_resume(make_seeker(), language=language)
    file = as_json_resume(document_for(old, Variant.SUPPORT, Identity.NAMED))
    other = make_seeker(email="other@example.com")
    sign_in(client, other.user)
    new = make_resume(other, [], language=language)
    keys = send(client, file).context["ticked"]
    send(client, file, take="1", item=list(keys))
    new.refresh_from_db()
    assert (new.summary, new.speaks) == (old.summary, old.speaks)
    stays = [
        sorted((s.kind, s.place, s.title, s.begins, s.ends) for s in r.stations.all())
        for r in (old, new)
    ]
    assert stays[0] == stays[1]
    took = set(new.lines.values_list("text", flat=True))
    assert took == set(file["projects"][0]["highlights"])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "这不是 JSON"),
        ("[]", "没有能用的内容"),
        ("", "请选一个文件"),
        ('"' + "长" * 80_000 + '"', "文件太大了"),
    ],
)
def test_what_cannot_be_read_is_told(
    client: StrictClient, resume: Resume, text: str, sentence: str
) -> None:
    answer = send(client, text)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_markup_in_a_file_stays_text(client: StrictClient, resume: Resume) -> None:
    file = {"basics": {"summary": "<b>稳</b>"}, "work": [{"summary": '"><i>x</i>'}]}
    page = send(client, file).content.decode()
    assert "<b>稳</b>" not in page
    assert "<i>x</i>" not in page
