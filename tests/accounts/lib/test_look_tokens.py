"""The sheet itself: contrasts, one dark theme, tokens only, small on the wire."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
SHEET = (STATIC / "css" / "ashore.css").read_text(encoding="utf-8")
TOKEN = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{6})\b")
LIGHT, BY_DEVICE, BY_CHOICE = (
    dict(TOKEN.findall(block))
    for block in re.findall(r"color-scheme: (?:light|dark);(.*?)\}", SHEET, re.DOTALL)
)

GROUNDS = ("ground", "surface", "sunken")
TEXT_PAIRS = [
    *((text, ground) for text in ("ink", "ink-soft", "sea") for ground in GROUNDS),
    *((text, ground) for text in ("warm", "danger", "good") for ground in GROUNDS),
    *((text, "sea-soft") for text in ("ink", "ink-soft", "sea", "sea-strong")),
    *((text, f"{text}-soft") for text in ("warm", "danger", "good")),
    *(("ink", f"{state}-soft") for state in ("warm", "danger", "good")),
    ("on-sea", "sea"),
    ("on-sea", "sea-strong"),
    ("on-danger", "danger"),
    ("on-lamp", "lamp"),
    ("on-deep", "deep"),
    ("on-deep-soft", "deep"),
    ("on-deep", "deep-line"),
    ("lamp", "deep"),
    ("deep", "on-deep"),
]
SHAPE_PAIRS = [("control", ground) for ground in GROUNDS] + [("sea", "ground")]


def luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, BY_CHOICE], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_can_be_read(theme: dict[str, str], text: str, ground: str) -> None:
    assert contrast(theme[text], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, BY_CHOICE], ids=["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), SHAPE_PAIRS)
def test_borders_of_controls_can_be_seen(
    theme: dict[str, str], line: str, ground: str
) -> None:
    assert contrast(theme[line], theme[ground]) >= 3


def test_dark_is_the_same_by_device_and_by_choice() -> None:
    assert BY_DEVICE == BY_CHOICE
    assert BY_CHOICE.keys() == LIGHT.keys()


def test_colours_are_written_only_as_tokens() -> None:
    rules = SHEET.split("@layer base {", 1)[1]
    allowed = {"#fff", "#000"}  # paper and print
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", rules)) <= allowed


def test_every_token_used_is_defined() -> None:
    defined = set(re.findall(r"(--[a-z0-9-]+):", SHEET))
    used = set(re.findall(r"var\((--[a-z0-9-]+)\)", SHEET))
    assert used <= defined


def test_frame_of_a_page_is_small_on_the_wire() -> None:
    """Sheet, scripts and icons together leave most of 100 kB to the page itself."""
    files = [
        "css/ashore.css",
        "icons.svg",
        "vendor/htmx.min.js",
        "js/shell.js",
        "js/forms.js",
    ]
    sizes = {name: len(gzip.compress((STATIC / name).read_bytes())) for name in files}
    assert sizes["css/ashore.css"] < 15_000
    assert sum(sizes.values()) < 45_000
