"""A Document as a Word file with real headings and lists, and nothing about its maker."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from jobs.resumes.rules.document import Document, Entry

# What phones and Windows have; Word falls back by itself where one is missing.
_FONTS = {
    "zh-hans": ("Microsoft YaHei", "zh-CN"),
    "zh-hant": ("Microsoft JhengHei", "zh-TW"),
    "en": ("Microsoft YaHei", "zh-CN"),
}
_STYLES = ("Normal", "Title", "Heading 1", "List Bullet")
# Every file says the same: when somebody looks for work is theirs to tell.
_NO_TIME = datetime(2000, 1, 1)  # noqa: DTZ001 - the format has no time zone


def as_docx(document: Document) -> bytes:
    file = docx.Document()
    _set_up(file, document)
    file.add_paragraph(document.name, style="Title")
    for line in document.header:
        file.add_paragraph(line)
    for section in document.sections:
        file.add_heading(section.heading, level=1)
        style = "List Bullet" if section.is_list else "Normal"
        for text in section.paragraphs:
            file.add_paragraph(text, style=style)
        for entry in section.entries:
            _add_entry(file, entry)
    made = BytesIO()
    file.save(made)
    return made.getvalue()


def _add_entry(file: Any, entry: Entry) -> None:
    paragraph = file.add_paragraph()
    first, *rest = entry.texts
    paragraph.add_run(first).bold = True
    for text in rest:
        paragraph.add_run("  ")
        paragraph.add_run(text)


def _set_up(file: Any, document: Document) -> None:
    font, east_asia = _FONTS[document.language]
    latin = "en-GB" if document.language == "en" else east_asia
    for name in _STYLES:
        _set_font(file.styles[name], font)
    file.styles["Normal"].font.size = Pt(10.5)
    defaults = file.styles.element.find(qn("w:docDefaults"))
    lang = defaults.find(".//" + qn("w:lang"))
    lang.set(qn("w:val"), latin)
    lang.set(qn("w:eastAsia"), east_asia)
    page = file.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(22)
    page.top_margin = page.bottom_margin = Mm(20)
    _say_nothing_more(file.core_properties, document.title, latin)


def _set_font(style: Any, font: str) -> None:
    style.font.name = font
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    fonts.set(qn("w:eastAsia"), font)


def _say_nothing_more(properties: Any, title: str, language: str) -> None:
    properties.title, properties.language = title, language
    for name in ("author", "last_modified_by", "comments", "keywords", "subject"):
        setattr(properties, name, "")
    properties.created = properties.modified = _NO_TIME
    properties.revision = 1
