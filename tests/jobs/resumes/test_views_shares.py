from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from jobs.resumes.models import Resume, SharedResume
from jobs.resumes.services import shares
from tests.client import StrictClient
from tests.jobs.resumes.documents import full_resume
from tests.jobs.resumes.make import line_from
from tests.make import make_seeker, sign_in

pytestmark = pytest.mark.django_db
LINKS = "resumes:links"
WANTED = {"variant": "support", "identity": "pseudonym", "days": "30"}


@pytest.fixture
def owner(client: StrictClient) -> StrictClient:
    return client


@pytest.fixture
def resume(owner: StrictClient) -> Resume:
    profile = make_seeker()
    sign_in(owner, profile.user)
    return full_resume(profile)


def link_on(owner: StrictClient) -> str:
    page = owner.get(reverse(LINKS)).content.decode()
    found = re.search(r'value="http://testserver(/resume/s/[^"]+)"', page)
    assert found
    return found.group(1)


def make(owner: StrictClient, **values: str) -> str:
    assert owner.post(reverse(LINKS), WANTED | values).status_code == 302
    return link_on(owner)


def test_a_stranger_reads_it_without_an_account(
    owner: StrictClient, resume: Resume
) -> None:
    answer = StrictClient().get(make(owner))
    page = answer.content.decode()
    assert "安抚情绪激动的客户" in page
    assert "林小舟" not in page
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]
    assert re.search(r"<title>\s*简历\s*</title>", page)


def test_the_page_does_not_say_where_it_comes_from(
    owner: StrictClient, resume: Resume
) -> None:
    url = make(owner, identity="named")
    for page in (StrictClient().get(url), StrictClient().get("/resume/s/guess/")):
        text = re.sub(r'(?:href|src)="[^"]*"', "", page.content.decode())
        assert re.findall("催收|上岸|Ashore|ashore", text) == []


def test_with_a_name_only_when_asked_for(owner: StrictClient, resume: Resume) -> None:
    page = StrictClient().get(make(owner, identity="named")).content.decode()
    assert "林小舟" in page
    assert "13800000000" in page


def test_it_is_what_stands_today(owner: StrictClient, resume: Resume) -> None:
    url = make(owner, identity="named")
    line = line_from(resume, "calming")
    data = {"text": "先安抚，再说事", "version": "1"}
    owner.post(reverse("resumes:edit", args=[line.public_id]), data)
    assert "先安抚，再说事" in StrictClient().get(url).content.decode()


def test_it_speaks_the_resume_s_language(owner: StrictClient, resume: Resume) -> None:
    url = make(owner)
    owner.post(reverse("resumes:language"), {"language": "en"})
    answer = StrictClient().get(url)
    assert '<html lang="en"' in answer.content.decode()
    assert answer["Content-Language"] == "en"


def test_every_dead_link_gets_the_same_answer(
    owner: StrictClient, resume: Resume, caplog: pytest.LogCaptureFixture
) -> None:
    urls = [make(owner), "/resume/s/0123456789abcdef0123456789abcdef/"]
    share = SharedResume.objects.get()
    owner.post(reverse("resumes:revoke", args=[share.public_id]))
    answers = [StrictClient().get(url) for url in urls]
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        expired = shares.share_resume(
            resume=resume,
            actor=resume.profile.user,
            variant="support",
            identity="named",
            days=7,
        )
    token = shares.token_of(expired)
    with time_machine.travel(timezone.now() + timedelta(days=16)):
        answers.append(StrictClient().get(f"/resume/s/{token}/"))
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert "这个链接不能用了" in answers[0].content.decode()
    # Nor does anybody who reads the log learn an address.
    assert caplog.text == ""


def test_views_of_others_are_counted_for_the_owner(
    owner: StrictClient, resume: Resume
) -> None:
    url = make(owner, most_views="5")
    assert owner.get(url).status_code == 200
    assert StrictClient().head(url).status_code == 200
    StrictClient().get(url)
    StrictClient().get(url)
    page = owner.get(reverse(LINKS)).content.decode()
    assert "打开过 2 次，最多 5 次" in page
    assert "今天 2" in page
    for _n in range(3):
        assert StrictClient().get(url).status_code == 200
    assert StrictClient().get(url).status_code == 404
    assert owner.get(url).status_code == 404


def test_no_identity_of_viewers_is_kept(owner: StrictClient, resume: Resume) -> None:
    answer = StrictClient().get(make(owner))
    assert not answer.cookies
    names = {field.name for field in SharedResume._meta.get_fields()}
    assert not names & {"ip", "address", "agent", "viewer", "user"}


@pytest.mark.parametrize(
    "values",
    [{"days": "365"}, {"days": ""}, {"identity": "x"}, {"variant": "x"}],
)
def test_nothing_else_can_be_asked_for(
    owner: StrictClient, resume: Resume, values: dict[str, str]
) -> None:
    assert owner.post(reverse(LINKS), WANTED | values).status_code == 422
    assert not SharedResume.objects.exists()


def test_the_eleventh_is_refused_kindly(owner: StrictClient, resume: Resume) -> None:
    for _n in range(shares.MOST_OPEN):
        make(owner)
    answer = owner.post(reverse(LINKS), WANTED)
    assert answer.status_code == 422
    assert "已经有 10 个链接在用了" in answer.content.decode()


def test_queries_do_not_grow_with_the_links(
    owner: StrictClient, resume: Resume, django_assert_max_num_queries: object
) -> None:
    for _n in range(5):
        StrictClient().get(make(owner))
    with django_assert_max_num_queries(11):  # type: ignore[operator]
        owner.get(reverse(LINKS))
