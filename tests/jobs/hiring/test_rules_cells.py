from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, strategies as st

from jobs.hiring.rules.cells import safe_cell


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("林小舟", "林小舟"),
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+86", "'+86"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("  =1", "'  =1"),
        ("　=1", "'　=1"),
        ("＝1", "'＝1"),
        ("a\x00b\x1f", "ab"),
        ("", ""),
    ],
)
def test_a_cell_is_never_a_formula(text: str, safe: str) -> None:
    assert safe_cell(text) == safe


@given(st.text())
def test_nothing_that_comes_out_begins_like_one(text: str) -> None:
    cell = safe_cell(text).lstrip(" \u3000")
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(st.lists(st.text().map(safe_cell), min_size=1))
def test_a_file_reads_back_as_it_was_written(row: list[str]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerow(row)
    assert next(iter(csv.reader(io.StringIO(text.getvalue(), newline="")))) == row
