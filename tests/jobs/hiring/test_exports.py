from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.consent.access import looks_at
from accounts.consent.registry import export_person
from accounts.identity.models import AuditEvent, User
from jobs.applications.models import Application
from jobs.hiring.holdings import forget_acts
from jobs.hiring.models import ExportRecord
from jobs.hiring.services import exports
from jobs.postings.models import Posting
from tests.cast import Cast
from tests.jobs.applications.make import take
from tests.jobs.hiring.make import crowd, send_as
from tests.make import make_posting, sign_in

URL = "/hiring/file/"
CSV = {"format": "csv", "reason": "meeting"}


@pytest.fixture
def employer(cast: Cast, client: Client) -> User:
    sign_in(client, cast.employer)
    return cast.employer


@pytest.fixture
def posting(cast: Cast) -> Posting:
    return make_posting(cast.organization)


def rows_of(response: Any) -> list[list[str]]:
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_a_plain_file_a_spreadsheet_opens(
    client: Client, employer: User, posting: Posting
) -> None:
    crowd(posting, ["甲某", "乙某"])
    response = client.post(URL, CSV)
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Disposition"].endswith('.csv"')
    heads, *rows = rows_of(response)
    assert [row[0] for row in rows] == ["甲某", "乙某"]
    assert {len(row) for row in [heads, *rows]} == {13}


def test_an_excel_file_holds_the_same(
    client: Client, employer: User, posting: Posting
) -> None:
    crowd(posting, ["甲某", "乙某"])
    response = client.post(URL, CSV | {"format": "xlsx"})
    sheet = load_workbook(io.BytesIO(response.content)).active
    cells = [[c.value or "" for c in row] for row in sheet.iter_rows()]
    assert cells == rows_of(client.post(URL, CSV))


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1", "@SUM", "　=1"])
@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_nothing_in_it_is_a_formula(
    client: Client,
    cast: Cast,
    employer: User,
    posting: Posting,
    name: str,
    format_: str,
) -> None:
    send_as(cast.seeker, posting, name=name)
    response = client.post(URL, CSV | {"format": format_})
    if format_ == "csv":
        assert rows_of(response)[1][0] == f"'{name}"
        return
    sheet = load_workbook(io.BytesIO(response.content)).active
    cell = sheet["A2"]
    assert (cell.data_type, cell.value) == ("s", f"'{name}")


@pytest.mark.parametrize("state", ["submitted", "interview", "offered", "hired"])
def test_the_number_is_in_no_file(
    client: Client, employer: User, posting: Posting, state: str
) -> None:
    crowd(posting, ["甲某"], member=employer, state=state)
    text = client.post(URL, CSV).content.decode()
    assert "13800000000" not in text.replace(" ", "").replace("-", "")
    assert "下周就能上班" not in text


def test_of_whoever_left_only_that_they_did(
    client: Client, cast: Cast, employer: User, posting: Posting
) -> None:
    application = send_as(cast.seeker, posting, name="柳离开")
    take(application, "withdraw", cast.seeker.user)
    text = client.post(URL, CSV).content.decode()
    assert "柳离开" not in text
    assert ExportRecord.objects.get().people == 0
    assert not AuditEvent.objects.filter(action="application.exported").exists()


def test_it_holds_what_the_filters_show(
    client: Client, cast: Cast, employer: User, posting: Posting
) -> None:
    crowd(posting, ["甲某"], member=employer, state="shortlisted")
    crowd(posting, ["乙某"])
    crowd(make_posting(cast.other_organization), ["别家"])
    rows = rows_of(client.post(f"{URL}?stage=shortlisted", CSV))
    assert [row[0] for row in rows[1:]] == ["甲某"]
    assert len(rows_of(client.post(URL, CSV))) == 3


def test_who_took_it_stands_in_every_book(
    client: Client, cast: Cast, posting: Posting
) -> None:
    """The administrators', the trail, and the page of everybody in it."""
    send_as(cast.seeker, posting)
    sign_in(client, cast.colleague)
    client.post(URL, CSV | {"reason": "other", "note": "给总部看进度"})
    record = ExportRecord.objects.get()
    assert (record.by, record.people) == (cast.colleague, 1)
    (line,) = [x for x in looks_at(cast.seeker.user) if "文件" in x.saw]
    assert line.who == cast.organization.display_name
    sign_in(client, cast.employer)
    page = client.get(reverse("hiring:exports")).content.decode()
    assert "给总部看进度" in page
    sign_in(client, cast.other_employer)
    page = client.get(reverse("hiring:exports")).content.decode()
    assert "给总部看进度" not in page


def test_every_file_leaves_a_line_of_its_own(
    client: Client, cast: Cast, employer: User, posting: Posting
) -> None:
    send_as(cast.seeker, posting)
    client.post(URL, CSV)
    client.post(URL, CSV)
    lines = AuditEvent.objects.filter(action="application.exported")
    assert lines.count() == ExportRecord.objects.count() == 2


def test_looking_at_the_page_takes_nothing(
    client: Client, cast: Cast, employer: User, posting: Posting
) -> None:
    send_as(cast.seeker, posting)
    assert client.get(URL).context["total"] == 1
    assert not ExportRecord.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"format": "csv"},
        {"format": "exe", "reason": "meeting"},
        {"format": "csv", "reason": "other", "note": ""},
        {"format": "csv", "reason": "other", "note": "打给 13911112222 或 13933334444"},
    ],
)
def test_without_a_reason_there_is_no_file(
    client: Client, cast: Cast, employer: User, posting: Posting, data: dict[str, str]
) -> None:
    send_as(cast.seeker, posting)
    response = client.post(URL, data)
    assert response.status_code == 422
    assert response.context["form"].errors
    assert not ExportRecord.objects.exists()


def test_too_many_for_one_file_is_said(
    client: Client,
    cast: Cast,
    employer: User,
    posting: Posting,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exports, "MOST_ROWS", 2)
    crowd(posting, ["甲某", "乙某", "丙某"])
    response = client.post(URL, CSV)
    assert response.status_code == 422
    assert response.context["form"].non_field_errors()
    assert not ExportRecord.objects.exists()
    assert not AuditEvent.objects.filter(action="application.exported").exists()


def test_leaving_blanks_the_words_and_keeps_the_record(
    client: Client, cast: Cast, employer: User, posting: Posting
) -> None:
    send_as(cast.seeker, posting)
    client.post(URL, CSV | {"reason": "other", "note": "给总部看进度"})
    told = dict(export_person(employer))["jobs.hiring"]
    assert told[0]["note"] == "给总部看进度"
    forget_acts(employer)
    record = ExportRecord.objects.get()
    assert (record.note, record.applications) == ("", 1)
    assert Application.objects.count() == 1
