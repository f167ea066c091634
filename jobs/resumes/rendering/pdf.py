"""A Document as a tagged PDF (PDF/UA-1), set by Typst with our own font."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from jobs.resumes.rendering.font import FOLDER, missing_in, shown
from jobs.resumes.rules.document import Document, texts_of

_TEMPLATE = Path(__file__).parent / "resume.typ"
_REGIONS = {"zh-hans": ("zh", "CN"), "zh-hant": ("zh", "TW"), "en": ("en", "GB")}
# A compiler keeps the font between documents and serves one at a time.
_ONE_AT_A_TIME = Lock()


def as_pdf(document: Document) -> bytes:
    with _ONE_AT_A_TIME:
        made = _compiler().compile(
            sys_inputs={"resume": json.dumps(_data(document))},
            format="pdf",
            pdf_standards=["ua-1"],
        )
    assert isinstance(made, bytes)
    return made


def missing_characters(document: Document) -> list[str]:
    """What the PDF shows a stand-in for; other formats show it where the reader has it."""
    return missing_in("".join(texts_of(document)))


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(FOLDER)],
    )
    return typst.Compiler(
        _TEMPLATE, root=_TEMPLATE.parent, font_paths=fonts, ignore_system_fonts=True
    )


def _data(document: Document) -> dict[str, Any]:
    lang, region = _REGIONS[document.language]
    return {
        "title": document.title,
        "lang": lang,
        "region": region,
        "name": shown(document.name),
        "headline": shown(document.headline),
        "header": [
            shown(text) for text in (document.facts_line, document.phone) if text
        ],
        "sections": [
            {
                "heading": section.heading,
                "is_list": section.is_list,
                "paragraphs": [shown(text) for text in section.paragraphs],
                "entries": [
                    {
                        "title": shown(entry.texts[0]),
                        "rest": [shown(text) for text in entry.texts[1:]],
                    }
                    for entry in section.entries
                ],
            }
            for section in document.sections
        ],
    }
