"""A list of applications as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import get_language, gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from accounts.lib.dates import SHANGHAI
from accounts.lib.places import city_by_code
from accounts.seekers.enums import CallWish, CanStart, Education
from jobs.applications.enums import WAITING_STATES, ApplicationState
from jobs.applications.models import Application
from jobs.hiring.enums import ExportFormat
from jobs.hiring.rules.cells import safe_cell

CONTENT_TYPES = {
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WIDTHS = (14, 30, 10, 14, 18, 12, 18, 12, 18, 14, 8, 16, 26)


def headings() -> list[str]:
    return [
        _("Applicant"),
        _("Posting"),
        _("City"),
        _("Stage"),
        _("Received"),
        _("Answer by"),
        _("Interview"),
        _("First day"),
        _("Lives in"),
        _("Schooling"),
        _("Years"),
        _("Can start"),
        _("How to reach"),
    ]


def row_of(application: Application) -> list[str]:
    """Only what the desk shows as well: the number stands on no list and in no file."""
    waits = application.state in WAITING_STATES
    talks = application.state == ApplicationState.INTERVIEW
    start = application.offer_start
    return [
        application.applicant_name,
        application.posting.title,
        _city(application.posting.city_code),
        application.get_state_display(),
        _moment(application.submitted_at),
        _moment(application.answer_due)[:10] if waits else "",
        _moment(application.interview_at) if talks else "",
        start.isoformat() if start else "",
        *_sent(application),
    ]


def _sent(application: Application) -> list[str]:
    """Of what the applicant sent; of whoever has left, nothing."""
    if not application.is_shared:
        return [""] * 5
    sent = application.snapshot
    years = sent["years"]
    return [
        f"{_city(sent['city_code'])} {sent['district']}".strip(),
        _label(Education, sent["education"]),
        "" if years is None else f"{years:g}",
        _label(CanStart, sent["can_start"]),
        _label(CallWish, application.calls),
    ]


def _label(choices: type[Education | CanStart | CallWish], value: str) -> str:
    return str(choices(value).label) if value in choices.values else ""


def _city(code: str) -> str:
    city = city_by_code(code)
    return city.name(get_language() or "") if city else ""


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if at else ""


def file_of(applications: Iterable[Application], format_: ExportFormat) -> bytes:
    rows = [headings(), *(row_of(row) for row in applications)]
    safe = [[safe_cell(value) for value in row] for row in rows]
    return _xlsx(safe) if format_ == ExportFormat.XLSX else _csv(safe)


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    """With a mark at the beginning, by which a spreadsheet knows how it is written."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Applications"))
    sheet.freeze_panes = "B2"
    for place, width in enumerate(WIDTHS):
        sheet.column_dimensions[chr(ord("A") + place)].width = width
    for number, row in enumerate(rows):
        sheet.append([_cell(sheet, value, is_head=number == 0) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: object, value: str, *, is_head: bool) -> object:
    cell = WriteOnlyCell(sheet, value=value)
    # Always text: a program that opens it has nothing to work out.
    cell.data_type = "s"
    if is_head:
        cell.font = Font(bold=True)
    return cell
