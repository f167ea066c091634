from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
# What the board's applicants have in common.
APPLICANT: dict[str, Any] = {
    "stage": "matched",
    "city": "上海",
    "education": "high_school",
    "birth_year": 1999,
    "did": ["make_calls", "negotiate_instalments", "calm_upset_people", "keep_records"],
    "wanted_occupations": ["inbound_hotline", "online_chat"],
    "constraints": ["no_collection"],
    "min_pay": 4500,
    "can_start": "now",
    "visibility": "per_application",
    "joined_days_ago": 12,
    "profile_done": ["place", "past", "did", "limits", "wanted", "pay", "review"],
    "one_tap": False,
}


@cache
def read(name: str) -> dict[str, list[dict[str, Any]]]:
    """One of the demo's files; texts lose the line break that ends a TOML block."""
    data: dict[str, list[dict[str, Any]]] = tomllib.loads(
        (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    )
    return {key: [_tidy(entry) for entry in rows] for key, rows in data.items()}


def _tidy(entry: dict[str, Any]) -> dict[str, Any]:
    return {k: v.strip() if isinstance(v, str) else v for k, v in entry.items()}


def employers() -> list[dict[str, Any]]:
    return read("employers")["employers"]


def seekers() -> list[dict[str, Any]]:
    return read("seekers")["seekers"]


def applicants() -> list[dict[str, Any]]:
    """People with an application and no story of their own, whole like the others."""
    return [APPLICANT | row for row in read("pipeline")["applicants"]]


def people(kind: str) -> list[dict[str, Any]]:
    """`kind` is counselors, moderators or operators."""
    return read("people")[kind]


def reports() -> list[dict[str, Any]]:
    return read("reports")["reports"]


def measures() -> list[dict[str, Any]]:
    return read("reports")["measures"]


def team(kind: str) -> list[dict[str, Any]]:
    """`kind` is notes, cards or pool."""
    return read("team")[kind]


def postings() -> list[dict[str, Any]]:
    files = sorted((FOLDER / "postings").glob("*.toml"))
    return [row for file in files for row in read(f"postings/{file.stem}")["postings"]]
