"""Sample files: the same posting in each format, headings in the reader's language."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from jobs.feeds.columns import COLUMNS, Column
from jobs.feeds.rules.documents import MOST_ROWS
from jobs.feeds.syndication import NOTHING
from jobs.postings.schema_org import CONTEXT

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
}
# Excel takes no longer list of choices inside a cell's rule.
LONGEST_LIST = 255


def sample(kind: str) -> bytes:
    return {"csv": _csv, "xlsx": _xlsx, "json": _json, "xml": _xml}[kind]()


def _rows() -> list[list[str]]:
    return [
        [str(column.label) for column in COLUMNS],
        [column.example for column in COLUMNS],
    ]


def _csv() -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(_rows())
    # The mark at the front tells Excel that this is UTF-8.
    return out.getvalue().encode("utf-8-sig")


def _xlsx() -> bytes:
    """With lists to choose from, and a second sheet that explains every column."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("Postings")
    for row in _rows():
        sheet.append(row)
    for place, column in enumerate(COLUMNS, start=1):
        cell = sheet.cell(1, place)
        cell.font = Font(bold=True)
        cell.fill = PatternFill(
            "solid", fgColor="D7EBEE" if column.is_needed else "F1F1EC"
        )
        sheet.column_dimensions[cell.column_letter].width = 18
        _offer(sheet, cell.column_letter, column)
    sheet.freeze_panes = "C2"
    _explain(book.create_sheet(_("Columns")))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _offer(sheet: Any, letter: str, column: Column) -> None:
    options = column.options
    listed = f'"{",".join(options)}"'
    if not options or column.name == "benefits" or len(listed) > LONGEST_LIST:
        return
    if any("," in option or '"' in option for option in options):
        return
    rule = DataValidation(type="list", formula1=listed, allow_blank=True)
    rule.showErrorMessage = False
    sheet.add_data_validation(rule)
    rule.add(f"{letter}2:{letter}{MOST_ROWS + 1}")


def _explain(sheet: Any) -> None:
    sheet.append([_("Column"), _("Name"), _("What it holds"), _("What you may write")])
    for column in COLUMNS:
        options = " / ".join(column.options)
        sheet.append([str(column.label), column.name, str(column.help), options])
    for letter, width in zip("ABCD", (22, 30, 50, 90), strict=True):
        sheet.column_dimensions[letter].width = width
        sheet[f"{letter}1"].font = Font(bold=True)
    for row in sheet.iter_rows(min_row=2):
        row[3].alignment = Alignment(wrap_text=True, vertical="top")


def _json() -> bytes:
    """A schema.org JobPosting, as other job sites take it as well."""
    posting = {
        "@context": CONTEXT,
        "@type": "JobPosting",
        "identifier": {"@type": "PropertyValue", "name": "example", "value": "KF-001"},
        "title": "热线客服",
        "responsibilities": _sample_of("responsibilities"),
        "qualifications": _sample_of("qualifications"),
        "employmentType": "FULL_TIME",
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "浦东新区 示例路 1 号",
                "addressLocality": "上海",
                "addressRegion": "上海",
                "addressCountry": "CN",
            },
        },
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "CNY",
            "value": {
                "@type": "QuantitativeValue",
                "minValue": 5000,
                "maxValue": 6500,
                "unitText": "MONTH",
            },
        },
        "workHours": _sample_of("work_hours"),
        "experienceRequirements": "no requirements",
        "educationRequirements": "no requirements",
        "totalJobOpenings": 3,
    }
    return json.dumps([posting], ensure_ascii=False, indent=2).encode()


def _sample_of(name: str) -> str:
    return next(column.sample for column in COLUMNS if column.name == name)


def _xml() -> bytes:
    out = io.StringIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    xml.startElement("postings", NOTHING)
    xml.startElement("posting", NOTHING)
    for column in COLUMNS:
        if column.example:
            xml.addQuickElement(column.name, column.example)
    xml.endElement("posting")
    xml.endElement("postings")
    xml.endDocument()
    return out.getvalue().encode()
