from __future__ import annotations

import json
from io import BytesIO

import pypdf
import pytest
from django.urls import reverse

from accounts.seekers.models import SeekerProfile
from jobs.resumes.models import Resume
from jobs.resumes.views.documents import FORMATS
from tests.client import StrictClient
from tests.jobs.resumes.documents import full_resume
from tests.jobs.resumes.make import line_from
from tests.make import make_seeker, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def profile(client: StrictClient) -> SeekerProfile:
    profile = make_seeker()
    sign_in(client, profile.user)
    return profile


@pytest.fixture
def resume(profile: SeekerProfile) -> Resume:
    return full_resume(profile)


def address(kind: str, identity: str = "") -> str:
    url = reverse("resumes:download", args=["support", kind])
    return f"{url}?as={identity}" if identity else url


@pytest.mark.parametrize("kind", FORMATS)
def test_every_file_comes_under_a_neutral_name(
    client: StrictClient, resume: Resume, kind: str
) -> None:
    answer = client.get(address(kind))
    ending = FORMATS[kind].ending
    name = f"filename*=utf-8''%E7%AE%80%E5%8E%86.{ending}"
    assert answer["Content-Disposition"] == f"attachment; {name}"
    assert answer["Cache-Control"] == "private, no-store"
    assert len(answer.content) > 200


def test_a_copy_has_the_name_on_it_unless_asked_otherwise(
    client: StrictClient, resume: Resume
) -> None:
    def first(url: str) -> str:
        reader = pypdf.PdfReader(BytesIO(client.get(url).content))
        return reader.pages[0].extract_text().splitlines()[0]

    assert first(address("pdf")) == "林小舟"
    assert first(address("pdf", "nonsense")) == "林小舟"
    assert first(address("pdf", "pseudonym")) == "海风"


def test_json_can_be_read_by_others(client: StrictClient, resume: Resume) -> None:
    made = json.loads(client.get(address("json")).content)
    assert made["basics"]["name"] == "林小舟"
    assert made["work"][1]["name"] == "青禾信息公司"


def test_text_opens_in_old_editors(client: StrictClient, resume: Resume) -> None:
    content = client.get(address("text")).content
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").startswith("林小舟\n客户支持\n")


def test_formats_that_are_none(client: StrictClient, resume: Resume) -> None:
    assert client.get(address("exe")).status_code == 404
    url = reverse("resumes:download", args=["other", "pdf"])
    assert client.get(url).status_code == 404


def test_the_page_shows_both_and_leads_to_files(
    client: StrictClient, resume: Resume
) -> None:
    url = reverse("resumes:sheet", args=["support"])
    named = client.get(url).content.decode()
    other = client.get(url + "?as=pseudonym").content.decode()
    assert "青禾信息公司" in named
    assert "青禾信息公司" not in other
    assert address("pdf", "named") in named
    assert address("pdf", "pseudonym") in other


def test_a_missing_name_is_told(client: StrictClient, resume: Resume) -> None:
    profile = resume.profile
    profile.contact_name = ""
    profile.save()
    page = client.get(reverse("resumes:sheet", args=["support"])).content.decode()
    assert "你的资料里还没有名字" in page


def test_characters_the_pdf_lacks_are_told(
    client: StrictClient, resume: Resume
) -> None:
    profile = resume.profile
    profile.contact_name = "林😀舟"
    profile.save()
    page = client.get(reverse("resumes:sheet", args=["support"])).content.decode()
    assert "用 〓 代替：😀" in page


def test_the_editor_shows_how_it_reads(client: StrictClient, resume: Resume) -> None:
    page = client.get(reverse("resumes:mine")).content.decode()
    preview = page[page.index('id="resume-preview"') :]
    assert "青禾信息公司" in preview
    assert address("pdf", "named") in page


@pytest.mark.parametrize(
    ("text", "is_shown"), [("先核对，再说事", True), ("爆通讯录", False)]
)
def test_what_is_typed_is_previewed_and_not_kept(
    client: StrictClient, resume: Resume, text: str, is_shown: bool
) -> None:
    line = line_from(resume, "calming")
    for data in ({"line": str(line.public_id)}, {"variant": "support"}):
        answer = client.post(reverse("resumes:lint"), {"text": text} | data)
        _notes, preview = answer.content.decode().split('<div id="resume-preview"')
        assert (text in preview) == is_shown
        assert (line.text in preview) == ("variant" in data or not is_shown)
    line.refresh_from_db()
    assert line.text == "安抚情绪激动的客户"


def test_ticks_show_their_lines_before_they_are_saved(
    client: StrictClient, profile: SeekerProfile
) -> None:
    url = reverse("resumes:did_lines", args=["people"])
    page = client.post(url, {"ticks": ["calming", "nonsense"]}).content.decode()
    assert page.count("<li>") == 1
    assert "安抚情绪激动的客户" in page
    assert "<li>" not in client.post(url).content.decode()
    assert not Resume.objects.exists()
    shown = client.get(reverse("resumes:did", args=["people"])).content.decode()
    assert "安抚情绪激动的客户" in shown  # the profile's own answer
