from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from accounts.identity.enums import SwitchState
from accounts.identity.services.switches import change_switch
from jobs.feeds.models import BulkRow, BulkRun
from jobs.feeds.rules.documents import LARGEST
from jobs.feeds.services import runs
from jobs.postings.models import Posting
from tests.cast import Cast
from tests.client import StrictClient
from tests.jobs.feeds.make import csv_data, row, rows_of, send
from tests.make import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(cast: Cast, client: StrictClient) -> StrictClient:
    sign_in(client, cast.employer)
    return client


def upload(client: StrictClient, name: str, data: bytes) -> Any:
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("feeds:import"), {"file": file})


def test_a_short_file_is_done_when_its_page_opens(hr: StrictClient) -> None:
    response = upload(hr, "岗位.csv", csv_data([row(1), row(2, headcount="很多")]))
    run = BulkRun.objects.get()
    assert response.headers["Location"] == reverse("feeds:run", args=[run.public_id])
    page = hr.get(response.headers["Location"]).content.decode()
    assert "热线客服" in page
    assert "招聘人数" in page or "招几个人" in page
    assert reverse("feeds:mend", args=[run.public_id, 2]) in page
    assert run.finished_at is not None or run.rows_done == 2


def test_a_long_file_shows_how_far_it_is(
    hr: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "AT_ONCE", 2)
    upload(hr, "a.csv", csv_data([row(number) for number in range(1, 5)]))
    run = BulkRun.objects.get()
    url = reverse("feeds:run", args=[run.public_id])
    assert 'value="2"' in hr.get(url).content.decode()
    part = hr.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'hx-trigger="every 3s"' in part
    runs.prepare_run(run)
    assert (
        "hx-trigger" not in hr.get(url).content.decode().partition('id="rows"')[2][:80]
    )


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.csv", b"", "空"),
        ("a.exe", b"MZ", "CSV"),
        ("a.xls", b"\xd0\xcf", ".xlsx"),
        ("a.csv", b"x" * (LARGEST + 1), "5 MB"),
        ("a.csv", "编号,公司\n1,青禾".encode(), "职位名称"),
        ("a.csv", "职位名称\n客服".encode(), "编号"),
        ("a.json", b"{", "JSON"),
        ("a.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "DOCTYPE"),
        ("a.xlsx", b"PK\x03\x04 no zip", "Excel"),
        ("a.csv", "编号,职位名称\n1,客服".encode("utf-16"), "UTF-8"),
        ("逾期客户名单.csv", csv_data([row()]), "个人信息保护法"),
    ],
)
def test_a_file_that_is_not_taken_says_why_and_keeps_nothing(
    hr: StrictClient, name: str, data: bytes, words: str
) -> None:
    response = upload(hr, name, data)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert BulkRun.objects.count() == 0


def test_no_file_is_a_clear_sentence(hr: StrictClient) -> None:
    response = hr.post(reverse("feeds:import"), {})
    assert response.status_code == 422


def test_mending_asks_only_what_is_wrong_and_loses_nothing(
    hr: StrictClient, cast: Cast
) -> None:
    run = send(
        cast.organization,
        cast.employer,
        [row(1, headcount="很多", channel="心灵感应", 编号="")],
    )
    url = reverse("feeds:mend", args=[run.public_id, 1])
    page = hr.get(url).content.decode()
    assert set(re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', page)) >= {
        "source_id",
        "headcount",
        "channel",
    }
    assert 'name="title"' not in page
    assert "心灵感应" in page
    wrong = hr.post(url, {"source_id": "KF-7", "headcount": "4", "channel": ""})
    # A draft may leave the channel open: everything is right now.
    assert wrong.status_code == 302
    posting = Posting.objects.get()
    assert (posting.headcount, posting.channel, posting.title) == (4, "", "热线客服")
    assert rows_of(run)[0].source_id == "KF-7"


def test_a_wrong_mend_keeps_what_was_typed(hr: StrictClient, cast: Cast) -> None:
    run = send(cast.organization, cast.employer, [row(1, headcount="很多")])
    url = reverse("feeds:mend", args=[run.public_id, 1])
    page = hr.post(url, {"headcount": "1000000"})
    assert page.status_code == 422
    assert 'value="1000000"' in page.content.decode()
    assert Posting.objects.count() == 0
    hr.post(url, {"headcount": "4"})
    assert hr.post(url, {"headcount": "5"}).status_code == 302
    assert Posting.objects.get().headcount == 4


def test_other_fields_cannot_be_slipped_in(hr: StrictClient, cast: Cast) -> None:
    run = send(cast.organization, cast.employer, [row(1, headcount="很多")])
    url = reverse("feeds:mend", args=[run.public_id, 1])
    hr.post(url, {"headcount": "4", "title": "别的", "state": "published"})
    posting = Posting.objects.get()
    assert (posting.title, posting.state) == ("热线客服", "draft")


def test_the_clean_ones_go_to_be_checked(hr: StrictClient, cast: Cast) -> None:
    run = send(cast.organization, cast.employer, [row(1), row(2, recording="")])
    page = hr.get(reverse("feeds:run", args=[run.public_id])).content.decode()
    assert reverse("feeds:send", args=[run.public_id]) in page
    response = hr.post(reverse("feeds:send", args=[run.public_id]), follow=True)
    assert "1" in response.content.decode()
    states = Posting.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["in_review", "draft"]


def test_a_draft_finished_by_hand_counts_as_clean(hr: StrictClient, cast: Cast) -> None:
    run = send(cast.organization, cast.employer, [row(1, recording="")])
    assert rows_of(run)[0].to_change
    Posting.objects.update(recording=True, version=2)
    url = reverse("feeds:run", args=[run.public_id])
    hr.get(url, {"group": "drafts"})
    assert rows_of(run)[0].to_change == 0


def test_long_files_are_paged(hr: StrictClient, cast: Cast) -> None:
    kept = BulkRun.objects.create(
        organization=cast.organization,
        created_by=cast.employer,
        file_name="a.csv",
        file_digest="0",
        rows_total=120,
    )
    BulkRow.objects.bulk_create(
        BulkRow(run=kept, number=n, state="problem", code="ragged-row")
        for n in range(1, 121)
    )
    url = reverse("feeds:run", args=[kept.public_id])
    seen: list[int] = []
    query = "?group=problems"
    while query:
        context = hr.get(url + query).context
        seen += [line.row.number for line in context["lines"]]
        query = context["older"]
    assert seen == list(range(1, 121))
    assert hr.get(f"{url}?group=x&from=x").status_code == 200


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
@pytest.mark.parametrize("kind", ["csv", "xlsx", "xml", "json"])
def test_a_sample_sent_back_is_a_clean_draft(
    hr: StrictClient, kind: str, language: str
) -> None:
    hr.cookies["django_language"] = language
    data = hr.get(reverse("feeds:sample", args=[kind])).content
    upload(hr, f"sample.{kind}", data)
    (line,) = BulkRow.objects.all()
    assert (line.state, line.flaws, line.code) == ("draft", [], "")
    posting = Posting.objects.get()
    assert (posting.title, posting.city_code) == ("热线客服", "3101")
    assert (posting.pay_min, posting.pay_max) == (5000, 6500)
    # schema.org knows nothing of calls and how they are handled.
    assert (line.to_change == 0) is (kind != "json")


def test_the_excel_sample_explains_itself(hr: StrictClient) -> None:
    data = hr.get(reverse("feeds:sample", args=["xlsx"])).content
    book = load_workbook(io.BytesIO(data))
    assert len(book.worksheets) == 2
    assert book.worksheets[1].max_row == book.worksheets[0].max_column + 1
    assert book.worksheets[0].data_validations.count > 3


def test_a_json_ld_graph_is_read(hr: StrictClient) -> None:
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "JobPosting",
                "identifier": {"value": f"G-{n}"},
                "title": "在线客服",
                "description": "<p>回复客户的文字咨询，记录问题。</p>",
            }
            for n in range(3)
        ],
    }
    upload(hr, "graph.jsonld", json.dumps(graph).encode())
    ids = BulkRow.objects.order_by("number").values_list("source_id", "state")
    assert list(ids) == [("G-0", "draft"), ("G-1", "draft"), ("G-2", "draft")]


def test_a_nul_that_was_typed_or_named_breaks_nothing(
    hr: StrictClient, cast: Cast
) -> None:
    run = send(cast.organization, cast.employer, [row(1, headcount="很多")])
    url = reverse("feeds:mend", args=[run.public_id, 1])
    assert hr.post(url, {"headcount": "\0x"}).status_code == 422
    assert hr.post(url, {"headcount": "4\0"}).status_code == 302
    again = send(cast.organization, cast.employer, [row(2)], name="a\0.csv")
    assert again.file_name == "a .csv"


def test_no_file_is_taken_while_an_operator_keeps_that_closed(
    cast: Cast, hr: StrictClient
) -> None:
    change_switch(
        name="bulk_import",
        state=SwitchState.OFF,
        actor=cast.operator,
        note="维护",
        version=0,
    )
    response = upload(hr, "岗位.csv", csv_data([row(1)]))
    assert response.status_code == 422
    assert "现在不能传文件" in response.content.decode()
    assert not BulkRun.objects.exists()
    change_switch(
        name="bulk_import",
        state=SwitchState.ORGANIZATIONS,
        organizations=[cast.organization.public_id],
        actor=cast.operator,
        note="先给一家",
        version=1,
    )
    assert upload(hr, "岗位.csv", csv_data([row(1)])).status_code == 302
