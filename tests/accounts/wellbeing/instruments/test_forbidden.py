"""Forms that may not be used here (wellbeing reference A1): not by name, not by sentence.

Their sentences are not ours to write down, so they stand here as hashes of their letters.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

NAMES = re.compile(
    r"\bMBI\b|Maslach|马斯拉|馬斯拉|\bOLBI\b|Oldenburg|\bBAT-?(?:4|12|23)\b"
    r"|Burnout Assessment Tool|Perceived Stress|压力知觉|壓力知覺|\bPSS-?(?:4|10|14)\b"
    r"|ProQOL|C-?SSRS|Columbia.Suicide|哥伦比亚自杀|哥倫比亞自殺|Stanley.Brown",
    re.IGNORECASE,
)
HASHES = {
    "abd2eee5bbe8856f",
    "277a368d37b3a9c3",
    "0e9fa9f0fae6c263",
    "69bf469dbfc33da0",
    "07e80601db20e7f0",
    "fd66fdf1eaffa659",
    "e1bcb8a20b9d5418",
    "d499d55facb1f7cf",
    "0f98e7fbb2df44a4",
    "aa877cba9e9e0199",
    "56f8f146c9e6fe74",
    "efa5251cf79ec796",
    "b9e24ec2fd28e7bc",
    "766a7a32b570b8fd",
    "72863f4b0b678b53",
    "266cd34523663f08",
    "81c1961bdc9e3209",
    "891ff49b4cd0d032",
    "90341d3b72bdf260",
    "45034d2b85be6d8c",
    "04120841fdcef1d5",
    "7b4efd578e662ed4",
    "81b7301e3431d90b",
    "f5f030005e4c1ebf",
    "4af43e55d1ff4541",
    "3c3c7402667cd056",
    "35bb17c436762034",
}
CANARY = "Only here so that the scan finds something"
FOLDERS = ("accounts", "jobs", "config", "templates", "locale", "static/js")
KINDS = {".py", ".md", ".toml", ".html", ".po", ".js", ".json", ".txt"}
ENDS = re.compile(r"[\n\"“”「」『』。！？!?.;；：:<>{}|]+")


def hash_of(sentence: str) -> str:
    letters = re.sub(r"[^a-z\u4e00-\u9fff]+", "", sentence.lower())
    return hashlib.sha256(letters.encode()).hexdigest()[:16]


def is_forbidden(text: str) -> bool:
    # Catalogues break a long line in two.
    joined = text.replace('"\n"', "")
    return bool(NAMES.search(text)) or any(
        hash_of(part) in HASHES for part in ENDS.split(joined) if len(part) > 8
    )


def sources() -> Iterator[tuple[str, str]]:
    root = Path(settings.BASE_DIR)
    for folder in FOLDERS:
        for path in (root / folder).rglob("*"):
            if path.suffix in KINDS:
                yield str(path.relative_to(root)), path.read_text(encoding="utf-8")


def test_no_forbidden_form_stands_anywhere() -> None:
    assert [name for name, text in sources() if is_forbidden(text)] == []


def test_the_scan_finds_a_sentence_however_it_is_set() -> None:
    HASHES.add(hash_of(CANARY))
    try:
        for text in (
            f'text = "{CANARY}."',
            f"<li>{CANARY.upper()}</li>",
            'msgid ""\n"Only here so that "\n"the scan finds something"',
        ):
            assert is_forbidden(text)
        assert not is_forbidden("Only here so that nothing is found")
    finally:
        HASHES.discard(hash_of(CANARY))


def test_a_name_is_enough() -> None:
    assert is_forbidden("scored like the MBI-GS")
    assert is_forbidden("C-SSRS screener")
    assert not is_forbidden("combine the two")
