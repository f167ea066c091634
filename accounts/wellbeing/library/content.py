"""Self-help pieces: Markdown files with front matter, one folder a language.

They are part of the programme, read once a process; nothing about readers is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from accounts.wellbeing.library.enums import Evidence, Kind, Review, Tag

FOLDER = Path(__file__).parent / "pieces"
FOLDERS = ("zh_hans", "zh_hant", "en")
_FENCE = "---\n"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece in one language. `slug` is the same in all of them."""

    id: str
    slug: str
    title: str
    summary: str
    kind: Kind
    minutes: int
    evidence: Evidence
    sources: tuple[str, ...]
    unconfirmed: tuple[str, ...]
    tags: tuple[Tag, ...]
    # Nothing that is written on it may leave the device.
    device_only: bool
    # Kept on the device with the help page.
    offline: bool
    review: Review
    written_on: date
    next_review: date
    next_id: str
    body: str

    @property
    def is_reviewed(self) -> bool:
        return self.review == Review.PUBLISHED


def read(path: Path) -> Piece:
    """Raises ValueError where the front matter lacks something or says too much."""
    start, _fence, rest = path.read_text(encoding="utf-8").partition(_FENCE)
    head, fence, body = rest.partition(_FENCE)
    if start or not fence:
        raise ValueError(f"{path.name}: no front matter")
    try:
        return _piece(path.stem.partition("-")[2], yaml.safe_load(head), body.strip())
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path.name}: {error}") from error


def _piece(slug: str, head: dict[str, Any], body: str) -> Piece:
    given = dict(head)
    piece = Piece(
        id=given.pop("id"),
        slug=slug,
        title=given.pop("title"),
        summary=given.pop("summary"),
        kind=Kind(given.pop("kind")),
        minutes=int(given.pop("minutes")),
        evidence=Evidence(given.pop("evidence")),
        sources=tuple(given.pop("sources")),
        unconfirmed=tuple(given.pop("unconfirmed", ())),
        tags=tuple(Tag(tag) for tag in given.pop("tags")),
        device_only=bool(given.pop("device_only")),
        offline=bool(given.pop("offline")),
        review=Review(given.pop("review")),
        written_on=given.pop("written_on"),
        next_review=given.pop("next_review"),
        next_id=given.pop("next"),
        body=body,
    )
    if given:
        raise ValueError(f"unknown: {', '.join(sorted(given))}")
    return piece


@cache
def all_pieces(folder: str) -> dict[str, Piece]:
    """By slug, in the order of their numbers, whatever their review says."""
    found = [read(path) for path in sorted((FOLDER / folder).glob("*.md"))]
    return {piece.slug: piece for piece in found}


def pieces(folder: str) -> dict[str, Piece]:
    """Those that are shown here."""
    return {
        slug: piece
        for slug, piece in all_pieces(folder).items()
        if piece.is_reviewed or not settings.LIBRARY_REVIEWED_ONLY
    }


def offline_slugs() -> list[str]:
    return [slug for slug, piece in pieces(FOLDERS[0]).items() if piece.offline]
