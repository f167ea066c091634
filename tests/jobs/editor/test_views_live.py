"""An open posting is changed page by page, and once."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from jobs.editor.models import EditorDraft
from jobs.postings.models import Posting, PostingRevision
from jobs.postings.services import content_of
from tests.cast import Cast
from tests.jobs.editor.make import answers_on, change
from tests.jobs.screening.make import BAD
from tests.make import make_posting, sign_in


@pytest.fixture
def employer(client: Client, cast: Cast) -> Client:
    sign_in(client, cast.employer)
    return client


@pytest.fixture
def opened(cast: Cast) -> Posting:
    posting = make_posting(cast.organization, recording=True, hangup_right=True)
    posting.refresh_from_db()
    PostingRevision.objects.create(
        posting=posting,
        number=1,
        content=content_of(posting),
        changed_by=cast.colleague,
    )
    return posting


def at(posting: Posting, step: str) -> str:
    return reverse("editor:step", args=[posting.public_id, step])


def send(client: Client, posting: Posting) -> None:
    posting.refresh_from_db()
    url = reverse("editor:send", args=[posting.public_id])
    client.post(url, {"version": str(posting.version)})
    posting.refresh_from_db()


def test_pages_wait_until_all_is_sent(employer: Client, opened: Posting) -> None:
    employer.post(at(opened, "work"), answers_on("work", title="新的标题"))
    employer.post(at(opened, "pay"), answers_on("pay", pay_1="7000"))
    opened.refresh_from_db()
    assert (opened.title, opened.state, opened.version) == (
        "银行热线客服(接听)",
        "published",
        1,
    )
    page = employer.get(at(opened, "look"))
    assert page.context["shown"].title == "新的标题"
    assert {change.label for change in page.context["changes"]} >= {"职位名称"}
    assert 'value="新的标题"' in employer.get(at(opened, "work")).content.decode()
    send(employer, opened)
    assert (opened.title, opened.pay_max, opened.state) == (
        "新的标题",
        7000,
        "in_review",
    )
    assert not EditorDraft.objects.exists()
    assert opened.revisions.count() == 2


def test_a_harmless_change_stays_open(employer: Client, opened: Posting) -> None:
    form = employer.get(at(opened, "work")).context["form"]
    same = {name: form[name].value() or "" for name in form.fields}
    same["experience_in_place_of_education"] = ""
    page = {k: v for k, v in same.items() if v != ""} | {"headcount": "9"}
    employer.post(at(opened, "work"), page | {"version": "1"})
    send(employer, opened)
    assert (opened.headcount, opened.state) == (9, "published")


def test_a_blocked_change_leaves_the_open_text(
    employer: Client, opened: Posting
) -> None:
    employer.post(at(opened, "work"), answers_on("work", responsibilities=BAD))
    send(employer, opened)
    assert opened.state == "published"
    assert "通讯录" not in opened.responsibilities
    assert EditorDraft.objects.get().is_saved


def test_an_open_posting_may_not_be_left_half_empty(
    employer: Client, opened: Posting
) -> None:
    page = employer.post(at(opened, "pay"), answers_on("pay", base_salary_0=""))
    assert page.status_code == 302
    page = employer.post(
        at(opened, "pay"), answers_on("pay", base_salary_0="", base_salary_1="")
    )
    assert page.context["form"].has_error("base_salary")


def test_nothing_changed_is_nothing_sent(employer: Client, opened: Posting) -> None:
    send(employer, opened)
    assert (opened.state, opened.version) == ("published", 1)


def test_a_colleagues_change_meanwhile_is_kept_beside_mine(
    employer: Client, cast: Cast, opened: Posting
) -> None:
    employer.post(at(opened, "work"), answers_on("work", title="新的标题"))
    change(opened, cast.colleague, pay_day=20, headcount=5)
    send(employer, opened)
    assert (opened.title, opened.pay_day) == ("新的标题", 20)


def test_a_colleagues_change_of_the_same_is_told(
    employer: Client, cast: Cast, opened: Posting
) -> None:
    employer.post(at(opened, "work"), answers_on("work", headcount="8"))
    change(opened, cast.colleague, headcount=6)
    url = reverse("editor:send", args=[opened.public_id])
    page = employer.post(url, {"version": "2"}, follow=True)
    assert page.redirect_chain[-1][0] == at(opened, "work")
    rows = [(row.theirs, row.mine) for row in page.context["clash"].rows]
    assert rows == [("6", "8")]
    opened.refresh_from_db()
    assert (opened.headcount, opened.state) == (6, "published")


def test_a_change_that_waits_takes_up_what_is_typed_on(
    employer: Client, opened: Posting
) -> None:
    keep = at(opened, "work") + "keep/"
    employer.post(at(opened, "work"), answers_on("work", title="第一稿"))
    employer.post(keep, answers_on("work", title="第二稿"))
    row = EditorDraft.objects.get()
    assert (row.is_saved, row.content["title"]) == (True, ["第二稿"])
    # Half a page is not sent, and not lost either.
    employer.post(keep, answers_on("work", title="第三稿", headcount=""))
    row.refresh_from_db()
    assert (row.is_saved, row.content["title"]) == (False, ["第三稿"])
    send(employer, opened)
    assert (opened.title, opened.state) == ("银行热线客服(接听)", "published")
