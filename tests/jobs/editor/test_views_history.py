from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jobs.postings.models import Posting, PostingRevision
from tests.cast import Cast
from tests.jobs.editor.make import begin, change
from tests.make import make_posting, sign_in


@pytest.fixture
def employer(client: Client, cast: Cast) -> Client:
    sign_in(client, cast.employer)
    return client


@pytest.fixture
def thrice(cast: Cast) -> Posting:
    posting = begin(
        cast.employer,
        cast.organization,
        responsibilities="接听来电，记录内容。",
        weekly_hours=None,
    )
    cast.colleague.display_name = "苏敏"
    cast.colleague.save()
    change(posting, cast.colleague, responsibilities="接听来电，写清内容。")
    change(posting, cast.employer, pay_min=5000, pay_max=6000, shift="day")
    return posting


def look(client: Client, posting: Posting, **asked: Any) -> Any:
    url = reverse("editor:history", args=[posting.public_id])
    return client.get(url, asked)


def parts(page: Any) -> dict[str, list[tuple[str, str]]]:
    return {
        change.label: [(part.kind, part.text) for part in change.parts]
        for change in page.context["changes"]
    }


def test_the_last_change_is_shown_first(employer: Client, thrice: Posting) -> None:
    page = look(employer, thrice)
    found = parts(page)
    assert found["班次"] == [("gone", "没写"), ("added", "白班")]
    assert "工作内容" not in found
    versions = page.context["versions"]
    assert [version.number for version in versions] == [3, 2, 1]
    assert versions[1].who == "苏敏"
    assert versions[1].changes == ["工作内容"]


def test_any_two_versions_are_compared_word_by_word(
    employer: Client, thrice: Posting
) -> None:
    for old, new in ((1, 2), (2, 1)):
        found = parts(look(employer, thrice, old=old, new=new))
        assert list(found) == ["工作内容"]
        assert ("gone", "记录") in found["工作内容"]
        assert ("same", "接听来电，") in found["工作内容"]
    page = look(employer, thrice, old=1, new=2).content.decode()
    assert '<del class="change-out"><span class="visually-hidden">' in page
    assert '<ins class="change-in"><span class="visually-hidden">' in page


def test_hostile_words_stay_words(employer: Client, cast: Cast) -> None:
    posting = begin(cast.employer, cast.organization, title="甲")
    change(posting, cast.employer, title="<script>alert(1)</script>")
    page = look(employer, posting).content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize("asked", [{"old": "9", "new": "1"}, {"old": "x", "new": ""}])
def test_a_version_that_is_none_is_said(
    employer: Client, thrice: Posting, asked: dict[str, str]
) -> None:
    page = look(employer, thrice, **asked)
    assert page.status_code == 200
    assert page.context["changes"] is None


def test_a_posting_without_versions_says_so(employer: Client, cast: Cast) -> None:
    page = look(employer, make_posting(cast.organization))
    assert page.status_code == 200
    assert page.context["versions"] == []


def test_a_version_of_before_a_field_existed_can_be_read(
    employer: Client, cast: Cast
) -> None:
    posting = begin(cast.employer, cast.organization)
    content = PostingRevision.objects.get().content
    for name in ("example_base", "example_variable", "example_deductions"):
        del content[name]
    PostingRevision.objects.create(
        posting=posting, number=0, content=content, changed_by=None
    )
    change(
        posting,
        cast.employer,
        example_base=1,
        example_variable=2,
        example_deductions=0,
    )
    assert "举一个月的例子" in parts(look(employer, posting, old=0, new=2))


def test_hours_written_another_way_are_no_change(employer: Client, cast: Cast) -> None:
    posting = begin(cast.employer, cast.organization, weekly_hours=40)
    change(posting, cast.employer, title="另一个标题")
    versions = look(employer, posting).context["versions"]
    assert versions[0].changes == ["职位名称"]
