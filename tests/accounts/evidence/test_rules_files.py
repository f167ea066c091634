from __future__ import annotations

import time

import pytest
from hypothesis import example, given, strategies as st

from accounts.evidence.rules.files import (
    LARGEST,
    FileRefused,
    check_file,
    clean_name,
    ending_of,
)
from accounts.evidence.words import REFUSALS
from jobs.public.services.demo_papers import page, picture
from tests.make import PDF, PNG

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x11" * 60 + b"\xff\xd9"
WEBP_BODY = b"WEBPVP8 " + b"\x12" * 20
WEBP = b"RIFF" + len(WEBP_BODY).to_bytes(4, "little") + WEBP_BODY
HTML = b"<!DOCTYPE html><script>alert(1)</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
ZIP = b"PK\x03\x04" + b"\0" * 26
ZIP_END = b"PK\x05\x06" + b"\0" * 18


def pdf(inside: bytes) -> bytes:
    return PDF.replace(b"/Type/Catalog", b"/Type/Catalog " + inside)


@pytest.mark.parametrize(
    ("name", "data", "content_type"),
    [
        ("a.png", PNG, "image/png"),
        ("a.PNG", PNG, "image/png"),
        ("执照.jpg", JPEG, "image/jpeg"),
        ("a.jpeg", JPEG, "image/jpeg"),
        # Phones put a film or a depth map behind the picture.
        ("a.jpg", JPEG + b"\x00\x00\x00\x18ftypmp42", "image/jpeg"),
        ("a.webp", WEBP, "image/webp"),
        ("a.pdf", PDF, "application/pdf"),
        ("a.pdf", PDF + b"\r\n", "application/pdf"),
        ("a.pdf", pdf(b"/OpenAction [3 0 R /Fit]"), "application/pdf"),
        # Two letters in a compressed stream are chance, not a script.
        ("a.pdf", pdf(b"stream\n\x01/JS \x02endstream"), "application/pdf"),
        ("demo.png", picture(), "image/png"),
        ("demo.pdf", page(), "application/pdf"),
    ],
)
def test_whole_pictures_and_pdfs_pass(
    name: str, data: bytes, content_type: str
) -> None:
    assert check_file(name, data).content_type == content_type


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.png", b"", "empty"),
        ("a.png", PNG + b"\0" * LARGEST, "too_large"),
        # Lists of people, by name and by content.
        ("客户.xlsx", ZIP, "list"),
        ("客户.csv", b"name,phone\n", "list"),
        ("客户.txt", b"13800000000\n", "list"),
        ("a.pdf", ZIP, "list"),
        ("a.jpg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old table", "list"),
        ("a.png", b"Rar!\x1a\x07\x00", "list"),
        # No picture and no PDF at all.
        ("a.html", HTML, "type"),
        ("a.svg", SVG, "type"),
        ("a.png", SVG, "type"),
        ("a.pdf", HTML, "type"),
        ("a.gif", b"GIF89a" + b"\0" * 20, "type"),
        ("a.jpg", b"\xff\xd8\x00\x00\x00", "type"),
        ("a.exe", b"MZ\x90\x00", "type"),
        # The name says something else.
        ("a.pdf", PNG, "ending"),
        ("a.jpg", PNG, "ending"),
        ("a.png", PDF, "ending"),
        ("a.png.exe", PNG, "ending"),
        ("png", PNG, "ending"),
        # Two things in one.
        ("a.pdf", b"junk" + PDF, "mixed"),
        ("a.pdf", HTML + PDF, "mixed"),
        ("a.pdf", PDF + HTML, "mixed"),
        ("a.pdf", PDF + ZIP_END, "mixed"),
        ("a.pdf", PDF.replace(b"%%EOF", ZIP_END + b"\n%%EOF"), "mixed"),
        ("a.png", PNG + HTML, "mixed"),
        ("a.png", PNG + ZIP_END, "mixed"),
        ("a.jpg", JPEG + ZIP_END, "mixed"),
        ("a.jpg", JPEG[:20] + HTML + JPEG[20:], "mixed"),
        ("a.webp", WEBP + HTML, "mixed"),
        # Cut off on the way.
        ("a.png", PNG[:-4], "broken"),
        ("a.png", b"\x89PNG nothing", "broken"),
        ("a.webp", WEBP[:-4], "broken"),
        ("a.pdf", PDF[:-8], "broken"),
        # What does something when it is opened.
        ("a.pdf", pdf(b"/OpenAction<</S/JavaScript/JS(app.alert)>>"), "active"),
        ("a.pdf", pdf(b"/AA<</O<</JS 9 0 R>>>>"), "active"),
        ("a.pdf", pdf(b"/S/J#61vaScript"), "active"),
        ("a.pdf", pdf(b"/S/Launch/F(cmd.exe)"), "active"),
        ("a.pdf", pdf(b"/Names<</EmbeddedFiles 9 0 R>>"), "active"),
        ("a.pdf", pdf(b"/S/SubmitForm"), "active"),
        ("a.pdf", pdf(b"/Encrypt 9 0 R"), "locked"),
    ],
)
def test_everything_else_is_refused_with_its_reason(
    name: str, data: bytes, why: str
) -> None:
    with pytest.raises(FileRefused) as refused:
        check_file(name, data)
    assert refused.value.code == why
    assert why in REFUSALS


def answer(name: str, data: bytes) -> str:
    try:
        return check_file(name, data).extension
    except FileRefused as refused:
        return refused.code


@given(st.binary(max_size=300), st.sampled_from(["png", "jpg", "pdf", "webp", "html"]))
def test_any_bytes_are_answered(data: bytes, ending: str) -> None:
    assert answer(f"a.{ending}", data) in {*REFUSALS, ending}


@given(st.binary(min_size=1, max_size=200))
@example(b"%PDF-1.0")
def test_nothing_can_be_put_before_or_behind_a_pdf(junk: bytes) -> None:
    for data in (junk + PDF, PDF + junk + b"x"):
        with pytest.raises(FileRefused):
            check_file("a.pdf", data)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("C:\\Users\\li\\执照.PNG", "执照.png"),
        ("../../etc/passwd.png", "passwd.png"),
        ("a\r\nSet-Cookie: x.png", "aSet-Cookie x.png"),
        ('a";x=".png', "a x=.png"),
        (".png", "file.png"),
        ("长" * 200 + ".png", "长" * 76 + ".png"),
        ("\u202egnp.exe.png", "gnp.exe.png"),
    ],
)
def test_names_are_tidied(given_name: str, kept: str) -> None:
    assert clean_name(given_name, check_file("a.png", PNG)) == kept


@pytest.mark.parametrize(
    ("name", "ending"), [("a.PDF", "pdf"), ("a", ""), ("a.tar.gz", "gz"), ("", "")]
)
def test_endings(name: str, ending: str) -> None:
    assert ending_of(name) == ending


@pytest.mark.parametrize(
    ("unit", "end"),
    [
        (b"stream\n", b""),
        (b"stream\n", b"endstream"),
        (b"stream\r\nendstream ", b""),
        (b"%%EOF ", b""),
    ],
)
def test_the_largest_file_is_judged_at_once(unit: bytes, end: bytes) -> None:
    start, finish = b"%PDF-1.4\n", end + b"\n%%EOF"
    times = (LARGEST - len(start) - len(finish)) // len(unit)
    data = start + unit * times + finish
    before = time.process_time()
    assert check_file("a.pdf", data).extension == "pdf"
    assert time.process_time() - before < 2


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        (b"stream\n1 endstream /JS 1 stream\n2 endstream", "active"),
        (b"stream\n1 endstream stream\n2 /JS", "active"),
        (b"xstream\n /JS endstream", "active"),
        (b"stream\n1 stream\n2 endstream /Encrypt", "locked"),
    ],
)
def test_only_what_lies_in_a_stream_is_passed_over(inside: bytes, why: str) -> None:
    with pytest.raises(FileRefused) as refused:
        check_file("a.pdf", pdf(inside))
    assert refused.value.code == why
