"""Every format says the same, because each reads the same document."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import pypdf
import pypdfium2
import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from docx.oxml.ns import qn
from hypothesis import given, settings, strategies as st
from lxml import html

from jobs.resumes.documents import document_for
from jobs.resumes.enums import Identity, Variant
from jobs.resumes.rendering.font import STAND_IN, covered
from jobs.resumes.rendering.pdf import as_pdf, missing_characters
from jobs.resumes.rendering.word import as_docx
from jobs.resumes.rules.document import Document, plain_text, texts_of
from jobs.resumes.rules.json_resume import as_json_resume
from tests.jobs.resumes.documents import NASTY, a_document, longest_resume
from tests.make import make_seeker

LANGUAGES = ("zh-hans", "zh-hant", "en")
# A stray character where three lines of a paragraph meet is no other text.
SPACE = re.compile(r"\s+")


def from_pdf(document: Document) -> str:
    reader = pypdf.PdfReader(BytesIO(as_pdf(document)))
    return "\n".join(page.extract_text() for page in reader.pages)


def from_word(document: Document) -> str:
    file = docx.Document(BytesIO(as_docx(document)))
    return "\n".join(paragraph.text for paragraph in file.paragraphs)


def from_html(document: Document) -> str:
    page = render_to_string("jobs/resumes/_document.html", {"document": document})
    return "\n".join(html.fromstring(page).itertext())


FORMATS: dict[str, Callable[[Document], str]] = {
    "pdf": from_pdf,
    "word": from_word,
    "page": from_html,
    "text": plain_text,
}


def bare(text: str) -> str:
    """Without what formats may set as they like: gaps and the marks before items."""
    return SPACE.sub("", text).replace("·", "").replace("•", "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FORMATS)
def test_all_of_it_in_order_and_nothing_else(name: str, language: str) -> None:
    document = a_document(language)
    assert bare(FORMATS[name](document)) == bare("".join(texts_of(document)))


@given(st.text(min_size=1, max_size=60))
@settings(max_examples=60, deadline=None)
def test_what_people_type_is_never_markup(text: str) -> None:
    """Characters the font has come out of a PDF as they went in."""
    known = "".join(c for c in text if ord(c) in covered() and c.isprintable())
    document = a_document(name="甲" + known.strip())
    assert bare(document.name) in bare(from_pdf(document))


def values_in(data: Any) -> set[str]:
    if isinstance(data, dict):
        return set().union(*map(values_in, data.values())) if data else set()
    if isinstance(data, list):
        return set().union(*map(values_in, data)) if data else set()
    return {data}


def test_json_has_every_text_but_headings_and_how_dates_read() -> None:
    document = a_document()
    values = values_in(as_json_resume(document))
    for section in document.sections:
        assert set(section.items) <= values
        for entry in section.entries:
            wanted = {entry.title, entry.place, entry.begins, entry.ends} - {""}
            assert wanted <= values
    assert {document.name, document.phone, document.city} <= values


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_tagged_and_says_no_more_than_it_must(language: str) -> None:
    reader = pypdf.PdfReader(BytesIO(as_pdf(a_document(language))))
    root: Any = reader.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert {"zh-hans": "zh-CN", "zh-hant": "zh-TW", "en": "en-GB"}[language] == root[
        "/Lang"
    ]
    assert reader.metadata is not None
    assert set(reader.metadata) == {"/Title", "/Creator"}
    assert reader.metadata.title == "简历"
    tags = set(structure(root["/StructTreeRoot"]))
    assert {"/H1", "/H2", "/L", "/LI", "/P"} <= tags


def structure(node: Any) -> list[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [tag for child in node for tag in structure(child)]
    if not isinstance(node, dict):
        return []
    own = [str(node["/S"])] if "/S" in node else []
    return own + (structure(node["/K"]) if "/K" in node else [])


def test_fonts_are_inside_the_pdf() -> None:
    reader = pypdf.PdfReader(BytesIO(as_pdf(a_document())))
    resources: Any = reader.pages[0]["/Resources"]
    for font in resources["/Font"].values():
        inner = font["/DescendantFonts"][0].get_object()
        assert "/FontFile3" in inner["/FontDescriptor"]


def test_something_can_be_seen_on_the_page() -> None:
    """Black on white where the name stands, nothing in the margin."""
    page = pypdfium2.PdfDocument(as_pdf(a_document()))[0]
    picture = page.render(scale=1, grayscale=True).to_numpy()
    assert picture[50:80, 60:130].min() < 80
    assert picture[:, :40].min() == 255


def test_traditional_readers_get_their_own_shapes() -> None:
    """骨 turns its inner corner the other way in Taiwan."""
    pictures = [
        pypdfium2.PdfDocument(as_pdf(a_document(language, name="骨")))[0]
        .render(scale=2, grayscale=True)
        .to_numpy()[90:160, 110:180]
        for language in ("zh-hans", "zh-hant")
    ]
    assert (pictures[0] != pictures[1]).any()


@pytest.mark.parametrize("name", ["㼆𬎆", "堃喆", "陳瀞騫", "羡𫍯"])
def test_rare_names_have_a_shape(name: str) -> None:
    document = a_document(name=name)
    assert missing_characters(document) == []
    assert name in from_pdf(document)


def test_a_character_without_a_shape_is_told_and_has_a_stand_in() -> None:
    document = a_document(name="林😀舟😀")
    assert missing_characters(document) == ["😀"]
    assert f"林{STAND_IN}舟{STAND_IN}" in from_pdf(document)
    assert "林😀舟😀" in from_word(document)


@pytest.mark.django_db
def test_the_longest_is_small_enough() -> None:
    resume = longest_resume(make_seeker())
    for variant in Variant:
        document = document_for(resume, variant, Identity.NAMED)
        assert 20_000 < len(as_pdf(document)) <= 200_000
        assert len(as_docx(document)) <= 200_000


def test_word_has_headings_languages_and_nothing_about_its_maker() -> None:
    file = docx.Document(BytesIO(as_docx(a_document("zh-hant"))))
    styles = [p.style and p.style.name for p in file.paragraphs]
    assert styles[0] == "Title"
    assert styles.count("Heading 1") == 6
    assert styles.count("List Bullet") == 2
    fonts = file.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "Microsoft JhengHei"
    lang = file.styles.element.find(".//" + qn("w:lang"))
    assert lang.get(qn("w:eastAsia")) == "zh-TW"
    properties = file.core_properties
    assert (properties.author, properties.last_modified_by) == ("", "")
    assert (properties.comments, properties.title) == ("", "简历")
    assert properties.created.year == 2000


def test_pages_escape_what_people_typed() -> None:
    page = render_to_string("jobs/resumes/_document.html", {"document": a_document()})
    assert "<b>c</b>" not in page
    assert NASTY.replace("<b>c</b>", "c") in strip_tags(
        page.replace("&lt;b&gt;", "").replace("&lt;/b&gt;", "")
    ).replace("&amp;", "&").replace("&quot;", '"')


def test_json_is_json() -> None:
    made = json.dumps(as_json_resume(a_document()), ensure_ascii=False)
    assert json.loads(made)["$schema"].endswith("/v1.0.0/schema.json")
