from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from jobs.resumes.models import Resume
from jobs.resumes.services.answers import Detail, save_details
from jobs.resumes.services.lines import edit_line
from tests.client import StrictClient
from tests.jobs.resumes.make import line_from, make_resume
from tests.make import make_seeker, sign_in

pytestmark = pytest.mark.django_db
LANGUAGES = ("zh-hans", "zh-hant", "en")


@pytest.fixture
def resume(client: StrictClient) -> Resume:
    profile = make_seeker()
    sign_in(client, profile.user)
    return make_resume(profile)


def edit_url(resume: Resume, source: str = "calming") -> str:
    return reverse("resumes:edit", args=[line_from(resume, source).public_id])


def change_url(resume: Resume, source: str, change: str) -> str:
    public_id = line_from(resume, source).public_id
    return reverse("resumes:change", args=[public_id, change])


def test_rewriting_a_line(client: StrictClient, resume: Resume) -> None:
    answer = client.post(edit_url(resume), {"text": "先安抚，再说事", "version": "1"})
    line = line_from(resume, "calming")
    assert answer["Location"].endswith(f"?variant=support#line-{line.public_id}")
    page = client.get(reverse("resumes:mine")).content.decode()
    assert "先安抚，再说事" in page
    assert "你改过" in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text", ["不还就爆通讯录", "张三欠款5000元", "老王 13812345678"]
)
def test_a_refusal_is_kind_and_keeps_the_text(
    client: StrictClient, resume: Resume, text: str, language: str
) -> None:
    client.cookies["django_language"] = language
    answer = client.post(edit_url(resume), {"text": text, "version": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f">{text}</textarea>" in page
    assert "aria-invalid" in page
    assert line_from(resume, "calming").text == "安抚情绪激动的客户"


def test_the_refusal_says_what_to_write_instead(
    client: StrictClient, resume: Resume
) -> None:
    answer = client.post(edit_url(resume), {"text": "对客户施压", "version": "1"})
    assert "不如写你怎么把话说清楚" in answer.content.decode()


def test_a_refused_line_of_ones_own_is_kept_in_its_form(
    client: StrictClient, resume: Resume
) -> None:
    url = reverse("resumes:add", args=["compliance"])
    answer = client.post(url, {"text": "冒充法院打电话"})
    assert answer.status_code == 422
    assert ">冒充法院打电话</textarea>" in answer.content.decode()
    assert not resume.lines.filter(source_answer="own").exists()


@pytest.mark.parametrize("text", ["", "   ", "长" * 201])
def test_empty_and_endless_lines(
    client: StrictClient, resume: Resume, text: str
) -> None:
    answer = client.post(edit_url(resume), {"text": text, "version": "1"})
    assert answer.status_code == 422
    assert text.strip() in answer.content.decode()


def test_a_line_of_ones_own(client: StrictClient, resume: Resume) -> None:
    url = reverse("resumes:add", args=["support"])
    page = client.post(url, {"text": "做过前台"}, follow=True).content.decode()
    assert "做过前台" in page
    assert "你自己写的" in page


def test_the_slower_window_keeps_its_words(
    client: StrictClient, resume: Resume
) -> None:
    url = edit_url(resume)
    client.post(url, {"text": "第一个窗口", "version": "1"})
    answer = client.post(url, {"text": "第二个窗口", "version": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert ">第二个窗口</textarea>" in page
    assert "第一个窗口" in page
    client.post(url, {"text": "第二个窗口", "version": "2"})
    assert line_from(resume, "calming").text == "第二个窗口"


def test_hide_show_and_order(client: StrictClient, resume: Resume) -> None:
    client.post(change_url(resume, "calming", "hide"))
    page = client.get(reverse("resumes:mine")).context["columns"][1]
    assert [row.line.source_answer for row in page.waiting] == ["calming"]
    client.post(change_url(resume, "calming", "show"))
    client.post(change_url(resume, "calming", "up"))
    column = client.get(reverse("resumes:mine")).context["columns"][1]
    assert column.standing[0].line.source_answer == "calming"


def test_an_unknown_change_or_line(client: StrictClient, resume: Resume) -> None:
    assert client.post(change_url(resume, "calming", "polish")).status_code == 404
    gone = reverse("resumes:edit", args=[uuid4()])
    assert client.post(gone, {"text": "x"}).status_code == 404


def test_both_wordings_are_offered(client: StrictClient, resume: Resume) -> None:
    actor = resume.profile.user
    line = line_from(resume, "inbound_calls")
    edit_line(line=line, actor=actor, text="接电话", version=1)
    details = {"inbound_calls": Detail(80)}
    save_details(resume=resume, actor=actor, details=details)
    page = client.get(reverse("resumes:mine")).content.decode()
    assert "接电话" in page
    assert "接听客户来电，一天 80 通" in page
    client.post(change_url(resume, "inbound_calls", "restore"))
    assert line_from(resume, "inbound_calls").text == "接听客户来电，一天 80 通"


def test_advice_stands_under_the_line(client: StrictClient, resume: Resume) -> None:
    client.post(edit_url(resume), {"text": "安抚 M3 客户", "version": "1"})
    page = client.get(reverse("resumes:mine")).content.decode()
    assert "逾期 61–90 天" in page


def lint(client: StrictClient, text: str, **more: str) -> str:
    answer = client.post(reverse("resumes:lint"), {"text": text} | more)
    assert answer.status_code == 200
    return answer.content.decode()


def test_reading_along(client: StrictClient, resume: Resume) -> None:
    before = list(resume.lines.values_list("text", flat=True))
    assert "贷后沟通" in lint(client, "电话催收")
    assert "is-danger" in lint(client, "不接就爆通讯录")
    assert lint(client, "耐心接听").strip() == ""
    assert list(resume.lines.values_list("text", flat=True)) == before


def test_figures_are_asked_about(client: StrictClient, resume: Resume) -> None:
    assert "200" in lint(client, "一天接 200 通")
    actor = resume.profile.user
    details = {"inbound_calls": Detail(200)}
    save_details(resume=resume, actor=actor, details=details)
    assert lint(client, "一天接 200 通").strip() == ""


def test_the_first_wording_accounts_for_its_figures(
    client: StrictClient, resume: Resume
) -> None:
    line = resume.lines.create(
        variant="compliance",
        position=1,
        source_answer="complaint_systems",
        text="回复 12378 转办的投诉",
        original="回复 12378 转办的投诉",
        language="zh-hans",
    )
    assert "12378" in lint(client, "回复 12378 的投诉")
    read = lint(client, "回复 12378 的投诉", line=str(line.public_id))
    assert "field-found" not in read


def test_a_broken_line_id(client: StrictClient, resume: Resume) -> None:
    url = reverse("resumes:lint")
    assert client.post(url, {"text": "x", "line": "nonsense"}).status_code == 404


def test_words_of_a_person_are_escaped(client: StrictClient, resume: Resume) -> None:
    client.post(edit_url(resume), {"text": "<b>催收</b>", "version": "1"})
    page = client.get(reverse("resumes:mine")).content.decode()
    assert "<b>催收" not in page
    assert "<b>" not in lint(client, "<b>催收</b>")
