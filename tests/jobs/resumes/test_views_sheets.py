from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from jobs.resumes.rules.answers import catalogue
from jobs.resumes.services.answers import save_group
from jobs.resumes.services.lines import change_line
from tests.client import StrictClient
from tests.jobs.resumes.make import line_from, make_resume
from tests.make import make_seeker, sign_in

pytestmark = pytest.mark.django_db


def test_the_plain_text_is_what_stands(client: StrictClient) -> None:
    profile = make_seeker()
    sign_in(client, profile.user)
    resume = make_resume(profile, ["calming", "scolded"])
    line = line_from(resume, "scolded")
    change_line(line=line, actor=profile.user, change="hide")
    page = client.get(reverse("resumes:sheet", args=["support"])).content.decode()
    plain = page[page.index('id="plain"') : page.index("</textarea>")]
    assert "· 安抚情绪激动的客户\n" in plain
    assert "面对激烈言语" not in page
    assert client.get(reverse("resumes:sheet", args=["other"])).status_code == 404


def test_an_empty_version_says_so(client: StrictClient) -> None:
    profile = make_seeker()
    sign_in(client, profile.user)
    make_resume(profile, ["drives"])
    page = client.get(reverse("resumes:sheet", args=["servicing"])).content.decode()
    assert "这一版还没有内容" in page
    page = client.get(reverse("resumes:mine") + "?variant=servicing").content.decode()
    assert "这里还没有内容" in page


def test_the_address_says_which_version(client: StrictClient) -> None:
    profile = make_seeker()
    sign_in(client, profile.user)
    make_resume(profile)
    for asked, shown in (("servicing", 0), ("compliance", 2), ("nonsense", 1)):
        columns = client.get(reverse("resumes:mine") + f"?variant={asked}").context[
            "columns"
        ]
        assert [c.is_current for c in columns].index(True) == shown


def test_lines_without_an_answer_stand_apart(client: StrictClient) -> None:
    profile = make_seeker()
    sign_in(client, profile.user)
    resume = make_resume(profile, ["calming", "scolded"])
    line = line_from(resume, "calming")
    client.post(
        reverse("resumes:edit", args=[line.public_id]),
        {"text": "先安抚", "version": "1"},
    )
    save_group(resume=resume, actor=profile.user, group="people", codes=["scolded"])
    column = client.get(reverse("resumes:mine")).context["columns"][1]
    assert [row.line.text for row in column.orphans] == ["先安抚"]


def test_queries_do_not_grow_with_the_lines(
    client: StrictClient, django_assert_max_num_queries: Any
) -> None:
    profile = make_seeker()
    sign_in(client, profile.user)
    make_resume(profile, list(catalogue().answers))
    with django_assert_max_num_queries(12):
        client.get(reverse("resumes:mine"))


def test_the_way_there(client: StrictClient) -> None:
    profile = make_seeker()
    sign_in(client, profile.user)
    for name in ("seekers:profile", "matching:list"):
        page = client.get(reverse(name)).content.decode()
        assert reverse("resumes:mine") in page
